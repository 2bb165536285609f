#include "support/dates.h"

#include <charconv>
#include <chrono>

#include "support/text.h"

namespace tierline {
namespace {

/// The number that stands in exactly these characters.
std::optional<unsigned> number(std::string_view text, std::size_t at, std::size_t size) {
  unsigned value = 0;
  if (at + size > text.size()) {
    return std::nullopt;
  }
  const char* const end = text.data() + at + size;
  const auto parsed = std::from_chars(text.data() + at, end, value);
  return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::year_month_day> day_of(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') {
    return std::nullopt;
  }
  const auto year = number(text, 0, 4);
  const auto month = number(text, 5, 2);
  const auto day = number(text, 8, 2);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year)),
                                         std::chrono::month(*month), std::chrono::day(*day));
  return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace

std::optional<std::string> parse_day(std::string_view text) {
  text = trim(text);
  return day_of(text) ? std::optional(std::string(text.substr(0, 10))) : std::nullopt;
}

std::uint32_t parse_seconds(std::string_view text) {
  text = trim(text);
  const auto day = day_of(text);
  if (!day) {
    return 0;
  }
  const auto days = std::chrono::sys_days(*day).time_since_epoch();
  const auto seconds = std::chrono::seconds(days).count() +
                       (number(text, 11, 2).value_or(0) * 3600L) +
                       (number(text, 14, 2).value_or(0) * 60L) + number(text, 17, 2).value_or(0);
  return seconds > 0 && seconds <= UINT32_MAX ? static_cast<std::uint32_t>(seconds) : 0;
}

}  // namespace tierline
