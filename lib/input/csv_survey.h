#pragma once
// Every cell of a CSV file, and which of them are wanted.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "input/csv_row.h"
#include "tierline/input.h"

namespace tierline::csv {

/// Turns rows in which every column is wanted, under its own number, into surveyed records.
class Survey final : public RowSink {
 public:
  Survey(const std::vector<Column>& columns, FieldSink& sink)
      : columns_(columns), sink_(sink), all_wanted_(columns) {
    const std::size_t most = std::min<std::size_t>(columns.size(), UINT16_MAX);
    for (std::size_t i = 0; i < most; ++i) {
      all_wanted_[i].wanted = !columns[i].header.empty();
      all_wanted_[i].want = {.slot = static_cast<Slot>(i), .facet = Facet::text};
    }
  }

  [[nodiscard]] const std::vector<Column>& all_wanted() const { return all_wanted_; }

  void row(const Row& row) override {
    sink_.begin_record({}, 0);
    for (const Cell& cell : row.cells) {
      const Column& column = columns_[cell.slot];
      sink_.field({column.header, cell.text, column.wanted ? &column.want : nullptr});
    }
    sink_.end_record();
  }
  void flaw(Flaw /*flaw*/) override {}
  bool remark(std::string_view /*text*/, std::uint64_t /*line*/) override { return false; }

 private:
  const std::vector<Column>& columns_;
  FieldSink& sink_;
  std::vector<Column> all_wanted_;
};

}  // namespace tierline::csv
