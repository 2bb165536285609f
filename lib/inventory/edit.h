#pragma once
// A copy of an inventory, to be changed: what the estate would be like if.

#include <map>
#include <vector>

#include "inventory/assembly.h"

namespace tierline {

class InventoryEdit {
 public:
  explicit InventoryEdit(const Inventory& inventory) : out_(inventory) {}

  /// What is left of the numbers of relations is not what it was.
  void drop_relations(const std::vector<RelationId>& relations);
  /// One more, as a field of the item says it: it stands where the item does.
  void add_relation(Relation relation, std::uint16_t source, ItemId stated_by);
  /// In place of those that they have, accountable ones first.
  void set_responsibilities(std::map<ItemId, std::vector<Responsibility>> responsibilities);

  /// All of its fields say it.
  void set_state(ItemId item, State state);

  Inventory finish() { return out_.finish(); }

 protected:
  InventoryAssembly out_;
};

}  // namespace tierline
