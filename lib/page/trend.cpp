#include "page/trend.h"

#include <algorithm>
#include <array>
#include <string>

#include "reports/answers.h"
#include "tierline/dates.h"

namespace tierline {
namespace {

NightFigures figures_of(const AuditReport& report) {
  NightFigures figures;
  figures.as_of = report.run.as_of;
  figures.coverage = report.summary.coverage;
  figures.severities = report.summary.severities;
  for (const RuleFacts& found : report.results.found) {
    if (found.rule->id == rule_of_orphans && was_judged(report, found)) {
      figures.orphans = found.facts.size();
    }
  }
  return figures;
}

/// Which one of them a day is in.
struct Period {
  std::string_view name;
  std::string (*of)(const std::string& day);
};

constexpr std::array<Period, 4> periods = {{
    {"night", [](const std::string& day) { return day; }},
    // The first of January 1970 was a Thursday, and weeks begin on Mondays.
    {"week", [](const std::string& day) { return std::to_string((parse_days(day) + 3) / 7); }},
    {"month", [](const std::string& day) { return day.substr(0, 7); }},
    {"year", [](const std::string& day) { return day.substr(0, 4); }},
}};

/// The last night of each period, and the very first, from which lines begin.
std::vector<NightFigures> thinned(const std::vector<NightFigures>& nights, const Period& period) {
  std::vector<NightFigures> kept;
  for (std::size_t i = 0; i < nights.size(); ++i) {
    const bool is_last =
        i + 1 == nights.size() || period.of(nights[i].as_of) != period.of(nights[i + 1].as_of);
    if (i == 0 || is_last) {
      kept.push_back(nights[i]);
    }
  }
  return kept;
}

}  // namespace

PageTrend page_trend(const AuditReport& report) {
  PageTrend trend;
  std::vector<NightFigures> nights;
  for (const NightFigures& night : report.earlier_nights) {
    if (night.is_incomplete) {
      ++trend.incomplete;
    } else {
      nights.push_back(night);
    }
  }
  if (nights.empty()) {
    return {};
  }
  nights.push_back(figures_of(report));
  trend.all = nights.size();
  for (const Period& period : periods) {
    trend.every = period.name;
    trend.nights = thinned(nights, period);
    if (trend.nights.size() <= most_trend_nights) {
      break;
    }
  }
  return trend;
}

}  // namespace tierline
