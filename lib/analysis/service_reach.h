#pragma once
// How much stands on an item: what findings are put in order by.

#include <array>
#include <cstdint>
#include <vector>

#include "analysis/families.h"
#include "analysis/stops.h"
#include "tierline/rule.h"

namespace tierline {

/// Of each live item of `wanted`: the live customer-facing services that rely on it through live
/// items, itself included. In time linear in the graph above `wanted`; `seed` is of the hash that
/// large numbers are estimated by (services_above.h).
ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted,
                                  std::uint64_t seed = 0);

/// The worst of some services to lose; the rest is no_item.
using WorstServices = std::array<ItemId, 3>;

/// What stops with each live item, of the live customer-facing services; a service and its
/// offerings are one.
struct StoppedServices {
  std::uint32_t all = 0;  ///< How many there are.
  ServiceReach counts;
  /// By item: the most critical first. Not set where nothing stops.
  std::vector<WorstServices> worst;
};
StoppedServices stopped_services(const Estate& estate, const Stops& stops,
                                 const Families& families);

}  // namespace tierline
