#pragma once
// From the cells of a CSV file to rows. All of it is in this header because it runs for every cell.

#include <fmt/format.h>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/conflict.h"
#include "support/text.h"
#include "support/utf8.h"
#include "tierline/result.h"
#include "tierline/row.h"

namespace tierline::csv {

/// Column i of the file, for whoever wants it.
struct Column {
  std::string header;
  bool wanted = false;
  Wants::Want want;
};

/// Gathers the cells of one row after another and hands full rows to the sink.
class RowBuilder {
 public:
  RowBuilder(const std::vector<Column>& columns, const std::string& path, RowSink& sink)
      : columns_(columns), path_(path), sink_(sink) {}

  void start(std::uint64_t line) {
    line_ = line;
    column_ = 0;
    cells_.clear();
    first_ = {};
    has_text_ = false;
    repaired_text_.clear();
  }

  [[nodiscard]] bool wants_next() const {
    return column_ == 0 || (column_ < columns_.size() && columns_[column_].wanted);
  }

  void skip() {
    ++column_;
    has_text_ = true;
  }

  void add(std::string_view text) {
    if (column_ == 0) {
      first_ = text;
    }
    has_text_ |= !text.empty();
    if (column_ < columns_.size() && columns_[column_].wanted) {
      const Wants::Want& want = columns_[column_].want;
      cells_.push_back({.text = utf8(text), .group = 0, .slot = want.slot, .facet = want.facet});
    }
    ++column_;
  }

  /// Ends the row. What is no row at all may be an error.
  Status finish(bool is_cut_off) {
    if (column_ == 1 && columns_.size() > 1) {
      return finish_lone_cell();
    }
    if (column_ != columns_.size()) {
      if (is_cut_off && column_ < columns_.size()) {
        return Error{fmt::format("the last row has {} of {} cells and no line end: the export was "
                                 "cut off, make it again",
                                 column_, columns_.size()),
                     {path_, line_}};
      }
      ++ragged_;
      ragged_line_ = ragged_ == 1 ? line_ : ragged_line_;
    }
    if (!has_text_) {
      count_empty();
      return Done{};
    }
    sink_.row({cells_, line_});
    return Done{};
  }

  void report() {
    const auto flaw = [&](const char* kind, std::uint64_t line, std::string message,
                          std::uint64_t count) {
      if (count > 0) {
        sink_.flaw({kind, line, std::move(message), count});
      }
    };
    flaw(flaw::empty_row, empty_line_, "an empty row was left out", empty_);
    flaw(flaw::ragged_row, ragged_line_,
         fmt::format("a row has more or fewer cells than the {} columns", columns_.size()),
         ragged_);
    flaw(flaw::not_a_record, lone_line_, "a row of one cell is no record, and was left out", lone_);
    flaw(flaw::repaired_text, repaired_line_,
         "a cell that is not valid UTF-8 was read as Windows-1252", repaired_);
    flaw(flaw::stray_quote, stray_line_, "a quote inside an unquoted cell was taken as it stands",
         stray_);
  }

  void count_stray() { stray_line_ = stray_++ == 0 ? line_ : stray_line_; }

 private:
  Status finish_lone_cell() {
    const std::string_view text = trim(first_);
    if (text.empty()) {
      count_empty();
      return Done{};
    }
    if (is_conflict_marker(text)) {
      return Error{std::string(conflict_message), {path_, line_}};
    }
    sink_.remark(text, line_);
    lone_line_ = lone_++ == 0 ? line_ : lone_line_;
    return Done{};
  }

  void count_empty() { empty_line_ = empty_++ == 0 ? line_ : empty_line_; }

  std::string_view utf8(std::string_view text) {
    if (is_utf8(text)) {
      return text;
    }
    repaired_line_ = repaired_++ == 0 ? line_ : repaired_line_;
    return repaired_text_.emplace_back(from_windows_1252(text));
  }

  const std::vector<Column>& columns_;
  const std::string& path_;
  RowSink& sink_;
  std::uint64_t line_ = 0;
  std::size_t column_ = 0;
  bool has_text_ = false;
  std::string_view first_;
  std::vector<Cell> cells_;
  std::deque<std::string> repaired_text_;
  std::uint64_t empty_ = 0, empty_line_ = 0;
  std::uint64_t ragged_ = 0, ragged_line_ = 0;
  std::uint64_t lone_ = 0, lone_line_ = 0;
  std::uint64_t repaired_ = 0, repaired_line_ = 0;
  std::uint64_t stray_ = 0, stray_line_ = 0;
};

}  // namespace tierline::csv
