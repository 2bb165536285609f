#pragma once
// Systems and components under services.

#include <span>
#include <vector>

#include "pictures/map.h"

namespace tierline {

/// For each of at most 64 services: the live systems and components that it stands on, directly or
/// through other live items.
std::vector<Underlying> underlying(const Inventory& inventory, const TieredGraph& graph,
                                   std::span<const ItemId> services);

/// A group is enough for a component, and for nothing else.
Answerer answerer_of(const Inventory& inventory, ItemId item);

}  // namespace tierline
