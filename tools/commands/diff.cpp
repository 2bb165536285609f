#include "tierline/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "audit_arguments.h"
#include "commands.h"
#include "tierline/output.h"

namespace tierline {
namespace {

struct Arguments {
  AuditArguments audit;
  std::optional<std::size_t> most_undone;
};

/// A report where it is one; nothing where it is an export.
std::optional<Baseline> report_at(const std::string& path) {
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none)) {
    return std::nullopt;
  }
  auto read = read_baseline(path);
  return read ? std::move(*read) : std::nullopt;
}

/// As many as take about a minute.
std::size_t undone_in_a_minute(const Audit& audit) {
  constexpr std::size_t items_judged_a_minute = 40'000'000;
  constexpr std::size_t most = 2000;
  return std::min(most, items_judged_a_minute / (audit.inventory->item_count() + 1) + 1);
}

struct Compared {
  Difference difference;
  bool is_incomplete = false;
};

Result<Compared> compare_exports(Arguments& arguments, const std::vector<std::string>& inputs) {
  const auto config = arguments.audit.config();
  if (!config) {
    return config.error();
  }
  std::vector<Audit> audits;
  std::optional<AuditOptions> options;
  for (const std::string& input : inputs) {
    arguments.audit.inputs() = {input};
    auto made = arguments.audit.options(*config);
    if (!made) {
      return std::move(made).error();
    }
    options = std::move(*made);
    auto audited = audit(*options);
    if (!audited) {
      return std::move(audited).error();
    }
    audits.push_back(std::move(*audited));
  }
  Compared compared;
  compared.difference =
      difference(audits.front(), audits.back(), *options,
                 arguments.most_undone.value_or(undone_in_a_minute(audits.back())));
  compared.is_incomplete =
      std::ranges::any_of(audits, [](const Audit& audit) { return audit.run.is_incomplete; });
  return compared;
}

Result<Compared> compare(Arguments& arguments) {
  const std::vector<std::string> inputs = arguments.audit.inputs();
  const auto before = report_at(inputs.front());
  const auto after = report_at(inputs.back());
  if (before.has_value() != after.has_value()) {
    return Error{"is a report, and the other one is an export: compare two of a kind",
                 {before ? inputs.front() : inputs.back()}};
  }
  if (before) {
    return Compared{difference(*before, *after)};
  }
  auto compared = compare_exports(arguments, inputs);
  if (compared) {
    compared->difference.before.name = inputs.front();
    compared->difference.after.name = inputs.back();
  }
  return compared;
}

int diff(Arguments& arguments) {
  const auto requests = arguments.audit.outputs();
  if (!requests) {
    return fail(to_string(requests.error()));
  }
  std::vector<std::unique_ptr<Output>> outputs;
  std::vector<Output*> all;
  for (const OutputRequest& request : *requests) {
    auto output = Output::open(request.path);
    if (!output) {
      return fail(to_string(output.error()));
    }
    for (const std::string& input : arguments.audit.inputs()) {
      if (!(*output)->identity().empty() && (*output)->identity() == identity_of(input)) {
        return fail(
            fmt::format("-o {}: is one of those that are compared: write elsewhere", request.path));
      }
    }
    all.push_back(output->get());
    outputs.push_back(std::move(*output));
  }
  const auto compared = compare(arguments);
  if (!compared) {
    return fail(to_string(compared.error()));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view format = (*requests)[i].format->id;
    all[i]->write(format == "json"       ? difference_json(compared->difference)
                  : format == "markdown" ? difference_markdown(compared->difference)
                                         : difference_text(compared->difference));
  }
  if (auto written = commit(all); !written) {
    return fail(to_string(written.error()));
  }
  return compared->is_incomplete ? 3 : 0;
}

}  // namespace

void add_diff(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand(
      "diff", "Say what changed from one export to another, and which findings hang on it");
  auto arguments = std::make_shared<Arguments>();
  arguments->audit.add_reading_options(*command);
  arguments->audit.add_rule_options(*command);
  command->get_option("exports")->expected(2)->description(
      "The earlier export and the later one, files, folders or archives; or two JSON reports, of "
      "which only findings are compared");
  command
      ->add_option("--undo", arguments->most_undone,
                   "Take back at most so many changes, one by one, to see which findings hang on "
                   "them; as many as take about a minute without it")
      ->type_name("N");
  arguments->audit.add_output_option(*command, "text", {"json", "markdown", "text"},
                                     "Where to write: FILE.txt, FILE.json, FILE.md. Without it, "
                                     "text on standard output");
  command->footer(
      "A finding is told with the change that it hangs on: had that alone not happened, it would "
      "be\n"
      "as it was before. Where there is no such change, that is said as well.\n"
      "\n"
      "Examples:\n"
      "  tierline diff monday/ tuesday/\n"
      "  tierline diff monday/ tuesday/ -o why.md\n"
      "  tierline diff monday.json tuesday.json\n"
      "\n"
      "Exit status: 0 compared, 2 could not run, 3 compared, and an export is incomplete.");
  command->callback([arguments, &action] { action = [arguments] { return diff(*arguments); }; });
}

}  // namespace tierline
