#include "tierline/tables.h"

namespace tierline {

DefinedRatio defined_ratio(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const ItemSet services = items_where(inventory, [&](ItemId item) {
    return inventory.is_service(item) && source.live().contains(item);
  });
  const ItemSet used = source.graph().reachable_from(services, source.live());
  DefinedRatio ratio;
  const auto add = [&](DefinedRatio::Count& count, ItemId item) {
    ++count.live;
    count.in_services += used.contains(item) ? 1U : 0U;
  };
  for (const ItemId item : inventory.items()) {
    if (source.counts(item) && inventory.tier(item) == Tier::system) {
      add(ratio.systems, item);
    } else if (source.counts(item) && inventory.tier(item) == Tier::component) {
      add(ratio.components, item);
    }
  }
  return ratio;
}

}  // namespace tierline
