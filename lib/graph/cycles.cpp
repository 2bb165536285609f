#include <algorithm>
#include <unordered_map>

#include "graph/part.h"

namespace tierline {
namespace {

/// Whether it only puts something under someone: what a portfolio lists is no part of it.
bool is_membership(const Inventory& inventory, const Relation& relation) {
  return relation.membership || (relation.kind == RelationKind::contains &&
                                 inventory.tier(relation.from) == Tier::portfolio &&
                                 inventory.tier(relation.to) != Tier::portfolio);
}

/// The part that cycles can go through: most relations lead to infrastructure, from where nothing
/// leads on.
Part cyclic_part(const Inventory& inventory, const ItemSet& among, TieredGraph::CycleScope scope) {
  const auto closes = [&](const Relation& relation) {
    return (relation.kind == RelationKind::contains ||
            (relation.kind == RelationKind::needs && scope == TieredGraph::CycleScope::any)) &&
           relation.from != no_item && relation.to != no_item && relation.from != relation.to &&
           among.contains(relation.from) && among.contains(relation.to) &&
           !is_membership(inventory, relation);
  };
  const auto each = [&](auto use) {
    for (const RelationId id : inventory.relations()) {
      if (const Relation& relation = inventory.relation(id); closes(relation)) {
        use(index_of(relation.from), index_of(relation.to));
      }
    }
  };
  std::vector<std::uint8_t> leads_on(inventory.item_count());
  std::vector<std::uint8_t> is_led_to(inventory.item_count());
  each([&](std::uint32_t from, std::uint32_t to) {
    leads_on[from] = 1;
    is_led_to[to] = 1;
  });
  PartNumbers numbers(inventory.item_count());
  std::vector<Edge> edges;
  each([&](std::uint32_t from, std::uint32_t to) {
    if (leads_on[to] != 0 && is_led_to[from] != 0) {
      edges.emplace_back(numbers.give(from), numbers.give(to));
    }
  });
  return std::move(numbers).part(edges);
}

/// A strong component, its items numbered by their keys.
class ClosedPart {
 public:
  ClosedPart(const Inventory& inventory, const Part& part,
             std::span<const std::uint32_t> vertices) {
    std::vector<std::uint32_t> order(vertices.begin(), vertices.end());
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
      return inventory.comes_before(ItemId{part.vertices[a]}, ItemId{part.vertices[b]});
    });
    std::unordered_map<std::uint32_t, std::uint32_t> number;
    for (const std::uint32_t vertex : order) {
      number.emplace(vertex, static_cast<std::uint32_t>(members_.size()));
      members_.push_back(ItemId{part.vertices[vertex]});
    }
    for (const std::uint32_t vertex : order) {
      auto& next = next_.emplace_back();
      for (const std::uint32_t target : targets(part.graph, ItemId{vertex})) {
        if (const auto member = number.find(target); member != number.end()) {
          next.push_back(member->second);
        }
      }
      std::ranges::sort(next);
    }
  }

  [[nodiscard]] const std::vector<ItemId>& members() const { return members_; }

  /// From the first member on, for as long as it is worth it: after so many steps, the shortest of
  /// those that were found.
  [[nodiscard]] std::vector<ItemId> shortest_cycle() const {
    constexpr std::size_t most_steps = 1'000'000;
    std::size_t steps = 0;
    std::vector<std::uint32_t> shortest;
    for (std::uint32_t start = 0; start < next_.size() && steps < most_steps; ++start) {
      std::vector<std::uint32_t> found = shortest_through(start, shortest.size(), steps);
      if (!found.empty()) {
        shortest = std::move(found);
      }
      if (shortest.size() == 2) {
        break;
      }
    }
    std::vector<ItemId> path;
    for (const std::uint32_t number : shortest) {
      path.push_back(members_[number]);
    }
    return path;
  }

 private:
  /// Breadth first. Empty where none is shorter than `known`, if that is not 0.
  [[nodiscard]] std::vector<std::uint32_t> shortest_through(std::uint32_t start, std::size_t known,
                                                            std::size_t& steps) const {
    constexpr std::uint32_t unseen = UINT32_MAX;
    std::unordered_map<std::uint32_t, std::uint32_t>
        before;  // By member: whom it was reached from.
    std::vector<std::pair<std::uint32_t, std::size_t>> queue{{start, 1}};
    before.emplace(start, unseen);
    for (std::size_t at = 0; at < queue.size(); ++at) {
      const auto [member, length] = queue[at];
      if (known != 0 && length >= known) {
        return {};
      }
      for (const std::uint32_t next : next_[member]) {
        ++steps;
        if (next == start) {
          std::vector<std::uint32_t> path;
          for (std::uint32_t step = member; step != unseen; step = before[step]) {
            path.push_back(step);
          }
          std::ranges::reverse(path);
          return path;
        }
        if (before.emplace(next, member).second) {
          queue.emplace_back(next, length + 1);
        }
      }
    }
    return {};
  }

  std::vector<ItemId> members_;
  std::vector<std::vector<std::uint32_t>> next_;
};

}  // namespace

std::vector<Cycle> TieredGraph::cycles(const ItemSet& among, CycleScope scope) const {
  const Part part = cyclic_part(inventory_, among, scope);
  const StrongComponents components(part.graph);
  std::vector<Cycle> cycles;
  for (std::size_t c = 0; c < components.size(); ++c) {
    if (components.members(c).size() > 1) {
      const ClosedPart closed(inventory_, part, components.members(c));
      cycles.push_back({closed.members(), closed.shortest_cycle()});
    }
  }
  std::ranges::sort(cycles, [&](const Cycle& a, const Cycle& b) {
    return inventory_.comes_before(a.members[0], b.members[0]);
  });
  return cycles;
}

}  // namespace tierline
