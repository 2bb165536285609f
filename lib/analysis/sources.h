#pragma once
// What is true of some item of a source.

#include <vector>

#include "tierline/inventory.h"

namespace tierline {

/// By source: whether `condition` holds for one of its items.
template <typename Condition>
std::vector<bool> sources_where(const Inventory& inventory, Condition condition) {
  std::vector<bool> sources(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (condition(item)) {
      sources[inventory.source_of(item)] = true;
    }
  }
  return sources;
}

/// By source: whether some service of it says how critical it is.
inline std::vector<bool> sources_that_state_criticality(const Inventory& inventory) {
  return sources_where(inventory, [&](ItemId item) {
    return inventory.is_service(item) && inventory.criticality(item) != 0;
  });
}

}  // namespace tierline
