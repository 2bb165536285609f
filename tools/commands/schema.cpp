#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands.h"
#include "tierline/config.h"
#include "tierline/diff.h"
#include "tierline/explain.h"
#include "tierline/profile.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {

void add_schema(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("schema", "Print a JSON Schema");
  auto name = std::make_shared<std::string>();
  command
      ->add_option("name", *name,
                   "findings: the JSON report; explanation: what explain writes; profile: profile "
                   "documents; "
                   "config: tierline.toml; difference: what diff writes")
      ->required()
      ->type_name("NAME");
  command->callback([name, &action] {
    action = [name] {
      const std::map<std::string, std::string_view> schemas = {
          {"config", config_schema()},
          {"difference", difference_schema()},
          {"explanation", explanation_schema()},
          {"findings", findings_schema()},
          {"profile", profile_schema()}};
      const auto schema = schemas.find(*name);
      if (schema == schemas.end()) {
        std::vector<std::string> names;
        for (const auto& [known, text] : schemas) {
          names.push_back(known);
        }
        return fail(fmt::format("no schema is called '{}'{}; there are {}", *name,
                                did_you_mean(*name, names), join(names, ", ")));
      }
      fmt::print("{}", schema->second);
      return 0;
    };
  });
}

}  // namespace tierline
