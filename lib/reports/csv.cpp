// CSV for spreadsheets: a finding a row. The ledger of the run is not in it: every row is a finding
// to whoever counts them, and most of what was left open has findings of its own (export-truncated,
// dangling-edge, owner-dangling, field-not-exported). JSON has all of it.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <string>
#include <string_view>

#include "reports/finding_csv.h"
#include "reports/parallel_format.h"
#include "tierline/csv_row.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"

namespace tierline {
namespace {

/// The header is left unquoted: it is how tierline knows its own reports again.
constexpr std::array columns = {"rule",           "severity",     "subject_kind",
                                "subject_id",     "subject_name", "tier",
                                "class",          "source",       "message",
                                "kind",           "certainty",    "fingerprint",
                                "state",          "file",         "line",
                                "reach",          "reach_exact",  "confidence",
                                "accepted_until", "accepted_by",  "accepted_because"};

template <std::size_t count>
void append_row(std::string& rows, const std::string_view (&cells)[count]) {
  static_assert(count == columns.size());
  append_csv_row(rows, cells);
}

std::string_view evidence_kind(const Finding& finding) {
  for (const auto& [name, value] : finding.evidence) {
    if (name == "kind") {
      return std::get<std::string>(value);
    }
  }
  return {};
}

std::string_view attribute(const Subject& subject, std::string_view wanted) {
  for (const auto& [name, value] : subject.attributes) {
    if (name == wanted) {
      return value;
    }
  }
  return {};
}

}  // namespace

std::string finding_header() {
  return fmt::format("{}\r\n", fmt::join(columns, ","));
}

void append_finding_row(std::string& rows, const AuditReport& report, const Finding& finding) {
  const Inventory& inventory = report.inventory;
  const Subject& subject = finding.subject;
  const bool is_item = subject.kind == SubjectKind::item;
  const std::string line =
      finding.location.line > 0 ? std::to_string(finding.location.line) : std::string();
  const ServiceReach::Count reach =
      is_item ? report.results.reach.of(subject.item) : ServiceReach::Count();
  const std::string services = is_item ? std::to_string(reach.services) : std::string();
  static const Acceptance nobody;
  const Acceptance& accepted = finding.accepted == nullptr ? nobody : *finding.accepted;
  const std::string id = is_item ? inventory.id(subject.item) : subject.id;
  append_row(rows, {finding.rule->id,
                    to_string(finding.severity),
                    to_string(subject.kind),
                    id,
                    is_item ? inventory.name(subject.item) : subject.name,
                    is_item ? to_string(inventory.tier(subject.item)) : "",
                    is_item ? inventory.class_name(subject.item) : attribute(subject, "class"),
                    is_item ? inventory.source(subject.item) : attribute(subject, "source"),
                    finding.message,
                    evidence_kind(finding),
                    to_string(finding.certainty),
                    finding.fingerprint,
                    to_string(finding.state),
                    finding.location.file,
                    line,
                    services,
                    !is_item      ? ""
                    : reach.exact ? "true"
                                  : "false",
                    to_string(finding.rule->confidence),
                    accepted.expires,
                    accepted.approver,
                    accepted.reason});
}

namespace {

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  output.write(finding_header());
  format_in_parallel(
      fact_ranges(report.results.found), report.run.jobs,
      [&](const FactRange& range, std::string& rows) {
        for (const Fact& fact : range.facts) {
          append_finding_row(rows, report, word(report.view(*range.found, fact)));
        }
      },
      [&](std::string_view rows) { output.write(rows); });
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "csv", .beginning = "rule,severity,subject_kind,subject_id,subject_name,"}};

const Register<ReportFormat> format{
    {.id = "csv", .ending = ".csv", .help = "a finding a row, for spreadsheets", .write = write}};

}  // namespace
}  // namespace tierline
