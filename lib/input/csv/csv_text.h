#pragma once
// The room of CSV: csv.cpp reads the header, cuts chunks and parses them, csv_text.cpp finds rows
// and cells in text, row_builder.h makes rows of cells, field_profiler.h counts them. lib/README.md
// has the way of a byte through all of it ("The hot path").
//
// RFC 4180 text: where rows end, and what their cells say. Quotes count only where the standard has
// them: around a whole cell. Text that keeps to that is `regular` and is scanned 64 bytes at a
// time; a quote that stands elsewhere ("MacBook Pro 17", unquoted) is an ordinary character, and
// the text around it is read one character at a time.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "input/input.h"

namespace tierline::csv {

/// One cell, still as written.
struct RawCell {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool quoted = false;
};

/// What is seen of a run of rows when it is cut: the masks that parsing goes by.
struct Index final : ChunkIndex {
  bool regular = true;  ///< Quotes stand only where RFC 4180 has them; if so:
  /// A bit for each byte from the first row on: whether it ends a cell.
  std::vector<std::uint64_t> cell_ends;
  /// A bit for each of these: whether there are quotes inside of cells, or other than ASCII.
  std::vector<std::uint64_t> needs_decoding;
  bool quoted_lines = false;  ///< Some cells have line ends in them.
};

/// Where a run of whole rows ends.
struct RowBoundary {
  std::size_t end = 0;      ///< Behind the last row that is complete; 0 when none is.
  bool open_quote = false;  ///< The text ends inside of a quoted cell.
  std::uint64_t lines = 0;  ///< Line ends before `end`.
  Index index;              ///< Of all the text.
};

/// The last row end in the text, which starts at a row.
RowBoundary last_row_end(PaddedView text, char separator);

/// Takes the row that starts at `at` apart; returns where the next one starts. A row ends with the
/// text where no line end does. `stray` is set when a quote stands where it should not.
std::size_t take_row(std::string_view text, std::size_t at, char separator,
                     std::vector<RawCell>& cells, bool& stray);

/// Whether the text ends before the quote of the cell closes.
bool is_open(std::string_view text, const RawCell& cell);

/// The text of a cell with its quotes taken off; doubled quotes are undone in place.
std::string_view unquote(char* text, const RawCell& cell);

/// The same of what stands between the quotes.
std::string_view unescape_quotes(std::span<char> inner);

/// The separator that gives the first row the most cells, out of , ; tab and |.
char find_separator(std::string_view text);

}  // namespace tierline::csv
