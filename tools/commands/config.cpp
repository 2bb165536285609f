#include "tierline/config.h"

#include <fmt/format.h>

#include <memory>

#include "audit_arguments.h"
#include "commands.h"

namespace tierline {

void add_config(CLI::App& app, Action& action) {
  auto* command =
      app.add_subcommand("config", "Print the configuration that is in force, and who says so");
  auto arguments = std::make_shared<AuditArguments>();
  command
      ->add_option("exports", arguments->inputs(),
                   "What is to be audited: no configuration is taken from within it")
      ->type_name("EXPORT");
  arguments->add_config_options(*command);
  arguments->add_fail_option(*command);
  arguments->add_profile_option(*command);
  command->footer(
      "The nearest tierline.toml counts, in the working folder or above it. What is printed is "
      "one\n"
      "itself: take it for a start.\n"
      "\n"
      "Examples:\n"
      "  tierline config\n"
      "  tierline config --no-config > tierline.toml\n"
      "  tierline schema config");
  command->callback([arguments, &action] {
    action = [arguments] {
      const auto config = arguments->config();
      if (!config) {
        return fail(to_string(config.error()));
      }
      fmt::print("{}", config_text(*config));
      return 0;
    };
  });
}

}  // namespace tierline
