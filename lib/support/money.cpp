#include "support/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::size_t most_digits = 15;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs = {
    {{"$", "USD"}, {"€", "EUR"}, {"£", "GBP"}, {"¥", "JPY"}}};

bool is_code(std::string_view text) {
  return text.size() == 3 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isalpha(c) != 0; });
}

/// The currency that stands beside the number; nothing when that is no currency.
std::optional<std::string> currency_of(std::string_view text) {
  if (text.empty()) {
    return std::string();
  }
  for (const auto& [sign, code] : signs) {
    if (text == sign) {
      return std::string(code);
    }
  }
  if (!is_code(text)) {
    return std::nullopt;
  }
  std::string code = to_lower(text);
  std::ranges::transform(code, code.begin(), [](char c) { return static_cast<char>(c - 32); });
  return code;
}

/// Where the cents are set off; the size of the number when nowhere.
std::size_t cents_mark(std::string_view number, char decimal) {
  const std::size_t last = number.find_last_of(".,");
  if (last == std::string_view::npos) {
    return number.size();
  }
  const char mark = number[last];
  const bool is_only_mark = number.find_first_of(".,") == last;
  const bool repeats = std::ranges::count(number, mark) > 1;
  const bool before_three = number.size() - last == 4;
  const bool groups = repeats || (is_only_mark && before_three && mark != decimal);
  return groups ? number.size() : last;
}

}  // namespace

std::optional<Money> parse_money(std::string_view text, char decimal) {
  text = trim(text);
  const bool is_negative = text.starts_with('-');
  text = trim(text.substr(is_negative ? 1 : 0));
  const std::size_t begin = text.find_first_of(digits);
  const std::size_t end = text.find_last_of(digits);
  if (begin == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view number = text.substr(begin, end + 1 - begin);
  const auto before = currency_of(trim(text.substr(0, begin)));
  const auto after = currency_of(trim(text.substr(end + 1)));
  if (!before || !after || (!before->empty() && !after->empty())) {
    return std::nullopt;
  }
  Money money{0, before->empty() ? *after : *before};
  const std::size_t mark = cents_mark(number, decimal);
  std::size_t count = 0;
  for (const char c : number.substr(0, mark)) {
    if (digits.find(c) == std::string_view::npos) {
      if (c != '.' && c != ',' && c != ' ' && c != '\'') {
        return std::nullopt;
      }
      continue;
    }
    money.cents = money.cents * 10 + (c - '0');
    if (++count > most_digits) {
      return std::nullopt;
    }
  }
  const std::string_view cents = number.substr(std::min(mark + 1, number.size()));
  if (cents.find_first_not_of(digits) != std::string_view::npos) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    money.cents = money.cents * 10 + (i < cents.size() ? cents[i] - '0' : 0);
  }
  money.cents *= is_negative ? -1 : 1;
  return money;
}

std::string to_string(const Money& money) {
  std::string whole = std::to_string(std::abs(money.cents) / 100);
  for (std::size_t at = whole.size(); at > 3; at -= 3) {
    whole.insert(at - 3, ",");
  }
  return fmt::format("{}{}.{:02}{}{}", money.cents < 0 ? "-" : "", whole,
                     std::abs(money.cents) % 100, money.currency.empty() ? "" : " ",
                     money.currency);
}

}  // namespace tierline
