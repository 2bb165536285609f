#include <algorithm>

#include "analysis/answered.h"
#include "tierline/tables.h"

namespace tierline {
namespace {

/// What an item with an owner directly contains.
ItemSet in_owned_ones(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  ItemSet contained(inventory.item_count());
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::contains && relation.from != no_item &&
        relation.to != no_item && relation.from != relation.to &&
        source.live().contains(relation.from) && inventory.has_owner(relation.from)) {
      contained.add(relation.to);
    }
  }
  return contained;
}

/// Of an item with owners.
std::uint64_t& kind_of_owners(const Inventory& inventory, ItemId item, Ownership& counts) {
  bool all_have_left = true;
  for (const PartyId owner : inventory.owners(item)) {
    if (is_there(inventory.party(owner))) {
      return counts.owned;
    }
    all_have_left = all_have_left && !inventory.party(owner).active;
  }
  return all_have_left ? counts.inactive : counts.dangling;
}

}  // namespace

OwnershipTable ownership_table(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const ItemSet contained = in_owned_ones(source);
  OwnershipTable table;
  for (const ItemId item : inventory.items()) {
    const auto tier = static_cast<std::size_t>(inventory.tier(item));
    if (tier >= owned_tiers || !source.counts(item)) {
      continue;
    }
    Ownership& counts = table[tier];
    ++counts.live;
    if (inventory.has_owner(item)) {
      ++kind_of_owners(inventory, item, counts);
    } else if (inventory.has_operator(item)) {
      ++counts.group_only;
    } else if (!inventory.has_input(item, RuleInput::accountable)) {
      ++counts.not_evaluated;
    } else {
      ++(contained.contains(item) ? counts.inherited : counts.none);
    }
  }
  return table;
}

}  // namespace tierline
