#pragma once
// A service and its offerings are one wherever services are counted, or judged by how critical they
// are or whom they face.

#include <cstdint>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

/// A service and its offerings are one: the service that stands for them, which is the item itself
/// where it is no offering of a live service.
ItemId family_of(const Inventory& inventory, const TieredGraph& graph, ItemId item);

/// The live services of an estate, each with its live offerings: a family, called by its head.
class Families {
 public:
  Families(const Inventory& inventory, const TieredGraph& graph);
  explicit Families(const Estate& estate) : Families(estate.inventory, estate.graph) {}

  /// no_item for what is no live service.
  [[nodiscard]] ItemId head_of(ItemId item) const { return head_[index_of(item)]; }
  [[nodiscard]] bool is_head(ItemId item) const { return head_of(item) == item; }
  /// Of a head: the strongest that it or an offering of it states; 0 where none does.
  [[nodiscard]] int criticality(ItemId head) const { return criticality_[index_of(head)]; }
  /// Of a head: external where it or an offering of it is, else internal, else unknown.
  [[nodiscard]] Facing facing(ItemId head) const { return facing_[index_of(head)]; }
  [[nodiscard]] bool is_customer_facing(ItemId head) const {
    return facing(head) == Facing::external || facing(head) == Facing::internal;
  }
  /// The members of those families whose heads `condition` holds for.
  template <typename Condition>
  [[nodiscard]] ItemSet members_where(const Inventory& inventory, Condition condition) const {
    return items_where(inventory, [&](ItemId item) {
      return head_of(item) != no_item && condition(head_of(item));
    });
  }

 private:
  std::vector<ItemId> head_;
  std::vector<std::uint8_t> criticality_;
  std::vector<Facing> facing_;
};

/// Of rules that judge the most critical services: which these are.
inline constexpr RuleOption weakest_criticality = {
    .name = "weakest-criticality",
    .standard = 2,
    .least = 1,
    .most = 4,
    .meaning = "the criticality up to which, from 1 on, services are judged",
};

/// Live services that are among the most critical ones, for a rule that has the option.
class CriticalServices {
 public:
  /// Those of sources where no service says how critical it is cannot be judged: `facts` hears.
  CriticalServices(const Estate& estate, Facts& facts);

  [[nodiscard]] const Families& families() const { return families_; }
  [[nodiscard]] const std::vector<ItemId>& heads() const { return heads_; }
  /// The head of a family that is critical, of which the item is a member; else no_item.
  [[nodiscard]] ItemId head_of(ItemId item) const;
  /// What they rely on through live items, themselves included.
  [[nodiscard]] ItemSet all_below(const Estate& estate) const;

 private:
  [[nodiscard]] bool is_critical(ItemId head) const {
    const int criticality = families_.criticality(head);
    return criticality >= 1 && criticality <= weakest_;
  }

  Families families_;
  int weakest_;
  std::vector<ItemId> heads_;
};

}  // namespace tierline
