#pragma once
// 32 hexadecimal digits as two words. Reading them is in this header because it is done several
// times for every record.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "tierline/id128.h"

namespace tierline {
#ifdef __SSE2__

namespace hex {

/// The values of 16 hexadecimal digits; `invalid` gets a high bit where one of them is none.
inline __m128i digit_values_of(const char* text, __m128i& invalid) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
  // What is no digit becomes large, and what is no letter; so the smaller one is the value.
  const __m128i digits = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
  const __m128i is_digit = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
  const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i letters =
      _mm_adds_epu8(_mm_sub_epi8(folded, _mm_set1_epi8('a')), _mm_set1_epi8(10));
  const __m128i values =
      _mm_min_epu8(_mm_or_si128(digits, _mm_andnot_si128(is_digit, _mm_set1_epi8(-1))), letters);
  invalid = _mm_or_si128(invalid, _mm_adds_epu8(values, _mm_set1_epi8(0x70)));
  return values;
}

/// Two digits a lane become one byte.
inline __m128i paired(__m128i values) {
  const __m128i high = _mm_slli_epi16(_mm_and_si128(values, _mm_set1_epi16(0xFF)), 4);
  return _mm_or_si128(high, _mm_srli_epi16(values, 8));
}

}  // namespace hex

/// The id, when `text` is 32 hexadecimal digits of either case.
inline std::optional<Id128> parse_id128(std::string_view text) {
  if (text.size() != 32) {
    return std::nullopt;
  }
  __m128i invalid = _mm_setzero_si128();
  const __m128i first = hex::paired(hex::digit_values_of(text.data(), invalid));
  const __m128i second = hex::paired(hex::digit_values_of(text.data() + 16, invalid));
  if (_mm_movemask_epi8(invalid) != 0) {
    return std::nullopt;
  }
  const __m128i packed = _mm_packus_epi16(first, second);
  const auto word = [](__m128i value) {
    return __builtin_bswap64(static_cast<std::uint64_t>(_mm_cvtsi128_si64(value)));
  };
  return Id128{word(packed), word(_mm_unpackhi_epi64(packed, packed))};
}

#else

namespace hex {

inline constexpr std::uint8_t not_a_digit = 0xFF;

inline constexpr std::array<std::uint8_t, 256> digit_values = [] {
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

}  // namespace hex

/// The id, when `text` is 32 hexadecimal digits of either case.
inline std::optional<Id128> parse_id128(std::string_view text) {
  if (text.size() != 32) {
    return std::nullopt;
  }
  std::array<std::uint64_t, 2> halves{};
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    const std::uint8_t value = hex::digit_values[static_cast<unsigned char>(text[i])];
    seen |= value;
    halves[i / 16] = halves[i / 16] << 4U | (value & 0xFU);
  }
  if ((seen & 0xF0U) != 0) {
    return std::nullopt;
  }
  return Id128{halves[0], halves[1]};
}

#endif

/// In lower case.
std::string to_hex(Id128 id);

}  // namespace tierline
