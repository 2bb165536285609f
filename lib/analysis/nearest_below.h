#pragma once
// What comes first on the way down from an item.

#include <array>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

/// Up to three items, nearest first; no_item behind the last.
using NearestThree = std::array<ItemId, 3>;

/// By item of `through`: the nearest of `marked` that it relies on through items of `through`, or
/// is itself. Equal distances are decided by keys. In time linear in the graph.
std::vector<NearestThree> nearest_below(const Estate& estate, const ItemSet& marked,
                                        const ItemSet& through);

/// As a list without the places that are free.
std::vector<ItemId> items_of(const NearestThree& nearest);

}  // namespace tierline
