#include "support/id128.h"

#include <fmt/format.h>

#include <array>

namespace tierline {
namespace {

constexpr std::uint8_t not_a_digit = 0xFF;

constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(not_a_digit);
  for (std::uint8_t digit = 0; digit < 10; ++digit) {
    values[static_cast<std::size_t>('0' + digit)] = digit;
  }
  for (std::uint8_t letter = 0; letter < 6; ++letter) {
    values[static_cast<std::size_t>('a' + letter)] = static_cast<std::uint8_t>(10 + letter);
    values[static_cast<std::size_t>('A' + letter)] = static_cast<std::uint8_t>(10 + letter);
  }
  return values;
}();

}  // namespace

std::optional<Id128> parse_id128(std::string_view text) {
  if (text.size() != 32) {
    return std::nullopt;
  }
  std::array<std::uint64_t, 2> halves{};
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const std::uint8_t value = digit_values[static_cast<unsigned char>(text[i])];
    seen |= value;
    halves[i / 16] = halves[i / 16] << 4U | (value & 0xFU);
  }
  if ((seen & 0xF0U) != 0) {
    return std::nullopt;
  }
  return Id128{halves[0], halves[1]};
}

std::string to_hex(Id128 id) {
  return fmt::format("{:016x}{:016x}", id.high, id.low);
}

}  // namespace tierline
