#pragma once
// How much stands on an item: what findings are put in order by.

#include "tierline/rule.h"

namespace tierline {

/// Of each live item: the live customer-facing services that rely on it through live
/// items, itself included. In time linear in the graph: each component of the
/// condensation hands down the few services whose keys have the least hashes, from which the number
/// of all is estimated (E. Cohen, Size-estimation framework with applications to transitive closure
/// and reachability, 1997). `seed` is of the hash.
ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, std::uint64_t seed = 0);

}  // namespace tierline
