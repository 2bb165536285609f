#pragma once
// Texts as JSON writes them, between their quotes.

#include <string>
#include <string_view>

namespace tierline {

/// Appends `text`, which is UTF-8; what cannot stand between quotes is escaped, line ends too.
void append_json_escaped(std::string& out, std::string_view text);
/// The same, in quotes.
void append_json_text(std::string& out, std::string_view text);

/// Appends what `text` stands for; false where an escape is wrong or belongs to a surrogate pair.
bool append_json_unescaped(std::string& out, std::string_view text);

}  // namespace tierline
