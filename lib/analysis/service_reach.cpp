#include "analysis/service_reach.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
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
  /// Where two sketches begin to differ.
  struct Position {
    std::uint32_t own = 0;
    std::uint32_t other = 0;
  };

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

  /// The first rank of `other` that is missing here; nothing when it adds none.
  [[nodiscard]] std::optional<Position> first_missing(const Sketch& other) const {
    std::uint32_t i = 0;
    for (std::uint32_t j = 0; j < other.size_; ++j) {
      while (i < size_ && ranks_[i] < other.ranks_[j]) {
        ++i;
      }
      if (i == capacity) {
        return std::nullopt;
      }
      if (i == size_ || ranks_[i] != other.ranks_[j]) {
        return Position{i, j};
      }
    }
    return std::nullopt;
  }

  /// Adds those of `other`; before `from` nothing is missing.
  void merge(const Sketch& other, Position from) {
    std::array<std::uint32_t, capacity> own;
    const std::uint32_t end = size_;
    auto [i, j] = from;
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
  std::array<std::uint32_t, capacity> ranks_{};
  std::uint32_t size_ = 0;
};

/// What is above each group. Most items have what one item above them has: they share its
/// sketch, until something is added.
template <std::uint32_t capacity>
class SharedSketches {
 public:
  explicit SharedSketches(std::size_t groups) : sketch_of_(groups, none) {}

  /// nullptr where nothing is above it.
  [[nodiscard]] const Sketch<capacity>* of(std::uint32_t group) const {
    const std::uint32_t number = sketch_of_[group];
    return number == none ? nullptr : &sketches_[number];
  }

  void add(std::uint32_t group, std::uint32_t rank) { own(group).add(rank); }

  void hand_down(std::uint32_t from, std::uint32_t to) {
    const std::uint32_t given = sketch_of_[from];
    const std::uint32_t held = sketch_of_[to];
    if (held == none) {
      sketch_of_[to] = given;
      ++holders_[given];
    } else if (held != given) {
      if (const auto position = sketches_[held].first_missing(sketches_[given])) {
        own(to).merge(sketches_[given], *position);
      }
    }
  }

  /// Of a group that has handed down its own.
  void forget(std::uint32_t group) { let_go(sketch_of_[group]); }

 private:
  /// The group's sketch, with no other holder.
  Sketch<capacity>& own(std::uint32_t group) {
    std::uint32_t& number = sketch_of_[group];
    if (number == none) {
      number = take();
      sketches_[number] = {};
    } else if (holders_[number] > 1) {
      const std::uint32_t copy = take();
      sketches_[copy] = sketches_[number];
      let_go(number);
      number = copy;
    }
    return sketches_[number];
  }

  std::uint32_t take() {
    if (free_.empty()) {
      sketches_.emplace_back();
      holders_.push_back(1);
      return static_cast<std::uint32_t>(sketches_.size() - 1);
    }
    const std::uint32_t number = free_.back();
    free_.pop_back();
    holders_[number] = 1;
    return number;
  }

  void let_go(std::uint32_t number) {
    if (--holders_[number] == 0) {
      free_.push_back(number);
    }
  }

  std::vector<std::uint32_t> sketch_of_;   ///< Of a group: a number of a sketch, or none.
  std::deque<Sketch<capacity>> sketches_;  ///< Stay in place while others are added.
  std::vector<std::uint32_t> holders_;     ///< How many groups hold a sketch.
  std::vector<std::uint32_t> free_;
};

/// What is handed down, and to whom, by the groups of a graph that are each above all they rely on.
/// Calls `take` with the members of each group and the sketch of all services above it.
template <std::uint32_t capacity, typename Groups, typename Take>
void hand_down(const Groups& groups, const Ranks& ranks, Take take) {
  SharedSketches<capacity> sketches(groups.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    const auto members = groups.members(g);
    for (const ItemId item : members) {
      if (const std::uint32_t own = ranks.of_item[index_of(item)]; own != none) {
        sketches.add(g, own);
      }
    }
    const Sketch<capacity>* const above = sketches.of(g);
    if (above == nullptr) {
      continue;
    }
    for (const ItemId item : members) {
      take(item, *above);
      groups.each_below(item, [&](ItemId used) {
        const std::uint32_t below = groups.of(used);
        if (below != none && below != g) {
          sketches.hand_down(g, below);
        }
      });
    }
    sketches.forget(g);
  }
}

/// What relies on what.
struct Above {
  const TieredGraph& graph;
  const Condensation& condensation;

  [[nodiscard]] std::uint32_t size() const { return condensation.size(); }
  [[nodiscard]] ItemSpan members(std::uint32_t group) const { return condensation.members(group); }
  [[nodiscard]] std::uint32_t of(ItemId item) const { return condensation.component_of(item); }
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
  template <typename Visit>
  void each_below(ItemId item, Visit visit) const {
    stops.each_needed(item, visit);
  }
};

constexpr std::uint32_t services_counted = 64;

}  // namespace

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, std::uint64_t seed) {
  const Above above{graph, reach.condensation};
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
