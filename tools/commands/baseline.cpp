#include "tierline/baseline.h"

#include <fmt/format.h>

#include <map>
#include <memory>

#include "commands.h"
#include "run_audit.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// Findings are nothing to fail by: they are what is written down.
int write_baseline(const AuditArguments& arguments) {
  const int code = exit_code(run_audit(arguments, report_in({})));
  return code == 1 ? 0 : code;
}

void add_create(CLI::App& baseline, Action& action) {
  auto* command =
      baseline.add_subcommand("create", "Write down what an estate's findings are today");
  auto arguments = std::make_shared<AuditArguments>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_estate_option(*command);
  arguments->add_output_option(*command, "baseline", {"baseline"},
                               "Where to: baseline:FILE, or FILE.baseline. Without it, standard "
                               "output");
  command->callback(
      [arguments, &action] { action = [arguments] { return write_baseline(*arguments); }; });
}

void add_update(CLI::App& baseline, Action& action) {
  auto* command = baseline.add_subcommand(
      "update", "Take today's findings for known; those that were known keep their day");
  auto arguments = std::make_shared<AuditArguments>();
  arguments->add_import_options(*command);
  arguments->add_rule_options(*command);
  arguments->add_baseline_options(*command);
  arguments->add_output_option(
      *command, "baseline", {"baseline"},
      "Where to: baseline:FILE, or FILE.baseline; the file that --baseline "
      "names, or another");
  command->get_option("--baseline")->required();
  command->get_option("--output")->required();
  command->callback(
      [arguments, &action] { action = [arguments] { return write_baseline(*arguments); }; });
}

int show(const std::string& file) {
  const auto read = read_baseline(file);
  if (!read) {
    return fail(to_string(read.error()));
  }
  if (!*read) {
    return fail(file + ": is not there");
  }
  const Baseline& baseline = **read;
  const auto visible = [](const std::string& text) { return made_visible(repair_utf8(text)); };
  fmt::print("{} of '{}' as of {}\n", count_of(baseline.findings.size(), "finding"),
             visible(baseline.estate), visible(baseline.as_of));
  std::map<std::string, std::pair<std::uint64_t, std::string>> rules;
  for (const BaselineFinding& finding : baseline.findings) {
    auto& [count, oldest] = rules[finding.rule];
    ++count;
    oldest = oldest.empty() ? finding.since : std::min(oldest, finding.since);
  }
  for (const auto& [rule, counted] : rules) {
    fmt::print("  {:<38}{:>9}  since {}\n", visible(rule), with_thousands(counted.first),
               visible(counted.second));
  }
  return 0;
}

void add_show(CLI::App& baseline, Action& action) {
  auto* command = baseline.add_subcommand("show", "Say what a baseline knows, rule by rule");
  auto file = std::make_shared<std::string>();
  command->add_option("file", *file, "A baseline, or a JSON report")->required()->type_name("FILE");
  command->callback([file, &action] { action = [file] { return show(*file); }; });
}

}  // namespace

void add_baseline(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "baseline", "Keep what is known, so that only what is new makes a run fail");
  command->require_subcommand(1);
  command->footer(
      "Any JSON report of tierline is a baseline as it is. These are small, and their differences\n"
      "read well under version control.\n"
      "\n"
      "Examples:\n"
      "  tierline baseline create exports/ -o known.baseline\n"
      "  tierline audit exports/ --baseline known.baseline\n"
      "  tierline baseline update exports/ --baseline known.baseline -o known.baseline\n"
      "  tierline baseline show known.baseline");
  add_create(*command, action);
  add_update(*command, action);
  add_show(*command, action);
}

}  // namespace tierline
