#include "analysis/service_reach.h"

#include <xxhash.h>

#include <algorithm>
#include <array>

#include "analysis/families.h"

namespace tierline {
namespace {

constexpr std::uint32_t none = UINT32_MAX;

/// The services that count, numbered from 0 on by the hashes of their keys: any of them is equally
/// likely to be among the first.
struct Ranks {
  std::vector<std::uint32_t> of_item;  ///< Of its family; none where it does not face customers.
  std::uint32_t count = 0;
};

Ranks rank(const Inventory& inventory, const TieredGraph& graph, std::uint64_t seed) {
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

/// The least ranks of a set.
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

 private:
  static constexpr std::uint32_t capacity = 64;

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
  Sketch& operator[](std::uint32_t number) { return all_[number]; }

 private:
  std::vector<Sketch> all_;
  std::vector<std::uint32_t> free_;
};

}  // namespace

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted, std::uint64_t seed) {
  const Condensation& condensation = reach.condensation;
  const ItemSet above = graph.upwards(wanted, reach.live);
  const Ranks ranks = rank(inventory, graph, seed);
  ServiceReach result(inventory.item_count());
  Sketches sketches;
  std::vector<std::uint32_t> sketch_of(condensation.size(), none);
  const auto taking = [&](std::uint32_t component) {
    if (sketch_of[component] == none) {
      sketch_of[component] = sketches.take();
    }
    return sketch_of[component];
  };
  for (std::uint32_t c = 0; c < condensation.size(); ++c) {
    const ItemSpan members = condensation.members(c);
    if (!above.contains(*members.begin())) {
      continue;
    }
    for (const ItemId item : members) {
      if (const std::uint32_t own = ranks.of_item[index_of(item)]; own != none) {
        sketches[taking(c)].add(own);
      }
    }
    const std::uint32_t mine = sketch_of[c];
    if (mine == none) {
      continue;
    }
    const ServiceReach::Count count = sketches[mine].count(ranks.count);
    for (const ItemId item : members) {
      result.set(item, count);
      for (const ItemId used : graph.relies_on(item)) {
        const std::uint32_t below = condensation.component_of(used);
        if (below != none && below != c && above.contains(used)) {
          const std::uint32_t other = taking(below);  // May move all sketches.
          sketches[other].add(sketches[mine]);
        }
      }
    }
    sketches.give_back(mine);
  }
  return result;
}

}  // namespace tierline
