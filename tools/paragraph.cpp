#include "paragraph.h"

#include "support/text.h"

namespace tierline {

std::string paragraph(std::string_view text) {
  constexpr std::size_t most = 80;
  std::string lines;
  std::size_t width = 0;
  for (const std::string_view word : split(text, " ")) {
    const bool fits = width > 0 && width + 1 + word.size() <= most;
    lines += fits ? " " : lines.empty() ? "  " : "\n  ";
    lines += word;
    width = fits ? width + 1 + word.size() : 2 + word.size();
  }
  return lines;
}

}  // namespace tierline
