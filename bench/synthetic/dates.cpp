#include "synthetic/dates.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>

namespace tierline::synthetic {

/// Braces draw from left to right; what a call's arguments draw would depend on the compiler.
std::string date(Random& dice, std::uint32_t year, std::uint32_t years) {
  const std::array d{year + dice.below(years), 1 + dice.below(12), 1 + dice.below(28),
                     dice.below(24),           dice.below(60),     dice.below(60)};
  return fmt::format("{}-{:02}-{:02} {:02}:{:02}:{:02}", d[0], d[1], d[2], d[3], d[4], d[5]);
}

std::string day(int days_after) {
  using namespace std::chrono;
  const auto number = [](std::string_view text) {
    int value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  };
  const year_month_day audit(year(number(as_of.substr(0, 4))),
                             month(static_cast<unsigned>(number(as_of.substr(5, 2)))),
                             std::chrono::day(static_cast<unsigned>(number(as_of.substr(8, 2)))));
  const year_month_day then(sys_days(audit) + days(days_after));
  return fmt::format("{:04}-{:02}-{:02} 06:30:00", static_cast<int>(then.year()),
                     static_cast<unsigned>(then.month()), static_cast<unsigned>(then.day()));
}

void write_dates(Random& dice, Table& table) {
  table.text("sys_created_on", date(dice, 2014, 8));
  table.text("sys_updated_on", date(dice, 2022, 3));
}

}  // namespace tierline::synthetic
