#include "support/utf8.h"

#include <array>
#include <boost/locale/utf.hpp>
#include <cstring>

namespace tierline {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

constexpr std::uint32_t replacement = 0xFFFD;

/// The code points of bytes 0x80 to 0x9F in Windows-1252; 0 where none is assigned.
constexpr std::array<std::uint16_t, 32> windows_1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

std::size_t ascii_prefix(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    if ((word & 0x8080808080808080U) != 0) {
      break;
    }
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
    ++at;
  }
  return at;
}

}  // namespace

bool is_utf8(std::string_view text) {
  text.remove_prefix(ascii_prefix(text));
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (!boost::locale::utf::is_valid_codepoint(Utf8::decode(at, end))) {
      return false;
    }
  }
  return true;
}

std::string repair_utf8(std::string_view text) {
  std::string repaired;
  repaired.reserve(text.size() + 8);
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    const char* next = at;
    const auto code_point = Utf8::decode(next, end);
    if (boost::locale::utf::is_valid_codepoint(code_point)) {
      repaired.append(at, next);
      at = next;
    } else {
      append_utf8(repaired, replacement);
      ++at;
      while (at != end && Utf8::is_trail(*at)) {
        ++at;
      }
    }
  }
  return repaired;
}

std::string from_windows_1252(std::string_view text) {
  std::string utf8;
  utf8.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 || byte >= 0xA0) {
      append_utf8(utf8, byte);
    } else {
      const std::uint16_t code_point = windows_1252[byte - 0x80U];
      append_utf8(utf8, code_point != 0 ? code_point : replacement);
    }
  }
  return utf8;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  if (!boost::locale::utf::is_valid_codepoint(code_point)) {
    code_point = replacement;
  }
  Utf8::encode(code_point, std::back_inserter(out));
}

}  // namespace tierline
