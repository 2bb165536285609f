#include "analysis/service_reach.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "analysis/families.h"

namespace tierline {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

/// The services that count, numbered from 0 on.
struct Ranks {
  std::vector<std::uint32_t> of_item;  ///< Of its family; none where it does not face customers.
  std::uint32_t count = 0;
};

/// By the hashes of their keys: any of them is equally likely to be among the first.
Ranks rank_by_hash(const Inventory& inventory, const TieredGraph& graph, std::uint64_t seed) {
  struct Service {
    std::uint64_t hash;
    ItemId head;
    ItemId item;
  };
  std::vector<Service> services;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item)) {
      const ItemId head = family_of(inventory, graph, item);
      const std::string key = inventory.key(head);
      services.push_back({XXH3_64bits_withSeed(key.data(), key.size(), seed), head, item});
    }
  }
  std::ranges::sort(services, [&](const Service& a, const Service& b) {
    return a.hash != b.hash   ? a.hash < b.hash
           : a.head == b.head ? a.item < b.item
                              : inventory.comes_before(a.head, b.head);
  });
  Ranks ranks{std::vector<std::uint32_t>(inventory.item_count(), none), 0};
  for (std::size_t i = 0; i < services.size(); ++i) {
    ranks.count += i == 0 || services[i].head != services[i - 1].head ? 1U : 0U;
    ranks.of_item[index_of(services[i].item)] = ranks.count - 1;
  }
  return ranks;
}

/// The worst to lose first: by criticality, then those that face customers outside, then by key.
struct ByWorth {
  Ranks ranks;
  std::vector<ItemId> services;  ///< By rank: the heads of families.
};

ByWorth rank_by_worth(const Inventory& inventory, const Families& families) {
  ByWorth by;
  for (const ItemId item : inventory.items()) {
    if (families.is_head(item) && families.is_customer_facing(item)) {
      by.services.push_back(item);
    }
  }
  const auto worth = [&](ItemId head) {
    const int criticality = families.criticality(head);
    return std::pair(criticality == 0 ? 5 : criticality, families.facing(head) != Facing::external);
  };
  std::ranges::sort(by.services, [&](ItemId a, ItemId b) {
    return worth(a) != worth(b) ? worth(a) < worth(b) : inventory.comes_before(a, b);
  });
  by.ranks.of_item.resize(inventory.item_count(), none);
  by.ranks.count = static_cast<std::uint32_t>(by.services.size());
  std::vector<std::uint32_t> of_head(inventory.item_count(), none);
  for (std::uint32_t rank = 0; rank < by.ranks.count; ++rank) {
    of_head[index_of(by.services[rank])] = rank;
  }
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item) && families.head_of(item) != no_item) {
      by.ranks.of_item[index_of(item)] = of_head[index_of(families.head_of(item))];
    }
  }
  return by;
}

/// The least ranks of a set.
template <std::uint32_t capacity>
class Sketch {
 public:
  void clear() { size_ = 0; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  void add(std::uint32_t rank) {
    const auto end = ranks_.begin() + size_;
    const auto at = std::lower_bound(ranks_.begin(), end, rank);
    if (at == ranks_.end() || (at != end && *at == rank)) {
      return;
    }
    const auto last = size_ == capacity ? end - 1 : end;
    std::move_backward(at, last, last + 1);
    *at = rank;
    size_ += size_ == capacity ? 0 : 1;
  }

  void add(const Sketch& other) {
    // Most have been handed down on another way before: pass over those.
    std::uint32_t i = 0;
    std::uint32_t j = 0;
    for (; j < other.size_; ++j) {
      while (i < size_ && ranks_[i] < other.ranks_[j]) {
        ++i;
      }
      if (i == capacity) {
        return;
      }
      if (i == size_ || ranks_[i] != other.ranks_[j]) {
        break;
      }
    }
    if (j < other.size_) {
      merge(i, other, j);
    }
  }

  /// How many there are in the set, out of `all`.
  [[nodiscard]] ServiceReach::Count count(std::uint32_t all) const {
    if (size_ < capacity) {
      return {size_, true};
    }
    // Unbiased where ranks are drawn at random (J. B. S. Haldane, On a method of estimating
    // frequencies, 1945).
    const std::uint64_t least = capacity - 1;
    return {static_cast<std::uint32_t>((least * all + ranks_.back() / 2) / ranks_.back()), false};
  }

  [[nodiscard]] std::span<const std::uint32_t> least() const {
    return std::span(ranks_).first(size_);
  }

 private:
  /// From the i-th rank of its own and the j-th of the other on; those before stay.
  void merge(std::uint32_t i, const Sketch& other, std::uint32_t j) {
    std::array<std::uint32_t, capacity> own;
    const std::uint32_t end = size_;
    std::copy(ranks_.begin() + i, ranks_.begin() + end, own.begin() + i);
    size_ = i;
    while (size_ < capacity && (i < end || j < other.size_)) {
      const std::uint32_t a = i < end ? own[i] : none;
      const std::uint32_t b = j < other.size_ ? other.ranks_[j] : none;
      ranks_[size_++] = std::min(a, b);
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
  }

  std::array<std::uint32_t, capacity> ranks_{};
  std::uint32_t size_ = 0;
};

/// Sketches that are in use at a time, by number.
template <std::uint32_t capacity>
class Sketches {
 public:
  std::uint32_t take() {
    if (free_.empty()) {
      all_.emplace_back();
      return static_cast<std::uint32_t>(all_.size() - 1);
    }
    const std::uint32_t number = free_.back();
    free_.pop_back();
    all_[number].clear();
    return number;
  }
  void give_back(std::uint32_t number) { free_.push_back(number); }
  Sketch<capacity>& operator[](std::uint32_t number) { return all_[number]; }

 private:
  std::vector<Sketch<capacity>> all_;
  std::vector<std::uint32_t> free_;
};

/// What is handed down, and to whom, by the groups of a graph that are each above all they rely on.
/// Calls `take` with the members of each group and the sketch of all services above it.
template <std::uint32_t capacity, typename Groups, typename Take>
void hand_down(const Groups& groups, const Ranks& ranks, Take take) {
  Sketches<capacity> sketches;
  std::vector<std::uint32_t> sketch_of(groups.size(), none);
  const auto taking = [&](std::uint32_t group) {
    if (sketch_of[group] == none) {
      sketch_of[group] = sketches.take();
    }
    return sketch_of[group];
  };
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    const auto members = groups.members(g);
    if (!groups.counts(*members.begin())) {
      continue;
    }
    for (const ItemId item : members) {
      if (const std::uint32_t own = ranks.of_item[index_of(item)]; own != none) {
        sketches[taking(g)].add(own);
      }
    }
    const std::uint32_t mine = sketch_of[g];
    if (mine == none) {
      continue;
    }
    for (const ItemId item : members) {
      take(item, sketches[mine]);
      groups.each_below(item, [&](ItemId used) {
        const std::uint32_t below = groups.of(used);
        if (below != none && below != g && groups.counts(used)) {
          const std::uint32_t other = taking(below);  // May move all sketches.
          sketches[other].add(sketches[mine]);
        }
      });
    }
    sketches.give_back(mine);
  }
}

/// What relies on what, above some items.
struct Above {
  const TieredGraph& graph;
  const Condensation& condensation;
  ItemSet items;

  [[nodiscard]] std::uint32_t size() const { return condensation.size(); }
  [[nodiscard]] ItemSpan members(std::uint32_t group) const { return condensation.members(group); }
  [[nodiscard]] std::uint32_t of(ItemId item) const { return condensation.component_of(item); }
  [[nodiscard]] bool counts(ItemId item) const { return items.contains(item); }
  template <typename Visit>
  void each_below(ItemId item, Visit visit) const {
    std::ranges::for_each(graph.relies_on(item), visit);
  }
};

/// What stops what.
struct Stopping {
  const Stops& stops;

  [[nodiscard]] std::uint32_t size() const { return stops.group_count(); }
  [[nodiscard]] std::span<const ItemId> members(std::uint32_t group) const {
    return stops.group(group);
  }
  [[nodiscard]] std::uint32_t of(ItemId item) const { return stops.group_of(item); }
  [[nodiscard]] static bool counts(ItemId /*item*/) { return true; }
  template <typename Visit>
  void each_below(ItemId item, Visit visit) const {
    stops.each_needed(item, visit);
  }
};

constexpr std::uint32_t services_counted = 64;

}  // namespace

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted, std::uint64_t seed) {
  const Above above{graph, reach.condensation, graph.upwards(wanted, reach.live)};
  const Ranks ranks = rank_by_hash(inventory, graph, seed);
  ServiceReach result(inventory.item_count());
  hand_down<services_counted>(above, ranks, [&](ItemId item, const auto& sketch) {
    result.set(item, sketch.count(ranks.count));
  });
  return result;
}

StoppedServices stopped_services(const Estate& estate, const Stops& stops,
                                 const Families& families) {
  const Inventory& inventory = estate.inventory;
  const Ranks ranks = rank_by_hash(inventory, estate.graph, 0);
  StoppedServices stopped{.all = ranks.count,
                          .counts = ServiceReach(inventory.item_count()),
                          .worst = std::vector<WorstServices>(inventory.item_count())};
  hand_down<services_counted>(Stopping{stops}, ranks, [&](ItemId item, const auto& sketch) {
    stopped.counts.set(item, sketch.count(ranks.count));
  });
  const ByWorth by_worth = rank_by_worth(inventory, families);
  constexpr std::uint32_t shown = std::tuple_size_v<WorstServices>;
  hand_down<shown>(Stopping{stops}, by_worth.ranks, [&](ItemId item, const auto& sketch) {
    WorstServices& worst = stopped.worst[index_of(item)];
    worst.fill(no_item);
    std::ranges::transform(sketch.least(), worst.begin(),
                           [&](std::uint32_t rank) { return by_worth.services[rank]; });
  });
  return stopped;
}

}  // namespace tierline
