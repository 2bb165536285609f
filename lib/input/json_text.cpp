#include "input/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tierline {
namespace {

/// What stands behind a backslash for a byte that cannot stand in a JSON text as it is; 'u' where
/// the byte's number does. 0 where the byte stands for itself.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  std::fill_n(table.begin(), 0x20, 'u');
  table['"'] = '"';
  table['\\'] = '\\';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

}  // namespace

void append_json_escaped(std::string& out, std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const char escape = escapes[byte];
    if (escape == 0) {
      continue;
    }
    out.append(text, begin, at - begin);
    begin = at + 1;
    if (escape == 'u') {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out += '\\';
      out += escape;
    }
  }
  out.append(text, begin);
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

}  // namespace tierline
