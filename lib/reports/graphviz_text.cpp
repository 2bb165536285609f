#include "reports/graphviz_text.h"

#include <graphviz/cgraph.h>

#include "support/text.h"

namespace tierline {
namespace {

constexpr std::size_t label_width = 26;

}  // namespace

char* text(const std::string& value) {
  return const_cast<char*>(value.c_str());
}

void set(void* object, const std::string& name, const std::string& value) {
  agsafeset(object, text(name), text(value), text(""));
}

std::string escaped(std::string_view value) {
  std::string safe;
  for (const char c : value) {
    if (c == '\\') {
      safe += "\\\\";
    } else {
      safe += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
    }
  }
  return safe;
}

std::string wrapped(std::string_view value) {
  std::string lines;
  std::size_t width = 0;
  for (const std::string_view word : split(value, " ")) {
    if (width > 0 && width + 1 + word.size() > label_width) {
      lines += "\\n";
      width = 0;
    } else if (width > 0) {
      lines += ' ';
      ++width;
    }
    lines += escaped(word);
    width += word.size();
  }
  return lines;
}

}  // namespace tierline
