#pragma once
// What stops when one item does, where some items stand as long as enough of what they contain
// does: clusters, pools, pairs.
//
// An item stops when anything stops that it relies on. One with redundancy also relies on what it
// needs, but of the m members that it contains, it needs n: it stops when more than m - n of them
// do. Members that stand on the same item stop together, so it as good as relies on whatever is
// below more than m - n of them. What follows from that goes round in circles as well: the least
// set that holds it is meant.

#include <algorithm>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

class Stops {
 public:
  explicit Stops(const Estate& estate);

  /// Calls `visit` with the live items that a live item stops with, each of them alone: all that
  /// makes it stop is reached by going on from there.
  template <typename Visit>
  void each_needed(ItemId item, Visit visit) const {
    each_needed_itself(item, visit);
    if (has_redundancy_.contains(item)) {
      std::ranges::for_each(redundant_.find(item)->second.shared, visit);
    }
  }

  /// Items with redundancy of which too much stands below too many members to tell what stops them;
  /// they are taken to stand. By number.
  [[nodiscard]] std::vector<ItemId> undetermined() const;

  /// Live items that stop together, in an order in which each stands before all that stops it.
  [[nodiscard]] std::uint32_t group_count() const {
    return static_cast<std::uint32_t>(group_begin_.size() - 1);
  }
  [[nodiscard]] std::uint32_t group_of(ItemId item) const { return group_of_[index_of(item)]; }
  [[nodiscard]] std::span<const ItemId> group(std::uint32_t number) const {
    return std::span(grouped_).subspan(group_begin_[number],
                                       group_begin_[number + 1] - group_begin_[number]);
  }

 private:
  struct Redundant {
    std::vector<ItemId> members;
    std::size_t may_lose = 0;
    std::vector<ItemId> needed;  ///< Apart from members.
    std::vector<ItemId> shared;  ///< What is below more members than it may lose.
    bool is_undetermined = false;
  };

  /// The same without what follows from members that stand on the same things.
  template <typename Visit>
  void each_needed_itself(ItemId item, Visit visit) const {
    if (has_redundancy_.contains(item)) {
      std::ranges::for_each(redundant_.find(item)->second.needed, visit);
      return;
    }
    for (const ItemId needed : graph_.dependencies_of(item)) {
      if (live_.contains(needed)) {
        visit(needed);
      }
    }
  }

  void find_redundant(const Estate& estate);
  class Below;

  void find_shared(const Condensation& condensation);
  bool find_shared(std::span<const ItemId> items, const Condensation& condensation, Below& below);
  std::vector<ItemId> shared_below(Redundant& one, const Condensation& condensation,
                                   Below& below) const;
  void group(const Condensation& condensation);
  void add_group(std::span<const ItemId> items);
  void split(const ItemSpan& members);

  const TieredGraph& graph_;
  const ItemSet& live_;
  ItemSet has_redundancy_;  // Asked of every item: few have it.
  std::unordered_map<ItemId, Redundant> redundant_;
  std::vector<std::uint32_t> group_of_;  // By item.
  std::vector<std::uint32_t> group_begin_{0};
  std::vector<ItemId> grouped_;
};

}  // namespace tierline
