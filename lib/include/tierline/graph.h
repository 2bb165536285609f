#pragma once
// Who relies on whom: the inventory's relations as a graph, and what follows from paths in it.
//
// In the *dependency graph* an edge u -> v says that u relies on v:
//
//   u needs v                   u -> v
//   u contains v                u -> v, except that a portfolio does not use what it lists
//   service contains offering   offering -> service as well: using an offering is using its service
//   membership of v in u        v -> u: what a supporting service contains relies on it, in estates
//                               where containing means serving (`Relation::membership`)
//
// Memberships count for reachability, but make no cycle.
//
// All questions are answered for the whole graph at once, in time linear in its size.

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

/// A set of items out of `count`, one byte an item.
class ItemSet {
 public:
  explicit ItemSet(std::size_t count = 0) : members_(count) {}
  [[nodiscard]] bool contains(ItemId item) const { return members_[index_of(item)] != 0; }
  void add(ItemId item) { members_[index_of(item)] = 1; }
  void remove(ItemId item) { members_[index_of(item)] = 0; }

 private:
  std::vector<std::uint8_t> members_;
};

/// The items for which `condition` holds.
template <typename Condition>
ItemSet items_where(const Inventory& inventory, Condition condition) {
  ItemSet items(inventory.item_count());
  for (const ItemId item : inventory.items()) {
    if (condition(item)) {
      items.add(item);
    }
  }
  return items;
}

inline ItemSet all_items(const Inventory& inventory) {
  return items_where(inventory, [](ItemId) { return true; });
}

/// Items that stand side by side in the graph's memory.
class ItemSpan {
 public:
  class iterator {
   public:
    using value_type = ItemId;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(const std::uint32_t* at) : at_(at) {}
    ItemId operator*() const { return ItemId{*at_}; }
    iterator& operator++() {
      ++at_;
      return *this;
    }
    iterator operator++(int) { return iterator(at_++); }
    bool operator==(const iterator&) const = default;

   private:
    const std::uint32_t* at_ = nullptr;
  };

  explicit ItemSpan(std::span<const std::uint32_t> items) : items_(items) {}
  [[nodiscard]] iterator begin() const { return iterator(items_.data()); }
  [[nodiscard]] iterator end() const { return iterator(items_.data() + items_.size()); }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  std::span<const std::uint32_t> items_;
};

/// The strong components of what relies on what among some items: items that rely on one another
/// are one. They are numbered so that each stands before all that it relies on.
class Condensation {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  [[nodiscard]] std::uint32_t size() const {
    return static_cast<std::uint32_t>(begin_.empty() ? 0 : begin_.size() - 1);
  }
  /// The component of an item; none for one that is not among them.
  [[nodiscard]] std::uint32_t component_of(ItemId item) const {
    return component_of_[index_of(item)];
  }
  [[nodiscard]] ItemSpan members(std::uint32_t component) const {
    return ItemSpan(
        std::span(members_).subspan(begin_[component], begin_[component + 1] - begin_[component]));
  }

 private:
  friend class TieredGraph;
  std::vector<std::uint32_t> component_of_;  ///< By item.
  std::vector<std::uint32_t> begin_;
  std::vector<std::uint32_t> members_;  ///< Those of component c from begin_[c] on.
};

/// A few of the services that rely on an item, and a few of their owners: at most as many as the
/// caps say.
struct Consumers {
  static constexpr std::size_t service_cap = 4;
  static constexpr std::size_t owner_cap = 2;
  std::vector<ItemId> services;  ///< The first by key, of those that rely on the item.
  std::vector<PartyId> owners;   ///< Owners of any service that relies on it.
};

/// Items each of which needs or contains every other, directly or through others of them.
struct Cycle {
  std::vector<ItemId> members;  ///< By key.
  /// A shortest circle among them, from its first member on, each needing or containing the next
  /// and the last one the first. Of large sets, the shortest of those that some search finds.
  std::vector<ItemId> path;
};

/// The graph of one inventory, which must outlive it.
class TieredGraph {
 public:
  explicit TieredGraph(const Inventory& inventory, unsigned jobs = 1);
  TieredGraph(TieredGraph&&) noexcept;
  ~TieredGraph();

  /// What the item relies on; who relies on it. An item can stand there more than once.
  [[nodiscard]] ItemSpan dependencies_of(ItemId item) const;
  [[nodiscard]] ItemSpan dependents_of(ItemId item) const;
  /// The portfolios and services that hold a portfolio or service by containment; what one holds.
  [[nodiscard]] ItemSpan holders_of(ItemId item) const;
  [[nodiscard]] ItemSpan held_by(ItemId item) const;

  /// Everything that `roots` rely on through items of `through`, the roots that are in it included.
  [[nodiscard]] ItemSet reachable_from(const ItemSet& roots, const ItemSet& through) const;
  /// Everything that relies on `roots` through items of `through`.
  [[nodiscard]] ItemSet reaching(const ItemSet& roots, const ItemSet& through) const;
  /// Everything that `roots` hold, directly or through what they hold; the roots included.
  [[nodiscard]] ItemSet held(const ItemSet& roots) const;
  /// Everything that holds `roots`, directly or through others; the roots included.
  [[nodiscard]] ItemSet holding(const ItemSet& roots) const;

  /// For each item that `roots` reach through items of `through`: the last item on a shortest path
  /// to it that is in `marked`, or no_item. Equal paths are decided by the items' keys.
  [[nodiscard]] std::vector<ItemId> last_marked(const ItemSet& roots, const ItemSet& through,
                                                const ItemSet& marked) const;

  /// For each item that is not itself in `marked`: the nearest one of `marked` that holds it,
  /// directly or through others; no_item where none does. Equal distances are decided by keys.
  [[nodiscard]] std::vector<ItemId> nearest_holder(const ItemSet& marked) const;

  /// The items of `among` by who relies on whom.
  [[nodiscard]] Condensation condensation(const ItemSet& among) const;

  /// What closes a cycle: needs and containments, or containments alone.
  enum class CycleScope : std::uint8_t { any, containment };
  /// Sets of two or more items of `among` that need or contain one another, memberships and what
  /// portfolios list left out (portfolios nested in portfolios count); or that contain one another.
  /// Members are sorted by key, and so are the sets.
  [[nodiscard]] std::vector<Cycle> cycles(const ItemSet& among, CycleScope scope) const;

  /// By item: the number of the set of items of `among` that it is connected with by use, whatever
  /// its direction; UINT32_MAX for an item that is not in `among`.
  [[nodiscard]] std::vector<std::uint32_t> connected_components(const ItemSet& among) const;

  /// For each item of `wanted`: the services of `services` that rely on it through the items of the
  /// condensation. `among` holds at least `wanted` and all of these that rely on it. The answers
  /// stand in the order of the items' ids.
  [[nodiscard]] std::vector<std::pair<ItemId, Consumers>> consumers(
      const Condensation& condensation, const ItemSet& services, const ItemSet& among,
      const ItemSet& wanted) const;

 private:
  struct Storage;
  const Inventory& inventory_;
  std::unique_ptr<Storage> storage_;
};

}  // namespace tierline
