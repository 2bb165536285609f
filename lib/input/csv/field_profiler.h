#pragma once
// Every cell of a CSV file, and which of them are selected.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "input/csv/row_builder.h"
#include "input/input.h"

namespace tierline::csv {

/// Turns rows in which every column is selected, under its own number, into surveyed records.
class FieldProfiler final : public RowSink {
 public:
  FieldProfiler(const std::vector<Column>& columns, FieldSink& sink)
      : columns_(columns), sink_(sink), all_selected_(columns) {
    const std::size_t most = std::min<std::size_t>(columns.size(), UINT16_MAX);
    for (std::size_t i = 0; i < most; ++i) {
      all_selected_[i].is_selected = !columns[i].header.empty();
      all_selected_[i].selected = {.slot = static_cast<Slot>(i), .facet = Facet::text};
    }
  }

  [[nodiscard]] const std::vector<Column>& all_selected() const { return all_selected_; }

  void row(const Row& row) override {
    sink_.begin_record({}, 0);
    for (const Cell& cell : row.cells) {
      const Column& column = columns_[cell.slot];
      sink_.field({column.header, cell.text, column.is_selected ? &column.selected : nullptr});
    }
    sink_.end_record();
  }
  void issue(InputIssue /*issue*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }

 private:
  const std::vector<Column>& columns_;
  FieldSink& sink_;
  std::vector<Column> all_selected_;
};

}  // namespace tierline::csv
