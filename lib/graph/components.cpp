// What is found along strong components: cycles, and who stands above an item.

#include <algorithm>
#include <array>
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

/// The part that circles can go through: most relations lead to infrastructure, from where nothing
/// leads on.
Part circle_part(const Inventory& inventory, const ItemSet& among, TieredGraph::CycleScope circle) {
  const auto closes = [&](const Relation& relation) {
    return (relation.kind == RelationKind::contains ||
            (relation.kind == RelationKind::needs && circle == TieredGraph::CycleScope::any)) &&
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

/// The least few of the numbers that were added, sorted.
template <std::size_t Capacity>
class Least {
 public:
  void add(std::uint32_t value) {
    std::size_t at = size_;
    while (at > 0 && numbers_[at - 1] > value) {
      --at;
    }
    if (at == Capacity || (at > 0 && numbers_[at - 1] == value)) {
      return;
    }
    size_ = size_ == Capacity ? Capacity : size_ + 1;
    for (std::size_t i = size_ - 1; i > at; --i) {
      numbers_[i] = numbers_[i - 1];
    }
    numbers_[at] = value;
  }

  void add(const Least& others) {
    // Once none of the others is less than the greatest, none is among the least.
    for (std::size_t i = 0; i < others.size_; ++i) {
      if (size_ == Capacity && others.numbers_[i] >= numbers_[Capacity - 1]) {
        return;
      }
      add(others.numbers_[i]);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> numbers() const {
    return std::span(numbers_).first(size_);
  }

 private:
  std::array<std::uint32_t, Capacity> numbers_{};
  std::uint32_t size_ = 0;
};

/// Who relies on a component, in the ranks of their keys.
struct RankedConsumers {
  Least<Consumers::service_cap> services;
  Least<Consumers::owner_cap> owners;
};

/// Services and parties by the order of their keys, so that the least can be kept as numbers.
class Ranks {
 public:
  Ranks(const Inventory& inventory, const ItemSet& services)
      : rank_of_service_(inventory.item_count()), rank_of_party_(inventory.party_count()) {
    for (const ItemId item : inventory.items()) {
      if (services.contains(item)) {
        services_.push_back(item);
      }
    }
    std::ranges::sort(services_, [&](ItemId a, ItemId b) { return inventory.comes_before(a, b); });
    for (std::uint32_t rank = 0; rank < services_.size(); ++rank) {
      rank_of_service_[index_of(services_[rank])] = rank;
    }
    for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
      parties_.push_back(PartyId{i});
    }
    std::ranges::sort(parties_, {}, [&](PartyId party) -> const std::string& {
      return inventory.party(party).id;
    });
    for (std::uint32_t rank = 0; rank < parties_.size(); ++rank) {
      rank_of_party_[index_of(parties_[rank])] = rank;
    }
  }

  void add(RankedConsumers& consumers, const Inventory& inventory, ItemId service) const {
    consumers.services.add(rank_of_service_[index_of(service)]);
    for (const Responsibility& responsibility : inventory.parties_of(service)) {
      if (responsibility.role == Role::accountable) {
        consumers.owners.add(rank_of_party_[index_of(responsibility.party)]);
      }
    }
  }

  [[nodiscard]] Consumers named(const RankedConsumers& ranked) const {
    Consumers consumers;
    for (const std::uint32_t rank : ranked.services.numbers()) {
      consumers.services.push_back(services_[rank]);
    }
    for (const std::uint32_t rank : ranked.owners.numbers()) {
      consumers.owners.push_back(parties_[rank]);
    }
    return consumers;
  }

 private:
  std::vector<ItemId> services_;
  std::vector<PartyId> parties_;
  std::vector<std::uint32_t> rank_of_service_;
  std::vector<std::uint32_t> rank_of_party_;
};

}  // namespace

std::vector<Cycle> TieredGraph::cycles(const ItemSet& among, CycleScope circle) const {
  const Part part = circle_part(inventory_, among, circle);
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

std::vector<std::pair<ItemId, Consumers>> TieredGraph::consumers(const Condensation& condensation,
                                                                 const ItemSet& services,
                                                                 const ItemSet& among,
                                                                 const ItemSet& wanted) const {
  const Ranks ranks(inventory_, services);
  std::vector<std::uint32_t> place(condensation.size(), Condensation::none);
  std::vector<RankedConsumers> found;
  const auto consumers_of = [&](std::uint32_t component) -> RankedConsumers& {
    if (place[component] == Condensation::none) {
      place[component] = static_cast<std::uint32_t>(found.size());
      found.emplace_back();
    }
    return found[place[component]];
  };
  for (std::uint32_t c = 0; c < condensation.size(); ++c) {
    const ItemSpan members = condensation.members(c);
    if (!among.contains(*members.begin())) {
      continue;
    }
    for (const ItemId item : members) {
      if (services.contains(item)) {
        ranks.add(consumers_of(c), inventory_, item);
      }
    }
    if (place[c] == Condensation::none) {
      continue;
    }
    for (const ItemId item : members) {
      for (const ItemId used : dependencies_of(item)) {
        const std::uint32_t below = condensation.component_of(used);
        if (below != Condensation::none && below != c && among.contains(used)) {
          RankedConsumers& taking = consumers_of(below);
          taking.services.add(found[place[c]].services);
          taking.owners.add(found[place[c]].owners);
        }
      }
    }
  }
  std::vector<std::pair<ItemId, Consumers>> answers;
  for (const ItemId item : inventory_.items()) {
    const std::uint32_t c =
        wanted.contains(item) ? condensation.component_of(item) : Condensation::none;
    if (c != Condensation::none) {
      answers.emplace_back(item, ranks.named(consumers_of(c)));
    }
  }
  return answers;
}

}  // namespace tierline
