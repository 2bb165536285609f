#pragma once
// Texts as JSON writes them, for syntaxes that turn themselves into JSON while they are read.

#include <string>
#include <string_view>

namespace tierline {

/// Appends `text`, which is UTF-8; what cannot stand between quotes is escaped, line ends too.
void append_json_escaped(std::string& out, std::string_view text);
/// The same, in quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace tierline
