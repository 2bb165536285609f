// One HTML file to look around in, without a network: page, script and style as CMake bundled them
// (web/), and what was found as deflated JSON, which the script puts into nothing but text.

#include "page/page.h"

#include "page/data.h"
#include "page/pack.h"
#include "tierline/report.h"

namespace tierline {
namespace {

constexpr std::size_t largest_page = 20'000'000;

Status write(const AuditReport& report, const ReportStyle& /*style*/, Output& output) {
  const std::size_t around = page_begin().size() + page_end().size();
  output.write(page_begin());
  Base64 data(output);
  // Four digits for three bytes, and what ends the stream.
  for (const std::string& line : page_data(report, (largest_page - around) / 4 * 3 - 64)) {
    data.write(line);
  }
  data.write(end_of_pack());
  data.end();
  output.write(page_end());
  return Done{};
}

const Register<ReportFormat> format{
    {.id = "html",
     .ending = ".html",
     .help = "one page to look around in: map, findings with search, a sheet for each service",

     .reads = {RuleInput::contact, RuleInput::members, RuleInput::vendor, RuleInput::link},
     .write = write}};

}  // namespace
}  // namespace tierline
