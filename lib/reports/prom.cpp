// Metrics for the textfile collector of Prometheus' node exporter. Nothing is labelled by item or
// owner, of which there may be millions; every rule has its zeros, so that an alert can tell "none"
// from "not there". No timestamps and no clock: how old the file is, the exporter itself says
// (node_textfile_mtime_seconds).

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/output_mark.h"
#include "tierline/report.h"

namespace tierline {
namespace {

/// The value of a label: backslash, quote and line end are escaped, no other character is special.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    out += c;
  }
  return out;
}

class Metrics {
 public:
  explicit Metrics(const AuditReport& report) : report_(report) {}

  std::string text() {
    findings();
    acceptances();
    rules();
    estate();
    inputs();
    run();
    return std::move(out_);
  }

 private:
  void begin(std::string_view name, std::string_view help) {
    name_ = name;
    out_ += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n", name, help);
  }
  void value(const std::string& labels, std::uint64_t number) {
    out_ += fmt::format("{}{} {}\n", name_, labels.empty() ? "" : '{' + labels + '}', number);
  }

  void findings() {
    begin("tierline_findings",
          "Findings by rule, severity and state: since the baseline, or accepted, whatever that.");
    constexpr std::size_t accepted = 3;
    constexpr std::array<std::string_view, accepted + 1> states = {"new", "unchanged", "updated",
                                                                   "accepted"};
    for (const RuleFacts& found : report_.results.found) {
      std::array<std::array<std::uint64_t, states.size()>, 5> counts{};
      for (const Fact& fact : found.facts) {
        const std::size_t state =
            fact.acceptance != 0 ? accepted : static_cast<std::size_t>(fact.state);
        ++counts[static_cast<std::size_t>(fact.severity)][state];
      }
      for (std::size_t severity = 0; severity < counts.size(); ++severity) {
        for (std::size_t state = 0; state < counts[severity].size(); ++state) {
          value(fmt::format("rule=\"{}\",severity=\"{}\",state=\"{}\"", found.rule->id,
                            to_string(static_cast<Severity>(severity)), states[state]),
                counts[severity][state]);
        }
      }
    }
    if (report_.changes != nullptr) {
      begin("tierline_findings_absent", "Findings of the baseline that are gone, by their fate.");
      std::array<std::uint64_t, fates.size()> counts{};
      for (const AbsentFinding& one : report_.changes->absent) {
        ++counts[static_cast<std::size_t>(one.fate)];
      }
      for (const Fate fate : fates) {
        value(fmt::format("fate=\"{}\"", to_string(fate)), counts[static_cast<std::size_t>(fate)]);
      }
    }
  }

  void acceptances() {
    std::uint64_t in_force = 0;
    std::uint64_t expired = 0;
    std::uint64_t unused = 0;
    for (const Acceptance& one : report_.results.acceptances.all) {
      in_force += one.is_in_force ? 1U : 0U;
      expired += one.has_expired ? 1U : 0U;
      unused += one.is_in_force && one.fitting == 0 && one.was_judged ? 1U : 0U;
    }
    begin("tierline_acceptances", "Acceptances by state; unused ones are in force as well.");
    value("state=\"in-force\"", in_force);
    value("state=\"expired\"", expired);
    value("state=\"unused\"", unused);
  }

  void rules() {
    begin("tierline_rule_judged", "Subjects that a rule could judge.");
    for (const RuleFacts& found : report_.results.found) {
      value(fmt::format("rule=\"{}\"", found.rule->id), found.judged);
    }
    begin("tierline_rule_not_judged", "Subjects that a rule could not judge.");
    for (const RuleFacts& found : report_.results.found) {
      value(fmt::format("rule=\"{}\"", found.rule->id), found.not_judged);
    }
  }

  void estate() {
    const Summary& summary = report_.summary;
    begin("tierline_items", "Items in scope, by tier and state.");
    for (std::size_t tier = 0; tier < summary.states.size(); ++tier) {
      for (std::size_t state = 0; state < summary.states[tier].size(); ++state) {
        value(fmt::format("tier=\"{}\",state=\"{}\"", to_string(static_cast<Tier>(tier)),
                          to_string(static_cast<State>(state))),
              summary.states[tier][state]);
      }
    }
    begin("tierline_services", "Live services in scope, by whom they face.");
    for (std::size_t facing = 0; facing < summary.facings.size(); ++facing) {
      value(fmt::format("facing=\"{}\"", to_string(static_cast<Facing>(facing))),
            summary.facings[facing]);
    }
    begin("tierline_accountable", "Live items by whether they have an accountable owner.");
    for (std::size_t tier = 0; tier < summary.coverage.size(); ++tier) {
      const Coverage& coverage = summary.coverage[tier];
      const std::string_view name = to_string(static_cast<Tier>(tier));
      value(fmt::format("tier=\"{}\",owner=\"yes\"", name), coverage.owned);
      value(fmt::format("tier=\"{}\",owner=\"no\"", name), coverage.unowned);
      value(fmt::format("tier=\"{}\",owner=\"unknown\"", name), coverage.not_evaluated);
    }
  }

  void inputs() {
    begin("tierline_input_records", "Records that were read, by source and table.");
    for (const auto& [table, count] : records_by_table(report_.inventory)) {
      const std::size_t slash = table.find('/');
      value(fmt::format("source=\"{}\",table=\"{}\"", escaped(table.substr(0, slash)),
                        escaped(table.substr(slash + 1))),
            count);
    }
    begin("tierline_tables_truncated", "Tables that look cut off.");
    value("", std::uint64_t{report_.inventory.truncations().size()});
  }

  void run() {
    begin("tierline_exit_code", "How the run ended: 0 well, 1 findings, 3 incomplete.");
    value("", static_cast<std::uint64_t>(report_.run.exit_code));
    begin("tierline_info", "What wrote this, and for which day.");
    value(fmt::format("version=\"{}\",as_of=\"{}\",estate=\"{}\"", escaped(report_.run.version),
                      escaped(report_.run.as_of), escaped(report_.run.estate)),
          std::uint64_t{1});
  }

  static constexpr std::array fates = {Fate::resolved, Fate::retired, Fate::not_exported,
                                       Fate::not_evaluated, Fate::out_of_scope};

  const AuditReport& report_;
  std::string_view name_;
  std::string out_;
};

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  output.write(Metrics(report).text());
  return Done{};
}

const Register<OutputMark> mark{{.id = "prom", .beginning = "# HELP tierline_"}};

const Register<ReportFormat> format{{.id = "prom",
                                     .ending = ".prom",
                                     .help = "metrics, for the text file collector of Prometheus",
                                     .write = write}};

}  // namespace
}  // namespace tierline
