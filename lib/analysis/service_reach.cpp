#include "analysis/service_reach.h"

#include "analysis/services_above.h"

namespace tierline {

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, std::uint64_t seed) {
  const ServiceRanks ranks = rank_services(
      inventory, graph,
      [](const Inventory& one, ItemId item) { return one.is_customer_facing(item); }, seed);
  ServiceReach result(inventory.item_count());
  each_with_services_above(
      graph, reach.condensation, [](ItemId /*item*/) { return true; }, ranks,
      [&](ItemSpan members, const Sketch& sketch) {
        const ServiceReach::Count count = sketch.count(ranks.heads.size());
        for (const ItemId item : members) {
          result.set(item, count);
        }
      });
  return result;
}

}  // namespace tierline
