#pragma once
// Details that an export may lack altogether. Where nobody fills in a field, that it is empty says
// nothing of an item.

#include <vector>

#include "tierline/rule.h"

namespace tierline {

class Stated {
 public:
  Stated(const Inventory& inventory, RuleInput detail);

  /// Whether the item's record has the field, and some item of its source says something there. If
  /// not, `facts` hears why.
  bool can_judge(ItemId item, Facts& facts) const;

 private:
  const Inventory& inventory_;
  RuleInput detail_;
  std::vector<bool> is_filled_in_;  // By source.
};

}  // namespace tierline
