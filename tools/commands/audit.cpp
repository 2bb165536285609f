#include <fmt/format.h>

#include <memory>
#include <string>

#include "commands.h"
#include "run_audit.h"

namespace tierline {

namespace {

/// A line for each format, with how it is asked for.
std::string formats() {
  std::string text = "Formats:\n";
  for (const ReportFormat* format : Register<ReportFormat>::all()) {
    const std::string asked_for =
        !format->ending.empty()
            ? fmt::format("-o x{}", format->ending)
            : fmt::format("-o {}:{}", format->id, format->is_folder ? "FOLDER" : "FILE");
    text += fmt::format("  {:<10}{:<20}{}\n", format->id, asked_for, format->help);
  }
  return text;
}

}  // namespace

void add_audit(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("audit", "Find what nobody owns and what supports nobody");
  auto arguments = std::make_shared<AuditArguments>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_fail_option(*command);
  arguments->add_baseline_options(*command);
  arguments->add_history_option(*command);
  arguments->add_color_option(*command);
  arguments->add_output_option(
      *command, "text", Register<ReportFormat>::ids(),
      "Write a report; may be given several times. The format is told by the ending or by a prefix "
      "(json:FILE), see below; - is standard output. Without it, text on standard output");
  command->footer(
      formats() +
      "\n"
      "Examples:\n"
      "  tierline audit exports/\n"
      "  tierline audit exports/ -o findings.json -o report.html --fail-on critical\n"
      "  tierline audit exports/ --where environment=production --skip orphan-component\n"
      "  tierline audit exports/ --baseline findings.json -o findings.json\n"
      "  tierline audit exports/ --history sqlite:runs.db --baseline sqlite:runs.db\n"
      "\n"
      "Exit status: 0 nothing as severe as --fail-on, 1 findings, 2 could not run,\n"
      "3 ran on an export that is incomplete, or looks broken beside the baseline.");
  command->callback([arguments, &action] {
    action = [arguments] {
      ReportStyle style;
      style.color = arguments->wants_color();
      return exit_code(run_audit(*arguments, report_in(style)));
    };
  });
}

}  // namespace tierline
