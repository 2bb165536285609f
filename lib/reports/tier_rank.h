#pragma once
// A rank of a picture, the items of one tier: which of its members stand at its upper and at its
// lower edge.

#include <set>
#include <utility>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

/// What stands between others of the rank need not be held in it, which spares the layout the
/// longest of the unseen edges.
class TierRank {
 public:
  /// Relations lead from an upper item to a lower one; those to other ranks do not count.
  TierRank(const std::vector<ItemId>& members,
           const std::vector<std::pair<ItemId, ItemId>>& relations);

  [[nodiscard]] bool may_be_highest(ItemId item) const { return highest_.contains(item); }
  [[nodiscard]] bool may_be_lowest(ItemId item) const { return lowest_.contains(item); }

 private:
  std::set<ItemId> highest_;
  std::set<ItemId> lowest_;
};

}  // namespace tierline
