#pragma once
// Amounts of money as exports write them: `3,665`, `1,014.12`, `$699.99`, `415,19 EUR`, `1.014,12`.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierline {

struct Money {
  std::int64_t cents = 0;
  std::string currency;  ///< Three letters, as ISO 4217 has them; empty when nobody says.
  friend bool operator==(const Money&, const Money&) = default;
};

/// Nothing where the text is no amount. Of two marks the last one sets off cents, as does a single
/// one that stands before one or two digits; before three digits, it is `decimal` that does.
std::optional<Money> parse_money(std::string_view text, char decimal = '.');

/// `1,014.12 EUR`
std::string to_string(const Money& money);

}  // namespace tierline
