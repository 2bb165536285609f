#pragma once
// What the findings say about single items of a picture and about the relations between them.

#include <map>
#include <set>
#include <vector>

#include "tierline/finding.h"

namespace tierline {

class Marks {
 public:
  explicit Marks(const std::vector<Finding>& findings);

  /// The findings about an item, worst first.
  [[nodiscard]] std::vector<const Finding*> of(ItemId item) const;
  [[nodiscard]] bool is_orphan(ItemId item) const;
  /// Whether a finding is about a relation between the two, or about a group that both are in.
  [[nodiscard]] bool is_faulty(ItemId from, ItemId to) const;

 private:
  std::map<ItemId, std::vector<const Finding*>> findings_;
  /// Of relations and groups, by their members.
  std::map<ItemId, std::set<const Finding*>> faults_;
};

}  // namespace tierline
