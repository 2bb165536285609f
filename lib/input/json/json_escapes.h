#pragma once
// Texts as JSON writes them, between their quotes.

#include <rapidjson/error/error.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tierline {

/// Appends `text`, which is UTF-8; what cannot stand between quotes is escaped, line ends too.
void append_json_escaped(std::string& out, std::string_view text);
/// The same, in quotes.
void append_json_text(std::string& out, std::string_view text);

/// Appends what `text` stands for; false where an escape is wrong or belongs to a surrogate pair.
bool append_json_unescaped(std::string& out, std::string_view text);

/// Replaces \u escapes that are half of a surrogate pair (a text cropped in the middle of an emoji)
/// by the escape of U+FFFD, which has the same length; says how many.
std::uint64_t repair_surrogates(std::span<char> text);

/// Where a control character stands inside of a text in JSON, which must have it as an escape; npos
/// where none does.
std::size_t find_control_in_text(std::string_view json);
std::string control_message(char control);

std::string json_message(rapidjson::ParseErrorCode code);

/// What RapidJSON says against a whole value, and where it begins; nothing where it is JSON.
struct JsonFault {
  std::string message;
  std::size_t at = 0;
};
std::optional<JsonFault> find_fault(std::string_view value);

}  // namespace tierline
