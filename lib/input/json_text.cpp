#include "input/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tierline {
namespace {

/// Which bytes cannot stand in a JSON text as they are.
constexpr auto needs_escape = [] {
  std::array<bool, 256> needs{};
  std::fill_n(needs.begin(), 0x20, true);
  needs['"'] = needs['\\'] = true;
  return needs;
}();

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  const char* run = text.data();
  const char* const end = run + text.size();
  for (const char* at = run; at != end; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (!needs_escape[byte]) {
      continue;
    }
    out.append(run, at);
    run = at + 1;
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += *at;
    } else if (byte == '\n') {
      out += "\\n";
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    }
  }
  out.append(run, end);
  out += '"';
}

}  // namespace tierline
