#pragma once
// Which live services rely on what, handed down from component to component: for those who count
// them, and for those who name a few. In time linear in the graph above what is asked about, each
// component handing down the few services whose keys have the least hashes, from which the number
// of all is estimated (E. Cohen, Size-estimation framework with applications to transitive closure
// and reachability, 1997).

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

/// Services numbered from 0 on by the hashes of their keys: any of them is equally likely to be
/// among the first. A service and its offerings are one.
struct ServiceRanks {
  static constexpr std::uint32_t none = UINT32_MAX;
  std::vector<std::uint32_t> of_item;  ///< Of its family; none for what does not count.
  std::vector<ItemId> heads;           ///< By rank.
};

/// The live services that `counts` holds for. `seed` is of the hash.
ServiceRanks rank_services(const Inventory& inventory, const TieredGraph& graph,
                           bool (*counts)(const Inventory& inventory, ItemId item),
                           std::uint64_t seed = 0);

/// The least ranks of a set.
template <std::uint32_t capacity>
class LeastRanks {
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
  [[nodiscard]] std::optional<Position> first_missing(const LeastRanks& other) const {
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

  [[nodiscard]] bool equals(const LeastRanks& other) const {
    return std::ranges::equal(ranks(), other.ranks());
  }

  /// Adds those of `other`; before `from` nothing is missing.
  void merge(const LeastRanks& other, Position from) {
    std::array<std::uint32_t, capacity> own;
    const std::uint32_t end = size_;
    auto [i, j] = from;
    std::copy(ranks_.begin() + i, ranks_.begin() + end, own.begin() + i);
    size_ = i;
    while (size_ < capacity && (i < end || j < other.size_)) {
      const std::uint32_t a = i < end ? own[i] : ServiceRanks::none;
      const std::uint32_t b = j < other.size_ ? other.ranks_[j] : ServiceRanks::none;
      ranks_[size_++] = std::min(a, b);
      i += a <= b ? 1 : 0;
      j += b <= a ? 1 : 0;
    }
  }

  /// How many there are in the set, out of `all`.
  [[nodiscard]] ServiceReach::Count count(std::size_t all) const {
    if (size_ < capacity) {
      return {size_, true};
    }
    // Unbiased where ranks are drawn at random (J. B. S. Haldane, On a method of estimating
    // frequencies, 1945).
    const std::uint64_t least = capacity - 1;
    return {static_cast<std::uint32_t>((least * all + ranks_.back() / 2) / ranks_.back()), false};
  }
  /// All of them, or the least of more; sorted.
  [[nodiscard]] std::span<const std::uint32_t> ranks() const {
    return std::span(ranks_).first(size_);
  }

 private:
  std::uint32_t size_ = 0;  // Beside the first of them: most are few.
  std::array<std::uint32_t, capacity> ranks_{};
};

/// As many as numbers are estimated from.
using Sketch = LeastRanks<64>;

/// What is above each group of items. Most items have what one item above them has: they share its
/// sketch, until something is added. Deep down, where much is above everything, few are left.
template <std::uint32_t capacity>
class SharedSketches {
 public:
  explicit SharedSketches(std::size_t groups) : sketch_of_(groups, ServiceRanks::none) {}

  /// nullptr where nothing is above it.
  [[nodiscard]] const LeastRanks<capacity>* of(std::uint32_t group) const {
    const std::uint32_t number = sketch_of_[group];
    return number == ServiceRanks::none ? nullptr : &sketches_[number];
  }

  void add(std::uint32_t group, std::uint32_t rank) { own(group).add(rank); }

  void hand_down(std::uint32_t from, std::uint32_t to) {
    const std::uint32_t given = sketch_of_[from];
    const std::uint32_t held = sketch_of_[to];
    if (held == ServiceRanks::none) {
      share(given, to);
    } else if (held != given) {
      const auto position = sketches_[held].first_missing(sketches_[given]);
      const bool is_all_given = position ? !sketches_[given].first_missing(sketches_[held])
                                         : sketches_[held].equals(sketches_[given]);
      if (is_all_given) {
        share(given, to);
      } else if (position) {
        LeastRanks<capacity>& mine = own(to);
        mine.merge(sketches_[given], *position);
      }
    }
  }
  /// The group is to be handed something soon: each step fetches what the next one needs.
  void prefetch_number(std::uint32_t group) const { __builtin_prefetch(&sketch_of_[group]); }
  void prefetch(std::uint32_t group) const {
    if (const std::uint32_t number = sketch_of_[group]; number != ServiceRanks::none) {
      __builtin_prefetch(&sketches_[number]);
    }
  }

  /// Of a group that has handed down its own.
  void forget(std::uint32_t group) { let_go(sketch_of_[group]); }

 private:
  void share(std::uint32_t number, std::uint32_t group) {
    ++holders_[number];
    if (sketch_of_[group] != ServiceRanks::none) {
      let_go(sketch_of_[group]);
    }
    sketch_of_[group] = number;
  }

  /// The group's sketch, with no other holder.
  LeastRanks<capacity>& own(std::uint32_t group) {
    std::uint32_t& number = sketch_of_[group];
    if (number == ServiceRanks::none) {
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

  std::vector<std::uint32_t> sketch_of_;  ///< Of a group: a number of a sketch, or none.
  std::vector<LeastRanks<capacity>> sketches_;
  std::vector<std::uint32_t> holders_;  ///< How many groups hold a sketch.
  std::vector<std::uint32_t> free_;
};

/// `use(members, sketch)` for each of some groups of items that has a service in or above it. They
/// stand in an order in which each comes before all that it relies on; `groups` says what those
/// are: `size()`, `members(group)`, `of(item)`, `counts(item)` and `each_below(item, visit)`.
template <std::uint32_t capacity, typename Groups, typename Sink>
void hand_down(const Groups& groups, const ServiceRanks& ranks, Sink sink) {
  SharedSketches<capacity> sketches(groups.size());
  std::vector<std::uint32_t> below;
  for (std::uint32_t g = 0; g < groups.size(); ++g) {
    const auto members = groups.members(g);
    if (!groups.counts(*members.begin())) {
      continue;
    }
    for (const ItemId item : members) {
      if (const std::uint32_t own = ranks.of_item[index_of(item)]; own != ServiceRanks::none) {
        sketches.add(g, own);
      }
    }
    const LeastRanks<capacity>* const above = sketches.of(g);
    if (above == nullptr) {
      continue;
    }
    sink(members, *above);
    below.clear();
    for (const ItemId item : members) {
      groups.each_below(item, [&](ItemId used) {
        const std::uint32_t group = groups.of(used);
        if (group != Condensation::none && group != g && groups.counts(used)) {
          sketches.prefetch_number(group);
          below.push_back(group);
        }
      });
    }
    std::ranges::for_each(below, [&](std::uint32_t group) { sketches.prefetch(group); });
    std::ranges::for_each(below, [&](std::uint32_t group) { sketches.hand_down(g, group); });
    sketches.forget(g);
  }
}

/// The components of the condensation of live items that are `within`.
template <typename Within>
struct ComponentsWithin {
  const TieredGraph& graph;
  const Condensation& condensation;
  Within within;

  [[nodiscard]] std::uint32_t size() const { return condensation.size(); }
  [[nodiscard]] ItemSpan members(std::uint32_t c) const { return condensation.members(c); }
  [[nodiscard]] std::uint32_t of(ItemId item) const { return condensation.component_of(item); }
  [[nodiscard]] bool counts(ItemId item) const { return within(item); }
  template <typename Visit>
  void each_below(ItemId item, Visit visit) const {
    std::ranges::for_each(graph.dependencies_of(item), visit);
  }
};

/// The same for each of these. `within(item)` holds at least for all that relies on what is asked
/// about.
template <typename Within, typename Sink>
void each_with_services_above(const TieredGraph& graph, const Condensation& condensation,
                              Within within, const ServiceRanks& ranks, Sink sink) {
  hand_down<64>(ComponentsWithin<Within>{graph, condensation, within}, ranks, sink);
}

}  // namespace tierline
