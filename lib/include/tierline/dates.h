#pragma once
// Dates as exports write them:
//
//   2026-11-21   2026-11-21 8:30:00   2026-11-21T08:30:00Z   2026-11-21T08:30:00+0100
//   21.11.2026   21/11/2026 08:30:00  11/21/2026 8:30:00     1795249800   1795249800000
//   21.11.26     21-Nov-2026          21 November 2026
//
// Which of two numbers before a year is the day, an export does not say: `DateOrder` does. A dot
// puts the day first. Years of two digits are of this century; between slashes they need a
// `DateOrder`, for the first number could be the year as well.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierline {

enum class DateOrder : std::uint8_t { unknown, day_first, month_first };

/// The day, as `2026-11-21`. Nothing where the text is no date, or could be two.
std::optional<std::string> parse_day(std::string_view text, DateOrder order = DateOrder::unknown);

/// Seconds since 1970, read as UTC where no zone is told; 0 for anything that is no date.
std::uint32_t parse_seconds(std::string_view text, DateOrder order = DateOrder::unknown);

/// The day in days since 1970, 1 for any before; 0 where the text is no date, or could be two.
std::uint32_t parse_days(std::string_view text, DateOrder order = DateOrder::unknown);

/// `2026-11-21`, of days since 1970.
std::string day_text(std::uint32_t days);

}  // namespace tierline
