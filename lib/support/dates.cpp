#include "tierline/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <vector>

#include "tierline/text.h"

namespace tierline {
namespace {

/// A number as it stands in a text.
struct Number {
  unsigned value = 0;
  std::size_t digits = 0;
};

/// Takes a number off the beginning of `text`; one without digits where there is none.
Number take_number(std::string_view& text) {
  constexpr std::size_t most = 9;  // What surely fits.
  Number number;
  while (number.digits < text.size() && text[number.digits] >= '0' && text[number.digits] <= '9') {
    if (number.digits == most) {
      return {};
    }
    number.value = number.value * 10 + static_cast<unsigned>(text[number.digits++] - '0');
  }
  text.remove_prefix(number.digits);
  return number;
}

bool take(std::string_view& text, char c) {
  const bool is_there = text.starts_with(c);
  text.remove_prefix(is_there ? 1 : 0);
  return is_there;
}

using Day = std::chrono::year_month_day;

std::optional<Day> day_of(const Number& year, const Number& month, const Number& day) {
  const unsigned century = year.digits == 2 ? 2000 : 0;
  const Day date(std::chrono::year(static_cast<int>(century + year.value)),
                 std::chrono::month(month.value), std::chrono::day(day.value));
  const bool is_year = year.digits == 4 || year.digits == 2;
  return is_year && date.ok() ? std::optional(date) : std::nullopt;
}

/// Takes an English name of a month, or its first three letters, off the beginning of `text`.
Number take_month(std::string_view& text) {
  constexpr std::string_view names[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  if (text.empty() || !is_letter(text.front())) {
    return {};
  }
  const auto end = std::ranges::find_if_not(text, is_letter);
  const std::string word = to_lower(text.substr(0, static_cast<std::size_t>(end - text.begin())));
  for (unsigned month = 1; word.size() >= 3 && month <= std::size(names); ++month) {
    if (names[month - 1].starts_with(word)) {
      text.remove_prefix(word.size());
      return {month, word.size()};
    }
  }
  return {};
}

/// Two numbers and a year after a slash: the order tells, or a number that can be no month.
std::optional<Day> slashed(const Number& first, const Number& second, const Number& year,
                           DateOrder order) {
  const auto day_first = day_of(year, second, first);
  const auto month_first = day_of(year, first, second);
  if (order != DateOrder::unknown) {
    return order == DateOrder::day_first ? day_first : month_first;
  }
  const bool is_clear =
      year.digits == 4 && (!day_first || !month_first || *day_first == *month_first);
  return !is_clear ? std::nullopt : day_first ? day_first : month_first;
}

/// Takes a day off the beginning of `text`.
std::optional<Day> take_day(std::string_view& text, DateOrder order) {
  const Number first = take_number(text);
  const char mark = text.empty() ? '\0' : text.front();
  if (first.digits == 0 || std::string_view("-./ ").find(mark) == std::string_view::npos) {
    return std::nullopt;
  }
  take(text, mark);
  if (const Number month = take_month(text); month.digits > 0) {
    take(text, mark);
    return day_of(take_number(text), month, first);
  }
  const Number second = take_number(text);
  if (second.digits == 0 || !take(text, mark)) {
    return std::nullopt;
  }
  const Number third = take_number(text);
  if (first.digits == 4) {
    return day_of(first, second, third);
  }
  return mark == '.'   ? day_of(third, second, first)
         : mark == '/' ? slashed(first, second, third, order)
                       : std::nullopt;
}

/// Takes `8:30`, `08:30:00` or nothing off the beginning of `text`, in seconds.
long take_time(std::string_view& text) {
  long seconds = 0;
  for (const long unit : {3600L, 60L, 1L}) {
    const Number number = take_number(text);
    seconds += unit * static_cast<long>(number.value);
    if (number.digits == 0 || !take(text, ':')) {
      break;
    }
  }
  return seconds;
}

/// How far a zone such as `+0100` or `-05:30` is ahead of UTC, in seconds.
long zone_of(std::string_view text) {
  const std::size_t sign = text.find_first_of("+-");
  if (sign == std::string_view::npos) {
    return 0;
  }
  const bool is_behind = text[sign] == '-';
  text.remove_prefix(sign + 1);
  const Number hours = take_number(text);
  const bool is_joined = hours.digits == 4;
  take(text, ':');
  const long minutes = is_joined ? hours.value / 100 * 60 + hours.value % 100
                                 : hours.value * 60 + take_number(text).value;
  return minutes * (is_behind ? -60 : 60);
}

/// Seconds or milliseconds since 1970: nothing else in an export has so many digits.
std::optional<long> epoch_of(std::string_view text) {
  if (text.size() != 10 && text.size() != 13) {
    return std::nullopt;
  }
  long value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
  return is_number ? std::optional(text.size() == 13 ? value / 1000 : value) : std::nullopt;
}

std::optional<Day> day_in(std::string_view text, DateOrder order) {
  if (const auto epoch = epoch_of(text)) {
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds(std::chrono::seconds(*epoch)));
  }
  return take_day(text, order);
}

}  // namespace

std::optional<std::string> parse_day(std::string_view text, DateOrder order) {
  const auto day = day_in(trim(text), order);
  if (!day) {
    return std::nullopt;
  }
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day->year()),
                     static_cast<unsigned>(day->month()), static_cast<unsigned>(day->day()));
}

std::uint32_t parse_days(std::string_view text, DateOrder order) {
  const auto day = day_in(trim(text), order);
  return day ? static_cast<std::uint32_t>(
                   std::max(1L, std::chrono::sys_days(*day).time_since_epoch().count()))
             : 0;
}

std::uint32_t parse_seconds(std::string_view text, DateOrder order) {
  text = trim(text);
  long seconds = 0;
  if (const auto epoch = epoch_of(text)) {
    seconds = *epoch;
  } else if (const auto day = take_day(text, order)) {
    text.remove_prefix(std::min<std::size_t>(1, text.size()));
    const auto days = std::chrono::sys_days(*day).time_since_epoch();
    seconds = std::chrono::seconds(days).count() + take_time(text);
    seconds -= zone_of(text);
  }
  return seconds > 0 && seconds <= UINT32_MAX ? static_cast<std::uint32_t>(seconds) : 0;
}

std::string day_text(std::uint32_t days) {
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace tierline
