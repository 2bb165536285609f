#pragma once
// The order of rows: by name, and where names are equal by what does not depend on files.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

inline auto name_order(const Inventory& inventory, ItemId item) {
  return std::pair(inventory.label(item), inventory.key(item));
}

inline auto name_order(const Party& party) {
  return std::array<std::string_view, 3>{label(party), party.source, party.id};
}

/// Sorts by `key(row)`, which is worked out once a row.
template <typename Row, typename Key>
void sort_by(std::vector<Row>& rows, Key key) {
  std::vector<std::pair<decltype(key(rows[0])), std::size_t>> order;
  order.reserve(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    order.emplace_back(key(rows[i]), i);
  }
  std::ranges::sort(order);
  std::vector<Row> sorted;
  sorted.reserve(rows.size());
  for (const auto& [value, i] : order) {
    sorted.push_back(std::move(rows[i]));
  }
  rows = std::move(sorted);
}

}  // namespace tierline
