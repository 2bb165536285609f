#include <fmt/format.h>

#include <memory>

#include "audit_arguments.h"
#include "commands.h"
#include "tierline/check.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

int print_check(const AuditOptions& options, bool color) {
  auto check = check_profiles(options);
  if (!check) {
    return fail(to_string(check.error()));
  }
  fmt::print("{}", profile_check_text(*check, color));
  return 0;
}

int print_suggestion(const AuditOptions& options) {
  auto suggestion = suggest_for(options.import.inputs);
  if (!suggestion) {
    return fail(to_string(suggestion.error()));
  }
  fmt::print("{}", suggestion->document);
  for (const std::string& advice : suggestion->advice) {
    say(fmt::format("to look at: {}\n", without_controls(advice)));
  }
  return 0;
}

}  // namespace

void add_profiles_check(CLI::App& profiles, Action& action) {
  auto* command = profiles.add_subcommand(
      "check", "Show what a profile makes of an export, or propose a profile for it");
  auto arguments = std::make_shared<AuditArguments>();
  arguments->add_export_options(*command);
  arguments->add_color_option(*command);
  auto suggest = std::make_shared<bool>(false);
  command
      ->add_flag("--suggest", *suggest,
                 "Print nothing but a profile to start from, made of guesses from what the export "
                 "looks like; what to look at in it goes to standard error")
      ->excludes("--profile");
  command->footer(
      "Shows where the records went, fields that the profile does not use, rules that cannot be\n"
      "judged and why, values without a meaning, references that lead nowhere, and one item of\n"
      "each tier as tierline understood it. Where no profile understands a file, it proposes one.\n"
      "\n"
      "Examples:\n"
      "  tierline profiles check exports/\n"
      "  tierline profiles check apps.csv people.csv --suggest > mine.json\n"
      "  tierline profiles check apps.csv people.csv --profile mine.json\n"
      "\n"
      "fixtures/tutorial/README.md goes from an unknown file to a profile in ten minutes.\n"
      "Exit status: 0, or 2 when a file could not be read.");
  command->callback([arguments, suggest, &action] {
    action = [arguments, suggest] {
      const auto config = arguments->config();
      if (!config) {
        return fail(to_string(config.error()));
      }
      auto options = arguments->options(*config);
      if (!options) {
        return fail(to_string(options.error()));
      }
      return *suggest ? print_suggestion(*options)
                      : print_check(*options, arguments->wants_color());
    };
  });
}

}  // namespace tierline
