#pragma once
// RFC 4180 text: where rows end, and what their cells say. Quotes count only where the standard has
// them: around a whole cell. Text that keeps to that is `regular` and is scanned 64 bytes at a
// time; a quote that stands elsewhere ("MacBook Pro 17", unquoted) is an ordinary character, and
// the text around it is read one character at a time.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tierline/input.h"

namespace tierline::csv {

/// One cell, still as written.
struct RawCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool quoted = false;
};

/// Where a run of whole rows ends.
struct Cut {
  std::size_t end = 0;      ///< Behind the last row that is complete; 0 when none is.
  bool open_quote = false;  ///< The text ends inside of a quoted cell.
  std::uint64_t lines = 0;  ///< Line ends before `end`.
  CsvMarks marks;           ///< Of all the text.
};

/// The last row end in `text`, which starts at a row. Needs `Buffer::padding` behind the text.
Cut last_row_end(std::string_view text, char separator);

/// Takes the row that starts at `at` apart; returns where the next one starts. A row ends with the
/// text where no line end does. `stray` is set when a quote stands where it should not.
std::size_t take_row(std::string_view text, std::size_t at, char separator,
                     std::vector<RawCell>& cells, bool& stray);

/// Whether the text ends before the quote of the cell closes.
bool is_open(std::string_view text, const RawCell& cell);

/// The text of a cell with its quotes taken off; doubled quotes are undone in place.
std::string_view unquote(char* text, const RawCell& cell);

/// The same of what stands between the quotes.
std::string_view undouble(std::span<char> inner);

/// The separator that gives the first row the most cells, out of , ; tab and |.
char find_separator(std::string_view text);

}  // namespace tierline::csv
