#include "synthetic/dates.h"

#include <fmt/format.h>

#include <array>

namespace tierline::synthetic {

/// Braces draw from left to right; what a call's arguments draw would depend on the compiler.
std::string date(Random& dice, std::uint32_t year, std::uint32_t years) {
  const std::array d{year + dice.below(years), 1 + dice.below(12), 1 + dice.below(28),
                     dice.below(24),           dice.below(60),     dice.below(60)};
  return fmt::format("{}-{:02}-{:02} {:02}:{:02}:{:02}", d[0], d[1], d[2], d[3], d[4], d[5]);
}

void write_dates(Random& dice, Table& table) {
  table.text("sys_created_on", date(dice, 2014, 8));
  table.text("sys_updated_on", date(dice, 2022, 3));
}

}  // namespace tierline::synthetic
