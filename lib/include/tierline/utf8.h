#pragma once
// Text encodings: what is not UTF-8 is repaired where everyone can see it. Used by any folder.

#include <cstdint>
#include <string>
#include <string_view>

namespace tierline {

bool is_utf8(std::string_view text);

/// Whether there is nothing above '~' in a text: nothing to repair, and of controls only those that
/// everybody escapes.
bool is_printable_ascii(std::string_view text);

/// With every invalid sequence replaced by U+FFFD.
std::string repair_utf8(std::string_view text);

/// Text that is not UTF-8, read as Windows-1252; its five unassigned bytes become U+FFFD.
std::string from_windows_1252(std::string_view text);

/// UTF-8 text with a blank in place of each character that its reader would obey instead of showing
/// it: control characters but those of `kept`, separators of lines and paragraphs, marks that turn
/// the direction of writing round, the byte order mark, and what is no character at all.
std::string without_controls(std::string_view text, std::string_view kept = {});

/// The same, and each character that is shown as nothing spelled out, as `[U+200B]`: a name that
/// looks like another one is not that.
std::string made_visible(std::string_view text);

/// Whether there is any control in a text.
bool has_controls(std::string_view text);

/// Appends a code point as UTF-8; a surrogate or a number beyond Unicode becomes U+FFFD.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace tierline
