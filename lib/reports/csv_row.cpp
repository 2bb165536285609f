#include "tierline/csv_row.h"

#include <algorithm>

#include "tierline/utf8.h"

namespace tierline {
namespace {

/// Whether a spreadsheet may take a cell for a formula. What it may pass over at the beginning is
/// passed over, and signs of full width are signs.
bool is_like_a_formula(std::string_view text) {
  constexpr std::string_view blanks[] = {" ",      "\"",     "\u00A0", "\u200B", "\u200C",
                                         "\u200D", "\u2060", "\u3000", "\u00AD"};
  constexpr std::string_view signs[] = {"=",      "+",      "-",      "@",  "\uFF1D", "\uFF0B",
                                        "\uFF0D", "\uFF20", "\u2212", "\t", "\r",     "\n"};
  const auto begins = [&](std::string_view with) { return text.starts_with(with); };
  for (const auto* blank = std::ranges::find_if(blanks, begins); blank != std::end(blanks);
       blank = std::ranges::find_if(blanks, begins)) {
    text.remove_prefix(blank->size());
  }
  return std::ranges::any_of(signs, begins);
}

/// Whether a text can stand in quotes as it is, as most can.
bool is_plain(std::string_view text) {
  const auto is_harmless = [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ';'; };
  const auto is_letter_or_digit = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return text.empty() ||
         (is_letter_or_digit(text.front()) && std::ranges::all_of(text, is_harmless));
}

/// Whether a cell ends here, quoted or not, for a spreadsheet that does not split at commas: to it,
/// no quote but a row's first one opens a cell.
bool ends_other_cells(char c) {
  return c == ';' || c == '\t' || c == '\n' || c == '\r';
}

std::string escape_cell(std::string_view text) {
  if (!is_utf8(text)) {
    return escape_cell(repair_utf8(text));
  }
  const std::string kept = without_controls(text, "\t\r\n");
  const std::string_view safe = kept;
  std::string inner = is_like_a_formula(safe) ? "'" : "";
  for (std::size_t i = 0; i < safe.size(); ++i) {
    inner += safe[i];
    if (safe[i] == '"') {
      inner += '"';
    } else if (const std::string_view rest = safe.substr(i + 1);
               ends_other_cells(safe[i]) && !rest.empty() && !ends_other_cells(rest.front()) &&
               is_like_a_formula(rest)) {
      inner += '\'';
    }
  }
  return inner;
}

}  // namespace

void append_csv_row(std::string& rows, std::span<const std::string_view> cells) {
  bool is_first = true;
  for (const std::string_view text : cells) {
    rows += is_first ? "\"" : ",\"";
    if (is_plain(text)) {
      rows += text;
    } else {
      rows += escape_cell(text);
    }
    rows += '"';
    is_first = false;
  }
  rows += "\r\n";
}

}  // namespace tierline
