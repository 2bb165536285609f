#pragma once
// Texts in XML, and in SVG.

#include <string>
#include <string_view>

namespace tierline {

/// As text, or as the value of an attribute in double quotes. Characters that XML cannot hold are
/// somebody else's to take out.
inline std::string xml_escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace tierline
