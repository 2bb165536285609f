#include "tierline/paragraph.h"

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Characters, not bytes.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

std::string paragraph(std::string_view lead, std::string_view text) {
  constexpr std::size_t most = 80;
  std::string lines(lead);
  std::size_t used = width(lead);
  bool is_first = true;
  for (const std::string_view word : split(text, " ")) {
    if (!is_first && used + 1 + width(word) > most) {
      lines += '\n';
      lines.append(width(lead), ' ');
      used = width(lead);
    } else if (!is_first) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += width(word);
    is_first = false;
  }
  return lines;
}

}  // namespace tierline
