#include "tierline/utf8.h"

#include <fmt/format.h>

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

bool is_between(char c, unsigned char first, unsigned char last) {
  return static_cast<unsigned char>(c) >= first && static_cast<unsigned char>(c) <= last;
}

/// How many bytes the control character has that a text begins with; 0 when it begins with another
/// one.
std::size_t control_size(std::string_view text) {
  if (text[0] >= ' ' && text[0] <= '~') {
    return 0;
  }
  if (is_between(text[0], 0, 0x1F) || text[0] == '\x7F') {
    return 1;
  }
  if (text.size() >= 2 &&
      ((text[0] == '\xC2' && is_between(text[1], 0x80, 0x9F)) || text.starts_with("\u061C"))) {
    return 2;
  }
  if (text.size() < 3 || (text[0] != '\xE2' && text[0] != '\xEF')) {
    return 0;
  }
  const bool is_control = (text.starts_with("\xE2\x80") &&
                           (is_between(text[2], 0x8E, 0x8F) || is_between(text[2], 0xA8, 0xAE))) ||
                          (text.starts_with("\xE2\x81") && is_between(text[2], 0xA6, 0xA9)) ||
                          text.starts_with("\uFEFF") || text.starts_with("\uFFFE") ||
                          text.starts_with("\uFFFF");
  return is_control ? 3 : 0;
}

/// Joiners are none of these: some scripts are not written without them.
bool is_shown_as_nothing(std::uint32_t c) {
  return c == 0xAD || c == 0x180E || c == 0x200B || (c >= 0x2060 && c <= 0x2064) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace

bool is_printable_ascii(std::string_view text) {
  constexpr std::uint64_t each = 0x0101010101010101U;
  std::uint64_t high = 0;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof(word) <= text.size(); at += sizeof(word)) {
    std::memcpy(&word, text.data() + at, sizeof(word));
    high |= word | (word + each);
  }
  for (; at < text.size(); ++at) {
    high |= static_cast<unsigned char>(text[at]) > '~' ? 0x80U : 0U;
  }
  return (high & each * 0x80) == 0;
}

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

bool has_controls(std::string_view text) {
  while (!text.empty() && control_size(text) == 0) {
    text.remove_prefix(1);
  }
  return !text.empty();
}

std::string without_controls(std::string_view text, std::string_view kept) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = control_size(text);
    const bool stays = size == 0 || kept.find(text.front()) != std::string_view::npos;
    safe += stays ? text.front() : ' ';
    text.remove_prefix(stays ? 1 : size);
  }
  return safe;
}

std::string made_visible(std::string_view text) {
  const std::string safe = without_controls(text);
  if (is_printable_ascii(safe)) {
    return safe;
  }
  std::string visible;
  const char* at = safe.data();
  for (const char* const end = at + safe.size(); at != end;) {
    const char* next = at;
    const auto c = static_cast<std::uint32_t>(Utf8::decode(next, end));
    if (is_shown_as_nothing(c)) {
      visible += fmt::format("[U+{:04X}]", c);
    } else {
      visible.append(at, next);
    }
    at = next;
  }
  return visible;
}

void append_utf8(std::string& out, std::uint32_t code_point) {
  if (!boost::locale::utf::is_valid_codepoint(code_point)) {
    code_point = replacement;
  }
  Utf8::encode(code_point, std::back_inserter(out));
}

}  // namespace tierline
