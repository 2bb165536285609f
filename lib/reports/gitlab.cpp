// GitLab's Code Quality report: what is wrong, where its record stands in the export. It knows
// nothing of acceptances: what somebody accepts is there as information, and says so.

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "reports/parallel_format.h"
#include "reports/subject.h"
#include "tierline/json_writer.h"
#include "tierline/report.h"

namespace tierline {
namespace {

std::string_view severity_of(Severity severity) {
  constexpr std::string_view words[] = {"info", "minor", "major", "critical", "blocker"};
  return words[static_cast<std::size_t>(severity)];
}

std::string description(const AuditReport& report, const Finding& finding) {
  const std::string said =
      fmt::format("{}: {}", subject_name(report, finding.subject), finding.message);
  const Acceptance* const accepted = finding.accepted;
  return accepted == nullptr ? said
                             : fmt::format("{} (accepted until {} by {}: {})", said,
                                           accepted->expires, accepted->approver, accepted->reason);
}

std::string element(const AuditReport& report, const Finding& finding) {
  JsonText json;
  json.object([&] {
    json.text("description", description(report, finding));
    json.text("check_name", finding.rule->id);
    json.text("fingerprint", finding.fingerprint);
    json.text("severity",
              severity_of(finding.accepted == nullptr ? finding.severity : Severity::info));
    json.object("location", [&] {
      json.text("path", finding.location.file.empty() ? "." : finding.location.file);
      json.object("lines",
                  [&] { json.number("begin", std::max<std::uint64_t>(finding.location.line, 1)); });
    });
  });
  return std::string(json.str());
}

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  output.write("[");
  format_in_parallel(
      fact_ranges(report.results.found), report.run.jobs,
      [&](const FactRange& range, std::string& text) {
        bool is_first = range.is_first;
        for (const Fact& fact : range.facts) {
          text += is_first ? "\n" : ",\n";
          text += element(report, word(report.view(*range.found, fact)));
          is_first = false;
        }
      },
      [&](std::string_view text) { output.write(text); });
  output.write("\n]\n");
  return Done{};
}

const Register<ReportFormat> format{{.id = "gitlab",
                                     .ending = {},
                                     .help = "findings for the Code Quality of GitLab",
                                     .write = write}};

}  // namespace
}  // namespace tierline
