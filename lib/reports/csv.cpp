// CSV for spreadsheets: RFC 4180, a finding a row. A cell that a spreadsheet would take for a
// formula gets an apostrophe in front, and so does what one that splits at `;` would, so that
// opening a report never runs what an export contains. Of control characters, only tabs and line
// ends stay. The ledger of the run is not in it: every row is a finding to whoever counts them, and
// most of what was left open has findings of its own (export-truncated, dangling-edge,
// owner-dangling, field-not-exported). JSON has all of it.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "reports/parallel_format.h"
#include "support/utf8.h"
#include "tierline/report.h"

namespace tierline {
namespace {

/// Whether a spreadsheet may take a cell for a formula. What it may pass over at the beginning is
/// passed over, and signs of full width are signs.
bool is_like_a_formula(std::string_view text) {
  constexpr std::string_view blanks[] = {" ",      "\"",     "\u00A0", "\u200B", "\u200C",
                                         "\u200D", "\u2060", "\u3000", "\u00AD"};
  constexpr std::string_view signs[] = {"=",      "+",      "-",      "@",  "\uFF1D", "\uFF0B",
                                        "\uFF0D", "\uFF20", "\u2212", "\t", "\r",     "\n"};
  const auto begins = [&](std::string_view with) { return text.starts_with(with); };
  for (const auto* blank = std::ranges::find_if(blanks, begins); blank != std::end(blanks);
       blank = std::ranges::find_if(blanks, begins)) {
    text.remove_prefix(blank->size());
  }
  return std::ranges::any_of(signs, begins);
}

/// Whether a text can stand in quotes as it is, as most can.
bool is_plain(std::string_view text) {
  const auto is_harmless = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ';'; };
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return text.empty() ||
         (is_letter_or_digit(text.front()) && std::ranges::all_of(text, is_harmless));
}

/// Whether a cell ends here, quoted or not, for a spreadsheet that does not split at commas: to it,
/// no quote but a row's first one opens a cell.
bool ends_other_cells(char c) {
  return c == ';' || c == '\t' || c == '\n' || c == '\r';
}

std::string escape_cell(std::string_view text) {
  if (!is_utf8(text)) {
    return escape_cell(repair_utf8(text));
  }
  const std::string kept = without_controls(text, "\t\r\n");
  const std::string_view safe = kept;
  std::string inner = is_like_a_formula(safe) ? "'" : "";
  for (std::size_t i = 0; i < safe.size(); ++i) {
    inner += safe[i];
    if (safe[i] == '"') {
      inner += '"';
    } else if (const std::string_view rest = safe.substr(i + 1);
               ends_other_cells(safe[i]) && !rest.empty() && !ends_other_cells(rest.front()) &&
               is_like_a_formula(rest)) {
      inner += '\'';
    }
  }
  return inner;
}

/// The header is left unquoted: it is how tierline knows its own reports again.
constexpr std::array columns = {
    "rule",  "severity", "subject_kind", "subject_id", "subject_name", "tier",
    "class", "source",   "message",      "kind",       "certainty",    "fingerprint",
    "state", "file",     "line",         "reach",      "reach_exact",  "confidence"};

template <std::size_t count>
void append_row(std::string& rows, const std::string_view (&cells)[count]) {
  static_assert(count == columns.size());
  bool is_first = true;
  for (const std::string_view text : cells) {
    rows += is_first ? "\"" : ",\"";
    if (is_plain(text)) {
      rows += text;
    } else {
      rows += escape_cell(text);
    }
    rows += '"';
    is_first = false;
  }
  rows += "\r\n";
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

void append_finding(std::string& rows, const AuditReport& report, const Finding& finding) {
  const Inventory& inventory = report.inventory;
  const Subject& subject = finding.subject;
  const bool is_item = subject.kind == SubjectKind::item;
  const std::string line =
      finding.location.line > 0 ? std::to_string(finding.location.line) : std::string();
  const ServiceReach::Count reach =
      is_item ? report.results.reach.of(subject.item) : ServiceReach::Count();
  const std::string services = is_item ? std::to_string(reach.services) : std::string();
  const std::string id = is_item ? inventory.id(subject.item) : subject.id;
  append_row(rows,
             {finding.rule->id, to_string(finding.severity), to_string(subject.kind), id,
              is_item ? inventory.name(subject.item) : subject.name,
              is_item ? to_string(inventory.tier(subject.item)) : "",
              is_item ? inventory.class_name(subject.item) : attribute(subject, "class"),
              is_item ? inventory.source(subject.item) : attribute(subject, "source"),
              finding.message, evidence_kind(finding), to_string(finding.certainty),
              finding.fingerprint, to_string(finding.state), finding.location.file, line, services,
              !is_item      ? ""
              : reach.exact ? "true"
                            : "false",
              to_string(finding.rule->confidence)});
}

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  output.write(fmt::format("{}\r\n", fmt::join(columns, ",")));
  format_in_parallel(
      fact_ranges(report.results.found), report.run.jobs,
      [&](const FactRange& range, std::string& rows) {
        for (const Fact& fact : range.facts) {
          append_finding(rows, report, word(report.view(*range.found, fact)));
        }
      },
      [&](std::string_view rows) { output.write(rows); });
  return Done{};
}

const Register<ReportFormat> format{
    {.id = "csv", .ending = ".csv", .is_picture = false, .write = write}};

}  // namespace
}  // namespace tierline
