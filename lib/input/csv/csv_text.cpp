#include "input/csv/csv_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "input/scan.h"
#include "tierline/text.h"

namespace tierline::csv {
namespace {

constexpr std::size_t npos = std::string_view::npos;

bool ends_cell(std::string_view text, std::size_t at, char separator) {
  return at >= text.size() || text[at] == separator || text[at] == '\n' ||
         (text[at] == '\r' && (at + 1 >= text.size() || text[at + 1] == '\n'));
}

/// Behind the closing quote of the cell that opens at `at`; npos when it does not close.
std::size_t closing_quote(std::string_view text, std::size_t at) {
  while (true) {
    at = text.find('"', at + 1);
    if (at == npos) {
      return npos;
    }
    if (at + 1 >= text.size() || text[at + 1] != '"') {
      return at + 1;
    }
    ++at;
  }
}

/// The end of the cell at `at`, not counting a carriage return before the line end.
RawCell take_cell(std::string_view text, std::size_t at, char separator, bool& stray) {
  const std::array<char, 2> stops = {separator, '\n'};
  const std::string_view stop(stops.data(), stops.size());
  RawCell cell{at, at, false};
  std::size_t from = at;
  if (at < text.size() && text[at] == '"') {
    const std::size_t closed = closing_quote(text, at);
    cell.quoted = closed == npos || ends_cell(text, closed, separator);
    stray |= !cell.quoted;
    from = closed == npos ? text.size() : closed;
  }
  const std::size_t end = std::min(text.find_first_of(stop, from), text.size());
  stray |= !cell.quoted && text.substr(at, end - at).find('"') != npos;
  cell.end =
      end > at && end < text.size() && text[end] == '\n' && text[end - 1] == '\r' ? end - 1 : end;
  return cell;
}

/// The same as last_row_end, one cell at a time.
RowBoundary last_row_end_scalar(std::string_view text, char separator) {
  RowBoundary cut;
  cut.index.regular = false;
  std::vector<RawCell> cells;
  for (std::size_t at = 0; at < text.size();) {
    bool stray = false;
    cells.clear();
    const std::size_t next = take_row(text, at, separator, cells, stray);
    const RawCell& last = cells.back();
    cut.open_quote = is_open(text, last);
    if (text[next - 1] != '\n' || cut.open_quote) {
      break;
    }
    cut.end = at = next;
  }
  cut.lines = lines_in(text.substr(0, cut.end));
  return cut;
}

template <typename Block>
[[gnu::always_inline]] inline RowBoundary last_row_end_in(PaddedView text, char separator) {
  std::uint64_t in_quotes = 0;
  std::uint64_t cell_may_open = 1;  // Bit 0 for the block's first byte, from the one before it.
  std::uint64_t quote_just_closed = 0;
  std::uint64_t line_must_end = 0;  // A carriage return stands behind a closing quote.
  std::uint64_t quoted_newlines = 0;
  std::uint64_t last_row_ends = 0;  // Of the last block that has any,
  std::size_t last_block = 0;       // which is this one.
  std::uint64_t lines = 0;
  const std::size_t blocks = (text.size() + scan::block_size - 1) / scan::block_size;
  std::vector<std::uint64_t> cell_ends(blocks);
  std::vector<std::uint64_t> needs_decoding((blocks + 63) / 64);
  for (std::size_t i = 0; i < blocks; ++i) {
    const Block block(text.text().data() + i * scan::block_size);
    const std::uint64_t valid = scan::below(text.size() - i * scan::block_size);
    const std::uint64_t quotes = block.equal('"') & valid;
    const std::uint64_t newlines = block.equal('\n') & valid;
    const std::uint64_t delimiters = (block.equal(separator) & valid) | newlines;
    const std::uint64_t quoted = Block::prefix_xor(quotes) ^ in_quotes;
    in_quotes = static_cast<std::uint64_t>(static_cast<std::int64_t>(quoted) >> 63U);
    const std::uint64_t opening = quotes & quoted;
    const std::uint64_t closing = quotes & ~quoted;
    const std::uint64_t after_closing = closing << 1U | quote_just_closed;
    const std::uint64_t may_open = (delimiters | closing) << 1U | cell_may_open;
    const std::uint64_t returns = after_closing & block.equal('\r');
    const std::uint64_t must_end = returns << 1U | line_must_end;
    const std::uint64_t may_follow = delimiters | returns | opening | ~valid;
    if (((opening & ~may_open) | (after_closing & ~may_follow) | (must_end & ~newlines & valid)) !=
        0) {
      return last_row_end_scalar(text, separator);
    }
    line_must_end = returns >> 63U;
    cell_may_open = (delimiters | closing) >> 63U;
    quote_just_closed = closing >> 63U;
    cell_ends[i] = delimiters & ~quoted;
    const bool block_needs_decoding = (opening & after_closing) != 0 || !block.is_ascii();
    needs_decoding[i / 64] |= std::uint64_t{block_needs_decoding} << i % 64;
    quoted_newlines |= newlines & quoted;
    lines += scan::count(newlines);
    if (const std::uint64_t row_ends = newlines & ~quoted) {
      last_row_ends = row_ends;
      last_block = i;
    }
  }
  RowBoundary cut;
  if (last_row_ends != 0) {
    cut.end =
        last_block * scan::block_size + static_cast<std::size_t>(std::bit_width(last_row_ends));
    cut.lines = lines - lines_in(text.text().substr(cut.end));
  }
  cut.open_quote = in_quotes != 0;
  cut.index.cell_ends = std::move(cell_ends);
  cut.index.needs_decoding = std::move(needs_decoding);
  cut.index.quoted_lines = quoted_newlines != 0;
  return cut;
}

#ifdef __SSE2__
[[gnu::target("avx2,bmi,popcnt,pclmul")]] RowBoundary last_row_end_256(PaddedView text,
                                                                       char separator) {
  return last_row_end_in<scan::Block256>(text, separator);
}
#endif

}  // namespace

RowBoundary last_row_end(PaddedView text, char separator) {
#ifdef __SSE2__
  if (scan::have_256_bit_blocks()) {
    return last_row_end_256(text, separator);
  }
#endif
  return last_row_end_in<scan::Block128>(text, separator);
}

std::size_t take_row(std::string_view text, std::size_t at, char separator,
                     std::vector<RawCell>& cells, bool& stray) {
  while (true) {
    cells.push_back(take_cell(text, at, separator, stray));
    at = cells.back().end;
    if (at < text.size() && text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
      return at + 2;
    }
    if (at >= text.size()) {
      return text.size();
    }
    ++at;
    if (text[at - 1] == '\n') {
      return at;
    }
  }
}

bool is_open(std::string_view text, const RawCell& cell) {
  return cell.quoted && closing_quote(text, cell.begin) == npos;
}

std::string_view unquote(char* text, const RawCell& cell) {
  if (!cell.quoted) {
    return {text + cell.begin, cell.end - cell.begin};
  }
  char* const end = text + cell.end - (cell.end > cell.begin + 1 ? 1 : 0);
  return unescape_quotes({text + cell.begin + 1, end});
}

std::string_view unescape_quotes(std::span<char> inner) {
  char* const begin = inner.data();
  char* const end = begin + inner.size();
  char* quote = static_cast<char*>(std::memchr(begin, '"', inner.size()));
  if (quote == nullptr) {
    return {begin, end};
  }
  char* out = quote;
  for (char* in = quote; in < end; ++in) {
    *out++ = *in;
    if (*in == '"' && in + 1 < end && in[1] == '"') {
      ++in;
    }
  }
  std::fill(out, end, '"');  // No line end is left behind, to be counted twice.
  return {begin, out};
}

char find_separator(std::string_view text) {
  char best = ',';
  std::size_t most = 0;
  for (const char candidate : {',', ';', '\t', '|'}) {
    std::vector<RawCell> cells;
    bool stray = false;
    take_row(text, 0, candidate, cells, stray);
    if (cells.size() > most) {
      most = cells.size();
      best = candidate;
    }
  }
  return best;
}

}  // namespace tierline::csv
