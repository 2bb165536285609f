#include "reports/graphviz_text.h"

#include <graphviz/cgraph.h>

#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t label_width = 26;
constexpr std::size_t label_size = 200;

/// A text as Graphviz shows it. It reads entities (`&#1;` would be a control character in the SVG),
/// and escapes with backslashes: once in labels, twice in tooltips.
std::string escaped(std::string_view value, std::string_view backslash) {
  std::string safe;
  for (const char c : made_visible(value)) {
    if (c == '\\') {
      safe += backslash;
    } else if (c == '&') {
      safe += "&amp;";
    } else {
      safe += c;
    }
  }
  return safe;
}

/// At most `size` bytes of a text, and no half a character.
std::string_view beginning(std::string_view text, std::size_t size) {
  while (size < text.size() && size > 0 &&
         (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return text.substr(0, size);
}

}  // namespace

char* text(const std::string& value) {
  return const_cast<char*>(value.c_str());
}

void set(void* object, const std::string& name, const std::string& value) {
  agsafeset(object, text(name), text(value), text(""));
}

std::string for_label(std::string_view value) {
  return escaped(value, R"(\\)");
}

std::string for_tooltip(std::string_view value) {
  return escaped(value, R"(\\\\)");
}

std::string wrapped(std::string_view value) {
  const std::string_view shown = beginning(value, label_size);
  std::string lines;
  std::size_t width = 0;
  for (std::string_view word : split(shown, " ")) {
    if (width > 0 && width + 1 + word.size() > label_width) {
      lines += "\\n";
      width = 0;
    } else if (width > 0) {
      lines += ' ';
      ++width;
    }
    while (word.size() > 2 * label_width) {
      const std::string_view part = beginning(word, label_width);
      lines += for_label(part) + "\\n";
      word.remove_prefix(part.size());
    }
    lines += for_label(word);
    width += word.size();
  }
  return shown.size() < value.size() ? lines + "…" : lines;
}

}  // namespace tierline
