#pragma once
// How much stands on an item: what findings are put in order by.

#include "tierline/rule.h"

namespace tierline {

/// Of each live item of `wanted`: the live customer-facing services that rely on it through live
/// items, itself included. In time linear in the graph above `wanted`; `seed` is of the hash that
/// large numbers are estimated by (services_above.h).
ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted,
                                  std::uint64_t seed = 0);

}  // namespace tierline
