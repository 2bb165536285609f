#pragma once
// The nights that the page draws lines over: this one, and of those before no more than there is
// room for.

#include <cstdint>
#include <string_view>
#include <vector>

#include "tierline/report.h"

namespace tierline {

struct PageTrend {
  std::vector<NightFigures> nights;  ///< The earliest first; this one is the last.
  std::size_t all = 0;               ///< How many there are that could be drawn, this one included.
  std::size_t incomplete = 0;        ///< Earlier ones that are not, as their export was cut off.
  std::string_view every;  ///< `night`, or of which `week`, `month` or `year` the last is.
};

/// No more nights than these are drawn.
inline constexpr std::size_t most_trend_nights = 120;

/// Without any night where nothing is known of an earlier one.
PageTrend page_trend(const AuditReport& report);

}  // namespace tierline
