#include "analysis/service_reach.h"

#include <algorithm>

#include "analysis/services_above.h"

namespace tierline {

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted, std::uint64_t seed) {
  const ServiceRanks ranks = rank_services(
      inventory, graph,
      [](const Inventory& one, ItemId item) { return one.is_customer_facing(item); }, seed);
  ServiceReach result(inventory.item_count());
  const auto count = [&](auto within) {
    each_with_services_above(graph, reach.condensation, within, ranks,
                             [&](ItemSpan members, const Sketch& sketch) {
                               const ServiceReach::Count above = sketch.count(ranks.heads.size());
                               for (const ItemId item : members) {
                                 result.set(item, above);
                               }
                             });
  };
  const auto is_wanted = [&](ItemId item) { return wanted.contains(item); };
  if (std::ranges::all_of(inventory.items(), is_wanted)) {
    count([](ItemId /*item*/) { return true; });  // There is nothing to look up.
  } else {
    const ItemSet above = graph.upwards(wanted, reach.live);
    count([&](ItemId item) { return above.contains(item); });
  }
  return result;
}

}  // namespace tierline
