// One CSV a table, for import sets and for people: a row is a change to review. Where persons have
// pseudonyms there is nothing to import.

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>

#include "tierline/csv_row.h"
#include "tierline/fixes.h"
#include "tierline/output_mark.h"
#include "tierline/registry.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// Safe in any file system; names that come to be the same share a file.
std::string file_name(std::string_view table) {
  std::string name;
  for (const char c : table) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '_' || c == '-';
    name += is_plain ? c : '_';
  }
  constexpr std::size_t longest = 100;
  return (name.empty() ? std::string("table") : name.substr(0, longest)) + ".csv";
}

std::string row(std::initializer_list<std::string_view> cells) {
  std::string text;
  append_csv_row(text, {cells.begin(), cells.size()});
  return text;
}

std::string row_of(const Fix& fix) {
  return row({fix.table, fix.id, to_string(fix.action), fix.field, fix.before, fix.after,
              fix.reason, fix.rule, fix.finding, to_string(fix.confidence)});
}

/// Whether a cell says just that: what looks like a formula is written with an apostrophe.
bool is_kept(std::string_view cell) {
  std::string as_it_is = "\"";
  for (const char c : cell) {
    as_it_is += c == '"' ? "\"\"" : std::string(1, c);
  }
  return row({cell}) == as_it_is + "\"\r\n";
}

/// Whether somebody who imports it changes what is meant, to what is meant.
bool can_be_written(const Fix& fix) {
  return std::ranges::all_of(
      std::initializer_list<std::string_view>{fix.table, fix.id, fix.field, fix.before, fix.after},
      is_kept);
}

std::string nothing(const Fixes& fixes, const std::string& unwritten) {
  std::string text = "There is nothing to propose.\n";
  if (fixes.withdrawn > 0) {
    text +=
        fmt::format("{} withdrawn on trial: the finding would have stayed, or others come of it.\n",
                    count_of(fixes.withdrawn, "change was", "changes were"));
  }
  if (fixes.undecided > 0) {
    text += fmt::format("Fields of {} disagree about the state, and do not tell which is right.\n",
                        count_of(fixes.undecided, "item", "items"));
  }
  return text + unwritten;
}

std::string read_me(const Fixes& fixes) {
  const std::string unwritten =
      fixes.unwritten == 0
          ? ""
          : fmt::format(
                "{} left out because a spreadsheet would take an id or a value of it for\n"
                "a formula.\n",
                count_of(fixes.unwritten, "change was", "changes were"));
  if (fixes.fixes.empty()) {
    return nothing(fixes, unwritten);
  }
  const std::string undecided =
      fixes.undecided == 0
          ? ""
          : fmt::format(
                " {} left, as more of its fields are against that one, or nothing tells how\n"
                "the others would be written.",
                count_of(fixes.undecided, "item is", "items are"));
  return fmt::format(
      "{} that tierline proposes, a file for each table. Review them, delete rows you do not "
      "want,\n"
      "and import the rest; nothing was written to a CMDB. Those of confidence `certain` follow\n"
      "from the records; the others are proposals, with their reason.\n"
      "\n"
      "All of them together were tried on a copy of the estate: the findings they name are gone\n"
      "then, and no other is new. {} left out because that would not have been so.\n"
      "{}"
      "\n"
      "Where fields of an item disagree about its state, they are to say what the one says that\n"
      "counts before the others.{}\n"
      "A service that supports nobody is proposed for retirement where nothing is left running "
      "for\n"
      "it alone, and nothing in use needs it: ask those who know it first.\n"
      "Records do not tell what to do about items in use that need retired ones, infrastructure\n"
      "that outlives its service, and services that face two ways: of these, nothing is here.\n",
      count_of(fixes.fixes.size(), "change"), count_of(fixes.withdrawn, "more was", "more were"),
      unwritten, undecided);
}

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  if (report.run.redacted) {
    return Error{"-o fixes: names persons by their ids, and cannot go with --redact people"};
  }
  const Fixes fixes = fixes_for(report, can_be_written);
  std::map<std::string, std::string> files;
  for (const Fix& fix : fixes.fixes) {
    std::string& text = files[to_lower(file_name(fix.table))];
    if (text.empty()) {
      text = row({"table", "sys_id", "action", "field", "old_value", "new_value", "reason", "rule",
                  "finding", "confidence"});
    }
    text += row_of(fix);
  }
  output.begin_file(".tierline-fixes");
  output.begin_file("README.txt");
  output.write(read_me(fixes));
  for (const auto& [name, text] : files) {
    output.begin_file(name);
    output.write(text);
  }
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "fixes", .beginning = R"("table","sys_id","action","field","old_value",)"}};

const Register<ReportFormat> format{
    {.id = "fixes",
     .ending = {},
     .help = "changes that mend findings, as tables to review and import",
     .is_folder = true,
     .reads = {RuleInput::contradictions},
     .write = write}};

}  // namespace
}  // namespace tierline
