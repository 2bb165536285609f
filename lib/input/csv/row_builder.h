#pragma once
// From the cells of a CSV file to rows. All of it is in this header because it runs for every cell.

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/conflict_marker.h"
#include "input/csv/csv_text.h"
#include "input/field_selection.h"
#include "input/scan.h"
#include "tierline/result.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline::csv {

/// Column i of the file, and the field that it is selected for.
struct Column {
  std::string header;
  bool is_selected = false;
  FieldSelection::Field selected;
};

/// Gathers the cells of one row after another and hands full rows to the sink.
class RowBuilder {
 public:
  RowBuilder(const std::vector<Column>& columns, const std::string& path, RowSink& sink)
      : path_(path), sink_(sink) {
    for (const Column& column : columns) {
      is_column_selected_.push_back(column.is_selected ? 1 : 0);
      if (column.is_selected) {
        selected_columns_.push_back(static_cast<std::uint32_t>(is_column_selected_.size() - 1));
        cells_.push_back(
            {.text = {}, .group = 0, .slot = column.selected.slot, .facet = column.selected.facet});
      }
    }
  }

  void start(std::uint64_t line) {
    line_ = line;
    column_ = 0;
    filled_ = 0;
    first_ = {};
    cells_with_text_ = 0;
    repaired_text_.clear();
  }

  void add(std::string_view text) {
    if (column_ == 0) {
      first_ = text;
    }
    cells_with_text_ += text.empty() ? 0U : 1U;
    if (column_ < is_column_selected_.size() && is_column_selected_[column_] != 0) {
      cells_[filled_++].text = utf8(text);
    }
    ++column_;
  }

  /// A whole row of regular text, with a cell for each column: cell i ends at `ends[i]`;
  /// `needs_decoding` has a bit for each 64 bytes, as `Index` has. False when it may be no
  /// record; it is to be added cell by cell then. Not inlined: by itself, its loops keep to
  /// registers.
  [[gnu::noinline]] bool add_whole_row(char* text, std::size_t begin,
                                       std::span<const std::uint32_t> ends,
                                       std::span<const std::uint64_t> needs_decoding) {
    assert(ends.size() == is_column_selected_.size());
    const std::size_t end = ends.back();
    const std::size_t text_end = end > begin && text[end - 1] == '\r' ? end - 1 : end;
    std::size_t with_text = 0;
    Cell* cell = cells_.data();
    for (const std::uint32_t column : selected_columns_) {
      std::size_t from = column == 0 ? begin : ends[column - 1] + 1;
      std::size_t to = std::min<std::size_t>(ends[column], text_end);
      const std::size_t quotes = text[from] == '"' && to > from + 1 ? 1 : 0;
      from += quotes;
      to -= quotes;
      with_text += to > from ? 1U : 0U;
      cell++->text = {text + from, to - from};
    }
    if (with_text < 2) {
      return false;
    }
    if (needs_decoding_in(needs_decoding, begin, end)) {
      for (Cell& one : cells_) {
        const auto from = static_cast<std::size_t>(one.text.data() - text);
        if (needs_decoding_in(needs_decoding, from, from + one.text.size())) {
          one.text = utf8(unescape_quotes({text + from, one.text.size()}));
        }
      }
    }
    sink_.row({.cells = cells_,
               .line = line_,
               .same_columns_as_previous = std::exchange(was_whole_, true)});
    return true;
  }

  /// Ends the row. What is no row at all may be an error.
  Status finish(bool is_cut_off) {
    if (column_ == 1 && is_column_selected_.size() > 1) {
      return finish_lone_cell(is_cut_off);
    }
    if (column_ != is_column_selected_.size()) {
      if (is_cut_off && column_ < is_column_selected_.size()) {
        return cut_off();
      }
      ragged_.add(line_);
    }
    if (cells_with_text_ == 0) {
      empty_.add(line_);
      return Done{};
    }
    // A spreadsheet fills up the row of a remark with empty cells.
    if (cells_with_text_ == 1 && !first_.empty() && sink_.remark(trim(first_), line_)) {
      return Done{};
    }
    was_whole_ = filled_ == cells_.size();
    sink_.row({std::span(cells_).first(filled_), line_});
    return Done{};
  }

  void report() {
    report(input_issue::empty_row, empty_, "an empty row was left out");
    report(input_issue::ragged_row, ragged_,
           fmt::format("a row has more or fewer cells than the {} columns",
                       is_column_selected_.size()));
    report(input_issue::not_a_record, lone_, "a row of one cell is no record, and was left out");
    report(input_issue::repaired_text, repaired_,
           "a cell that is not valid UTF-8 was read as Windows-1252");
    report(input_issue::stray_quote, stray_,
           "a quote inside an unquoted cell was taken as it stands");
  }

  void count_stray() { stray_.add(line_); }

 private:
  static bool needs_decoding_in(std::span<const std::uint64_t> needs_decoding, std::size_t begin,
                                std::size_t end) {
    return scan::any_of(needs_decoding, begin / scan::block_size, end / scan::block_size);
  }

  void report(const char* kind, const IssueTally& tally, std::string message) {
    if (tally.count > 0) {
      sink_.issue({kind, tally.line, std::move(message), tally.count});
    }
  }

  [[nodiscard]] Error cut_off() const {
    return {fmt::format("the last row has {} of {} cells and no line end: the export was cut off, "
                        "make it again",
                        column_, is_column_selected_.size()),
            {path_, line_}};
  }

  Status finish_lone_cell(bool is_cut_off) {
    const std::string_view text = trim(first_);
    if (text.empty()) {
      empty_.add(line_);
      return Done{};
    }
    if (is_conflict_marker(text)) {
      return Error{std::string(conflict_message), {path_, line_}};
    }
    if (!sink_.remark(text, line_) && is_cut_off) {
      return cut_off();
    }
    lone_.add(line_);
    return Done{};
  }

  std::string_view utf8(std::string_view text) {
    if (is_utf8(text)) {
      return text;
    }
    repaired_.add(line_);
    return repaired_text_.emplace_back(from_windows_1252(text));
  }

  std::vector<std::uint8_t> is_column_selected_;  ///< By column.
  std::vector<std::uint32_t> selected_columns_;   ///< Which columns are.
  const std::string& path_;
  RowSink& sink_;
  std::uint64_t line_ = 0;
  std::size_t column_ = 0;
  std::size_t cells_with_text_ = 0;
  std::string_view first_;
  std::vector<Cell> cells_;  ///< Of the selected columns; only texts change from row to row.
  std::size_t filled_ = 0;   ///< How many of them this row has.
  bool was_whole_ = false;   ///< The last row that was handed over had all of them.
  std::deque<std::string> repaired_text_;
  IssueTally empty_;
  IssueTally ragged_;
  IssueTally lone_;
  IssueTally repaired_;
  IssueTally stray_;
};

}  // namespace tierline::csv
