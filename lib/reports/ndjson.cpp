// Findings for programs that read line by line: an object each, as the JSON report has it, then
// what is gone since the baseline. No line depends on another one.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/finding_json.h"
#include "reports/parallel_format.h"
#include "tierline/output_mark.h"
#include "tierline/report.h"

namespace tierline {
namespace {

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  format_in_parallel(
      fact_ranges(report.results.found), report.run.jobs,
      [&](const FactRange& range, std::string& text) {
        std::vector<FactView> facts;
        for (const Fact& fact : range.facts) {
          facts.push_back(report.view(*range.found, fact));
        }
        append_findings(report, facts, "\n", text);
        text += '\n';
      },
      [&](std::string_view text) { output.write(text); });
  if (report.changes != nullptr && !report.changes->absent.empty()) {
    std::string text;
    append_absent(report, report.changes->absent, "\n", text);
    output.write(text + '\n');
  }
  return Done{};
}

const Register<OutputMark> mark{
    {.id = "ndjson", .beginning = {}, .fits = [](std::string_view text) {
       return text.starts_with(R"({"rule":")") &&
              text.substr(0, 256).find(R"(","severity":")") != std::string_view::npos;
     }}};

const Register<ReportFormat> format{
    {.id = "ndjson", .ending = ".ndjson", .help = "a finding a line", .write = write}};

}  // namespace
}  // namespace tierline
