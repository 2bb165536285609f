#pragma once
// A copy of an inventory, to be changed: what the estate would be like if.

#include <vector>

#include "inventory/draft.h"

namespace tierline {

class InventoryEdit {
 public:
  explicit InventoryEdit(const Inventory& inventory) { static_cast<Inventory&>(out_) = inventory; }

  /// What is left of the numbers of relations is not what it was.
  void drop_relations(const std::vector<RelationId>& relations);
  /// One more, as a field of an item says it.
  void add_relation(Relation relation, std::uint16_t source);
  /// In place of those that it has, accountable ones first.
  void set_uses(ItemId item, std::vector<PartyUse> uses);

  Inventory finish() { return std::move(static_cast<Inventory&>(out_)); }

 protected:
  InventoryDraft out_;
};

}  // namespace tierline
