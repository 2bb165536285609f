#include "tierline/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "audit_arguments.h"
#include "commands.h"
#include "tierline/csv_row.h"
#include "tierline/json_writer.h"
#include "tierline/output.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

struct Arguments {
  std::string database;
  std::string estate;
  std::string fingerprint;
  std::uint64_t keep = 0;
  bool open_only = false;
  AuditArguments outputs;
};

/// What a question is answered with, in the format that was asked for.
using Answer = std::function<Result<std::string>(History& history, const std::string& estate,
                                                 std::string_view format)>;

std::string visible(std::string_view text) {
  return made_visible(repair_utf8(text));
}

/// The one that is named, or the only one there is.
Result<std::string> estate_in(History& history, const std::string& wanted) {
  auto names = history.estates();
  if (!names) {
    return std::move(names).error();
  }
  const Place place{history.name()};
  if (names->empty()) {
    return Error{"history: holds no runs yet", place};
  }
  if (wanted.empty() && names->size() == 1) {
    return names->front();
  }
  if (std::ranges::find(*names, wanted) != names->end()) {
    return wanted;
  }
  return Error{wanted.empty()
                   ? fmt::format("history: holds several estates: say --estate with one of {}",
                                 join(*names, ", "))
                   : fmt::format("history: no estate is called '{}'{}", wanted,
                                 did_you_mean(wanted, *names)),
               place};
}

Result<History> existing(const std::string& address) {
  auto history = History::open_existing(address);
  if (!history) {
    return std::move(history).error();
  }
  if (!*history) {
    return Error{"history: holds no runs of tierline; `tierline audit --history` writes them",
                 {History::file_of(address)}};
  }
  return std::move(**history);
}

Status answer(const Arguments& arguments, const Answer& words) {
  auto history = existing(arguments.database);
  if (!history) {
    return std::move(history).error();
  }
  const auto estate = estate_in(*history, arguments.estate);
  if (!estate) {
    return estate.error();
  }
  const auto requests = arguments.outputs.outputs();
  if (!requests) {
    return requests.error();
  }
  std::vector<std::unique_ptr<Output>> outputs;
  std::vector<Output*> all;
  for (const OutputRequest& request : *requests) {
    auto text = words(*history, *estate, request.format->id);
    if (!text) {
      return std::move(text).error();
    }
    auto output = Output::open(request.path);
    if (!output) {
      return std::move(output).error();
    }
    (*output)->write(*text);
    all.push_back(output->get());
    outputs.push_back(std::move(*output));
  }
  return commit(all);
}

int run(const Arguments& arguments, const Answer& words) {
  const auto done = answer(arguments, words);
  return done ? 0 : fail(to_string(done.error()));
}

// --- tables, in any of the three formats

struct ResultTable {
  std::vector<std::string> columns;  ///< As CSV and JSON name them.
  std::vector<std::vector<std::string>> rows;
};

std::string csv(const ResultTable& table) {
  std::string text;
  const auto add = [&](const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    append_csv_row(text, views);
  };
  add(table.columns);
  std::ranges::for_each(table.rows, add);
  return text;
}

/// Texts stay texts; numbers are in columns whose names `numbers` holds.
std::string json(std::string_view estate, std::string_view list, const ResultTable& table,
                 const std::vector<std::string>& numbers) {
  JsonText json;
  json.object([&] {
    json.text("estate", estate);
    json.list(list, table.rows, [&](const std::vector<std::string>& row) {
      json.object([&] {
        for (std::size_t i = 0; i < row.size(); ++i) {
          const std::string& column = table.columns[i];
          if (std::ranges::find(numbers, column) == numbers.end()) {
            json.text(column, row[i]);
          } else {
            json.number(column, std::stoull(row[i]));
          }
        }
      });
    });
  });
  return json.line();
}

// --- the runs

Result<std::string> runs(History& history, const std::string& estate, std::string_view format) {
  const auto runs = history.runs(estate);
  if (!runs) {
    return runs.error();
  }
  ResultTable table{{"asOf", "verdict", "findings", "exitCode", "milliseconds", "version"}, {}};
  std::string text = fmt::format("{} of '{}'\n", count_of(runs->size(), "run"), visible(estate));
  for (const HistoryRun& run : *runs) {
    table.rows.push_back({run.as_of, run.verdict, std::to_string(run.findings),
                          std::to_string(run.exit_code), std::to_string(run.milliseconds),
                          run.version});
    text += fmt::format("  {}  {:<10}  {:>14}  exit {}  {:>7.1f} s  tierline {}\n", run.as_of,
                        run.verdict, count_of(run.findings, "finding"), run.exit_code,
                        static_cast<double>(run.milliseconds) / 1000.0, visible(run.version));
  }
  return format == "csv"    ? csv(table)
         : format == "json" ? json(estate, "runs", table, {"findings", "exitCode", "milliseconds"})
                            : text;
}

// --- trends

using Values = std::vector<std::optional<std::uint64_t>>;

/// The last nights as a row of bars; a blank where there was no figure.
std::string sparkline(const Values& values) {
  constexpr std::size_t widest = 40;
  constexpr std::array<std::string_view, 8> bars = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const std::size_t first = values.size() > widest ? values.size() - widest : 0;
  std::optional<std::uint64_t> least;
  std::optional<std::uint64_t> most;
  for (std::size_t i = first; i < values.size(); ++i) {
    if (values[i]) {
      least = std::min(least.value_or(*values[i]), *values[i]);
      most = std::max(most.value_or(*values[i]), *values[i]);
    }
  }
  std::string line;
  for (std::size_t i = first; i < values.size(); ++i) {
    if (!values[i]) {
      line += ' ';
    } else if (*least == *most) {
      line += bars[3];
    } else {
      line += bars[(*values[i] - *least) * (bars.size() - 1) / (*most - *least)];
    }
  }
  return line;
}

/// `12 -> 19`, of the nights that have a figure.
std::string from_to(const Values& values, std::string_view unit) {
  const auto known = [](const std::optional<std::uint64_t>& value) { return value.has_value(); };
  const auto first = std::ranges::find_if(values, known);
  if (first == values.end()) {
    return "-";
  }
  const auto last = std::find_if(values.rbegin(), values.rend(), known);
  return *first == *last ? fmt::format("{}{}", with_thousands(**first), unit)
                         : fmt::format("{}{} -> {}{}", with_thousands(**first), unit,
                                       with_thousands(**last), unit);
}

/// A night without a figure is none on which it was another.
bool has_changed(Values values) {
  std::erase(values, std::nullopt);
  return std::ranges::adjacent_find(values, std::not_equal_to()) != values.end();
}

const Values* figure(const HistoryTrends& trends, std::string_view name, std::string_view label) {
  const auto found = std::ranges::find_if(trends.trends, [&](const HistoryTrend& trend) {
    return trend.name == name && trend.label == label;
  });
  return found == trends.trends.end() ? nullptr : &found->values;
}

std::string trend_line(std::string_view label, const Values& values, std::string_view unit) {
  return fmt::format("  {:<38}  {}  {}\n", label, sparkline(values), from_to(values, unit));
}

/// Per cent of the live items of a tier of which it is known, night by night.
Values owned_share(const Values& owned, const Values& unowned) {
  Values share;
  for (std::size_t i = 0; i < owned.size(); ++i) {
    const std::uint64_t all = owned[i].value_or(0) + unowned[i].value_or(0);
    share.push_back(all == 0 ? std::optional<std::uint64_t>() : owned[i].value_or(0) * 100 / all);
  }
  return share;
}

std::string trend_text(const std::string& estate, const HistoryTrends& trends) {
  std::string text = fmt::format("'{}', {}, {} to {}\n\nowned\n", visible(estate),
                                 count_of(trends.nights.size(), "night"), trends.nights.front(),
                                 trends.nights.back());
  for (std::size_t tier = 0; tier < tier_count; ++tier) {
    const std::string_view label = to_string(static_cast<Tier>(tier));
    const Values* const owned = figure(trends, "owned", label);
    const Values* const unowned = figure(trends, "unowned", label);
    if (owned != nullptr && unowned != nullptr) {
      const Values share = owned_share(*owned, *unowned);
      text += share == Values(share.size()) ? "" : trend_line(label, share, " %");
    }
  }
  text += "\nfindings\n";
  for (const std::string& severity : severity_names()) {
    if (const Values* const counts = figure(trends, "findings", severity)) {
      text += trend_line(severity, *counts, "");
    }
  }
  text += "\nby rule, where it changed\n";
  for (const HistoryTrend& trend : trends.trends) {
    if (trend.name == "findings_of_rule" && has_changed(trend.values)) {
      text += trend_line(visible(trend.label), trend.values, "");
    }
  }
  return text;
}

Result<std::string> trend(History& history, const std::string& estate, std::string_view format) {
  const auto trends = history.trends(estate);
  if (!trends) {
    return trends.error();
  }
  if (format == "text") {
    return trend_text(estate, *trends);
  }
  ResultTable table{{"asOf", "metric", "label", "value"}, {}};
  for (const HistoryTrend& one : trends->trends) {
    for (std::size_t i = 0; i < one.values.size(); ++i) {
      if (one.values[i]) {
        table.rows.push_back(
            {trends->nights[i], one.name, one.label, std::to_string(*one.values[i])});
      }
    }
  }
  return format == "csv" ? csv(table) : json(estate, "metrics", table, {"value"});
}

// --- findings over time

const std::vector<std::string> finding_columns = {"since",         "closed",     "nights",  "fate",
                                                  "severity",      "rule",       "subject", "owner",
                                                  "acceptedUntil", "fingerprint"};

std::vector<std::string> finding_row(const HistoryFinding& one) {
  return {
      one.since,   one.closed, std::to_string(one.nights), one.fate,       one.severity, one.rule,
      one.subject, one.owner,  one.accepted_until,         one.fingerprint};
}

std::string finding_line(const HistoryFinding& one) {
  return fmt::format(
      "  {}  {:<10}  {:>6}  {:<8}  {:<30}  {}{}{}\n", one.since,
      one.closed.empty() ? "open" : one.closed, one.nights, one.severity, one.rule,
      visible(one.subject), one.owner.empty() ? "" : fmt::format(" ({})", visible(one.owner)),
      one.accepted_until.empty() ? "" : fmt::format("; accepted until {}", one.accepted_until));
}

constexpr std::string_view finding_header =
    "  since       closed      nights  severity  rule                            subject\n";

Answer log_of(bool open_only) {
  return [open_only](History& history, const std::string& estate,
                     std::string_view format) -> Result<std::string> {
    auto findings = history.log(estate);
    if (!findings) {
      return findings.error();
    }
    if (open_only) {
      std::erase_if(*findings, [](const HistoryFinding& one) { return !one.closed.empty(); });
    }
    if (format == "text") {
      const auto open = std::ranges::count_if(
          *findings, [](const HistoryFinding& one) { return one.closed.empty(); });
      std::string text = fmt::format("'{}': {} open", visible(estate), open);
      if (!open_only) {
        text += fmt::format(", {} closed", findings->size() - static_cast<std::size_t>(open));
      }
      text += fmt::format("\n{}", finding_header);
      for (const HistoryFinding& one : *findings) {
        text += finding_line(one);
      }
      return text;
    }
    ResultTable table{finding_columns, {}};
    std::ranges::transform(*findings, std::back_inserter(table.rows), finding_row);
    return format == "csv" ? csv(table) : json(estate, "findings", table, {"nights"});
  };
}

Answer life_of(const std::string& fingerprint) {
  return [fingerprint](History& history, const std::string& estate,
                       std::string_view format) -> Result<std::string> {
    if (fingerprint.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
      return Error{fmt::format("'{}' is no fingerprint: those are hexadecimal", fingerprint)};
    }
    const auto findings = history.findings(estate, fingerprint);
    if (!findings) {
      return findings.error();
    }
    if (findings->size() != 1) {
      return Error{findings->empty()
                       ? fmt::format("no finding begins with '{}'", fingerprint)
                       : fmt::format("{} begin with '{}': say more of it",
                                     count_of(findings->size(), "finding"), fingerprint),
                   {history.name()}};
    }
    const HistoryFinding& one = findings->front();
    const auto states = history.life(estate, one.fingerprint);
    if (!states) {
      return states.error();
    }
    ResultTable table{{"from", "until", "severity", "owner", "acceptedUntil", "fate"}, {}};
    std::string text =
        fmt::format("{} {}\n{}{}\n", one.fingerprint, one.rule, finding_header, finding_line(one));
    for (const HistoryState& state : *states) {
      table.rows.push_back(
          {state.from, state.until, state.severity, state.owner, state.accepted_until, state.fate});
      text += fmt::format(
          "  {} to {:<10}  {:<8}  {}{}{}\n", state.from,
          state.until.empty() ? "today" : state.until, state.severity,
          state.owner.empty() ? "nobody owns it" : "owned by " + visible(state.owner),
          state.accepted_until.empty() ? ""
                                       : fmt::format(", accepted until {}", state.accepted_until),
          state.fate.empty() ? "" : fmt::format("; then {}", state.fate));
    }
    return format == "csv"    ? csv(table)
           : format == "json" ? json(estate, "states", table, {})
                              : text;
  };
}

/// CLI11's own says up to which number of three hundred digits.
CLI::Validator at_least_one() {
  return {[](const std::string& text) {
            const bool is_number = text.find_first_not_of("0123456789") == std::string::npos;
            const bool is_more = text.find_first_not_of('0') != std::string::npos;
            return is_number && is_more ? std::string() : std::string("1 or more");
          },
          ""};
}

int prune(const Arguments& arguments) {
  if (arguments.outputs.names_outputs()) {
    return fail("history prune: writes nothing: leave -o out");
  }
  auto history = existing(arguments.database);
  if (!history) {
    return fail(to_string(history.error()));
  }
  const auto estate = estate_in(*history, arguments.estate);
  if (!estate) {
    return fail(to_string(estate.error()));
  }
  const auto forgotten = history->prune(*estate, arguments.keep);
  if (!forgotten) {
    return fail(to_string(forgotten.error()));
  }
  fmt::print("{} of '{}' forgotten\n", count_of(*forgotten, "run"), visible(*estate));
  return 0;
}

}  // namespace

void add_history(CLI::App& app, Action& action) {
  auto* command = app.add_subcommand("history", "Say what became of findings over many nights");
  auto arguments = std::make_shared<Arguments>();
  command
      ->add_option("database", arguments->database,
                   "What `audit --history` wrote to: sqlite:FILE, FILE or postgresql://...")
      ->required()
      ->type_name("DATABASE");
  command->add_option("--estate", arguments->estate, "Which one, where the database holds several")
      ->type_name("NAME");
  arguments->outputs.add_output_option(*command, "text", {"csv", "json", "text"},
                                       "Where to write: FILE.csv, FILE.json, or csv:- and json:- "
                                       "for standard output. Without it, text there");
  command->require_subcommand(0, 1);
  command->fallthrough();
  command->footer(
      "Without a question, it lists the runs.\n"
      "\n"
      "Examples:\n"
      "  tierline audit exports/ --history sqlite:runs.db --baseline sqlite:runs.db\n"
      "  tierline history runs.db\n"
      "  tierline history runs.db trend\n"
      "  tierline history runs.db log --open -o log.csv\n"
      "  tierline history runs.db finding 3fa9\n"
      "  tierline history runs.db prune --keep 400");
  command->callback([arguments, command, &action] {
    if (command->get_subcommands().empty()) {
      action = [arguments] { return run(*arguments, runs); };
    }
  });
  command->add_subcommand("trend", "Coverage and counts over time")->callback([arguments, &action] {
    action = [arguments] { return run(*arguments, trend); };
  });
  auto* log = command->add_subcommand(
      "log", "Every finding there ever was, with its age; the oldest first");
  log->add_flag("--open", arguments->open_only, "Only those that are still there");
  log->callback([arguments, &action] {
    action = [arguments] { return run(*arguments, log_of(arguments->open_only)); };
  });
  auto* finding = command->add_subcommand("finding", "The life of one finding");
  finding->add_option("fingerprint", arguments->fingerprint, "As reports say it, or how it begins")
      ->required()
      ->type_name("FINGERPRINT");
  finding->callback([arguments, &action] {
    action = [arguments] { return run(*arguments, life_of(arguments->fingerprint)); };
  });
  auto* forget = command->add_subcommand("prune", "Forget the oldest runs");
  forget->add_option("--keep", arguments->keep, "How many of the latest stay")
      ->required()
      ->type_name("N")
      ->check(at_least_one());
  forget->callback([arguments, &action] { action = [arguments] { return prune(*arguments); }; });
}

}  // namespace tierline
