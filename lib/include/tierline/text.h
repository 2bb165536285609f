#pragma once
// Small functions on text. Used by any folder, uses none.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tierline {

inline constexpr std::string_view no_break_space = "\xC2\xA0";

/// What JSON calls white space as well: a blank, a tab, a line end.
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// How many line ends are in the text.
std::uint64_t lines_in(std::string_view text);

/// See `trim`, which need not be called where there is nothing to trim.
std::string_view trim_blanks(std::string_view text);

/// Without blanks, tabs, line ends and no-break spaces at either end.
inline std::string_view trim(std::string_view text) {
  const auto is_plain = [](char c) { return c > ' ' && c <= '~'; };
  return text.empty() || (is_plain(text.front()) && is_plain(text.back())) ? text
                                                                           : trim_blanks(text);
}

/// Trimmed, with ASCII letters in lower case and every run of blanks (no-break spaces counted in)
/// as one space: the form in which labels, placeholders and relation types are compared.
std::string fold(std::string_view text);

/// Lower case, ASCII only.
std::string to_lower(std::string_view text);

/// Whether `text` matches `pattern`, where `*` stands for any run of characters.
bool matches_glob(std::string_view pattern, std::string_view text);

std::vector<std::string_view> split(std::string_view text, std::string_view separator);

std::string join(std::span<const std::string> parts, std::string_view separator);

/// The text as a message quotes it: of more than 200 bytes, only how it begins and how long it is.
std::string shortened(std::string_view text);

/// The candidate that is closest to `word`, when one is close enough to suggest.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// ` (did you mean 'x'?)`, or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

/// `1 item`, `2 items`; thousands are set off: `12,345 items`.
std::string count_of(std::size_t count, std::string_view singular, std::string_view plural = {});
/// `12,345`.
std::string with_thousands(std::size_t number);

}  // namespace tierline
