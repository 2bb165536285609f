#include <fmt/format.h>

#include <memory>

#include "commands.h"
#include "support/text.h"
#include "tierline/profile.h"
#include "tierline/report.h"

namespace tierline {

void add_schema(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("schema", "Print a JSON Schema");
  auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "findings: the JSON report; profile: profile documents")
      ->required()
      ->type_name("NAME");
  command->callback([name, &action] {
    action = [name] {
      const std::vector<std::string> names = {"findings", "profile"};
      if (*name != names[0] && *name != names[1]) {
        return fail(fmt::format("no schema is called '{}'{}; there are findings and profile", *name,
                                did_you_mean(*name, names)));
      }
      fmt::print("{}", *name == names[0] ? findings_schema() : profile_schema());
      return 0;
    };
  });
}

}  // namespace tierline
