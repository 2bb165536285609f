#pragma once
// Text of an export in Markdown.

#include <string>
#include <string_view>

#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {

/// Shown as it is: nothing in it is a link, an image, markup, a mention of somebody or the end of a
/// cell.
inline std::string markdown_escaped(std::string_view text) {
  std::string out;
  for (const char c : made_visible(repair_utf8(shortened(text)))) {
    if (std::string_view("\\`*_{}[]<>#|~&@").find(c) != std::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

}  // namespace tierline
