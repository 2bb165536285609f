// CSV for spreadsheets: RFC 4180, a finding a row. A cell that a spreadsheet would take for a
// formula gets an apostrophe in front, so that opening a report never runs what an export contains.
// Of control characters, only tabs and line ends stay. The ledger of the run is not in it: every
// row is a finding to whoever counts them, and most of what was left open has findings of its own
// (export-truncated, dangling-edge, owner-dangling, field-not-exported). JSON has all of it.

#include <fmt/format.h>

#include <algorithm>

#include "support/utf8.h"
#include "tierline/report.h"

namespace tierline {
namespace {

/// Whether a spreadsheet may take a cell for a formula. What it may pass over at the beginning is
/// passed over, and signs of full width are signs.
bool is_like_a_formula(std::string_view text) {
  constexpr std::string_view blanks[] = {" ",      "\u00A0", "\u200B", "\u200C",
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

std::string cell(std::string_view text) {
  if (!is_utf8(text)) {
    return cell(repair_utf8(text));
  }
  const std::string safe = without_controls(text, "\t\r\n");
  std::string quoted = is_like_a_formula(safe) ? "\"'" : "\"";
  for (const char c : safe) {
    quoted += c;
    if (c == '"') {
      quoted += '"';
    }
  }
  return quoted + '"';
}

void row(Output& output, std::initializer_list<std::string_view> cells) {
  std::string text;
  for (const std::string_view one : cells) {
    text += text.empty() ? "" : ",";
    text += cell(one);
  }
  output.write(text + "\r\n");
}

std::string_view evidence_kind(const Finding& finding) {
  for (const auto& [name, value] : finding.evidence) {
    if (name == "kind") {
      return std::get<std::string>(value);
    }
  }
  return {};
}

std::string attribute(const Subject& subject, std::string_view wanted) {
  for (const auto& [name, value] : subject.attributes) {
    if (name == wanted) {
      return value;
    }
  }
  return {};
}

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  const Inventory& inventory = report.inventory;
  // The header is left unquoted: it is how tierline knows its own reports again.
  output.write(
      "rule,severity,subject_kind,subject_id,subject_name,tier,class,source,message,kind,"
      "certainty,fingerprint,state,file,line\r\n");
  for (const Finding& finding : report.results.findings) {
    const Subject& subject = finding.subject;
    const bool is_item = subject.kind == SubjectKind::item;
    const std::string line =
        finding.location.line > 0 ? std::to_string(finding.location.line) : std::string();
    row(output, {finding.rule->id, to_string(finding.severity), to_string(subject.kind),
                 is_item ? inventory.id(subject.item) : subject.id,
                 is_item ? std::string(inventory.name(subject.item)) : subject.name,
                 is_item ? to_string(inventory.tier(subject.item)) : "",
                 is_item ? inventory.class_name(subject.item) : attribute(subject, "class"),
                 is_item ? inventory.source(subject.item) : attribute(subject, "source"),
                 finding.message, evidence_kind(finding), to_string(finding.certainty),
                 finding.fingerprint, "new", finding.location.file, line});
  }
  return Done{};
}

const Register<ReportFormat> format{
    {.id = "csv", .ending = ".csv", .is_picture = false, .write = write}};

}  // namespace
}  // namespace tierline
