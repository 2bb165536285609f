#include "analysis/nearest_below.h"

#include <algorithm>

#include "analysis/wording.h"

namespace tierline {
namespace {

/// Whether there was room for it, and it was not there yet.
bool takes(NearestThree& nearest, ItemId item) {
  const auto free =
      std::ranges::find_if(nearest, [&](ItemId one) { return one == no_item || one == item; });
  if (free == nearest.end() || *free == item) {
    return false;
  }
  *free = item;
  return true;
}

}  // namespace

std::vector<NearestThree> nearest_below(const Estate& estate, const ItemSet& marked,
                                        const ItemSet& through) {
  const Inventory& inventory = estate.inventory;
  std::vector<NearestThree> nearest(inventory.item_count(), {no_item, no_item, no_item});
  struct Step {
    ItemId at;
    ItemId found;
  };
  std::vector<ItemId> starts;
  for (const ItemId item : inventory.items()) {
    if (marked.contains(item) && through.contains(item)) {
      starts.push_back(item);
    }
  }
  // Upwards from all of them at once, those that come first by key ahead of the others: so they
  // stay ahead in every step. What is not among the nearest three of an item is not among those of
  // what relies on it through that item.
  std::vector<Step> queue;
  for (const ItemId item : in_order(inventory, std::move(starts))) {
    nearest[index_of(item)].front() = item;
    queue.push_back({item, item});
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const Step step = queue[i];
    for (const ItemId user : estate.graph.dependents_of(step.at)) {
      if (through.contains(user) && takes(nearest[index_of(user)], step.found)) {
        queue.push_back({user, step.found});
      }
    }
  }
  return nearest;
}

std::vector<ItemId> items_of(const NearestThree& nearest) {
  return {nearest.begin(), std::ranges::find(nearest, no_item)};
}

}  // namespace tierline
