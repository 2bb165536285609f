#pragma once
// Who answers for what in a service's parts, as rules about accountability see it.

#include "tierline/inventory.h"

namespace tierline {

/// It has an accountable owner; a component may have a group that runs it instead.
inline bool is_answered_for(const Inventory& inventory, ItemId item) {
  return inventory.has_owner(item) ||
         (inventory.tier(item) == Tier::component && inventory.has_operator(item));
}

/// Somebody who can answer: has not left, and is in a table of persons and groups where there is
/// one.
inline bool is_there(const Party& party) {
  return party.active && (party.known || !party.table_loaded);
}

/// What services are made of.
inline bool is_live_part(const Inventory& inventory, ItemId item) {
  const Tier tier = inventory.tier(item);
  return (tier == Tier::system || tier == Tier::component) && inventory.is_live(item);
}

/// One item needs or contains another, memberships included.
inline bool is_part_relation(const Relation& relation) {
  return (relation.kind == RelationKind::needs || relation.kind == RelationKind::contains) &&
         relation.from != no_item && relation.to != no_item;
}

}  // namespace tierline
