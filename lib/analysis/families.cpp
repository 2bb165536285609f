#include "analysis/families.h"

#include "analysis/sources.h"

namespace tierline {
namespace {

constexpr int rank(Facing facing) {
  switch (facing) {
    case Facing::external:
      return 3;
    case Facing::internal:
      return 2;
    case Facing::unknown:
      return 1;
    case Facing::supporting:
      break;
  }
  return 0;
}

/// The live service that has this offering; the item itself where none does.
ItemId service_offering(const Inventory& inventory, const TieredGraph& graph, ItemId item) {
  ItemId service = item;
  if (inventory.is_offering(item)) {
    for (const ItemId holder : graph.holders_of(item)) {
      if (inventory.is_service(holder) && inventory.is_live(holder) &&
          (service == item || inventory.comes_before(holder, service))) {
        service = holder;
      }
    }
  }
  return service;
}

}  // namespace

ItemId family_of(const Inventory& inventory, const TieredGraph& graph, ItemId item) {
  // An offering may be of an offering.
  return service_offering(inventory, graph, service_offering(inventory, graph, item));
}

Families::Families(const Inventory& inventory, const TieredGraph& graph)
    : head_(inventory.item_count(), no_item),
      criticality_(inventory.item_count()),
      facing_(inventory.item_count(), Facing::supporting) {
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item)) {
      continue;
    }
    const ItemId head = family_of(inventory, graph, item);
    head_[index_of(item)] = head;
    const auto stated = static_cast<std::uint8_t>(inventory.criticality(item));
    std::uint8_t& strongest = criticality_[index_of(head)];
    strongest = strongest == 0 || (stated != 0 && stated < strongest) ? stated : strongest;
    Facing& facing = facing_[index_of(head)];
    facing = rank(inventory.facing(item)) > rank(facing) ? inventory.facing(item) : facing;
  }
}

CriticalServices::CriticalServices(const Estate& estate, Facts& facts)
    : families_(estate), weakest_(static_cast<int>(facts.option(weakest_criticality.name))) {
  const Inventory& inventory = estate.inventory;
  const std::vector<bool> says_it = sources_that_state_criticality(inventory);
  for (const ItemId item : inventory.items()) {
    if (families_.head_of(item) != no_item && !says_it[inventory.source_of(item)]) {
      facts.cannot_judge(item, "no service says how critical it is");
    } else if (families_.is_head(item) && is_critical(item)) {
      heads_.push_back(item);
    }
  }
}

ItemId CriticalServices::head_of(ItemId item) const {
  const ItemId head = families_.head_of(item);
  return head != no_item && is_critical(head) ? head : no_item;
}

ItemSet CriticalServices::all_below(const Estate& estate) const {
  ItemSet roots(estate.inventory.item_count());
  for (const ItemId head : heads_) {
    roots.add(head);
  }
  return estate.graph.reachable_from(roots, estate.reach.live);
}

}  // namespace tierline
