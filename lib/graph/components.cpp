// Sets of items that belong together: cycles, and who stands above an item.

#include <algorithm>
#include <array>
#include <boost/graph/strong_components.hpp>
#include <numeric>

#include "graph/storage.h"

namespace tierline {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

/// A few vertices of a large graph, renumbered from 0 on, and the edges among them.
struct Part {
  std::vector<std::uint32_t> vertices;  ///< As they are numbered in the large graph.
  Csr graph;
};

/// Gives vertices their numbers in a part.
class PartNumbers {
 public:
  explicit PartNumbers(std::size_t vertices) : number_(vertices, UINT32_MAX) {}

  [[nodiscard]] bool has(std::uint32_t vertex) const { return number_[vertex] != UINT32_MAX; }
  [[nodiscard]] std::uint32_t of(std::uint32_t vertex) const { return number_[vertex]; }
  std::uint32_t give(std::uint32_t vertex) {
    if (!has(vertex)) {
      number_[vertex] = static_cast<std::uint32_t>(given_.size());
      given_.push_back(vertex);
    }
    return number_[vertex];
  }

  /// The part of these vertices; the edges are in their numbers.
  Part part(const std::vector<Edge>& edges) && {
    const auto count = static_cast<std::uint32_t>(given_.size());
    return {std::move(given_),
            Csr(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), count)};
  }

 private:
  std::vector<std::uint32_t> number_;
  std::vector<std::uint32_t> given_;
};

Part part_of(const Csr& graph, const ItemSet& among) {
  const auto count = static_cast<std::uint32_t>(boost::num_vertices(graph));
  PartNumbers numbers(count);
  for (std::uint32_t vertex = 0; vertex < count; ++vertex) {
    if (among.contains(ItemId{vertex})) {
      numbers.give(vertex);
    }
  }
  std::vector<Edge> edges;
  for (std::uint32_t vertex = 0; vertex < count; ++vertex) {
    if (!among.contains(ItemId{vertex})) {
      continue;
    }
    for (const std::uint32_t next : targets(graph, ItemId{vertex})) {
      if (numbers.has(next)) {
        edges.emplace_back(numbers.of(vertex), numbers.of(next));
      }
    }
  }
  return std::move(numbers).part(edges);
}

/// The strong components of a part, numbered so that each relies only on lower numbers.
struct Components {
  std::size_t count = 0;
  std::vector<std::uint32_t> of_vertex;

  explicit Components(const Csr& graph) : of_vertex(boost::num_vertices(graph)) {
    count = boost::strong_components(
        graph, boost::make_iterator_property_map(of_vertex.begin(),
                                                 boost::get(boost::vertex_index, graph)));
  }
};

/// Whether it only puts something under someone: what a portfolio lists is no part of it.
bool is_membership(const Inventory& inventory, const Relation& relation) {
  return relation.membership || (relation.kind == RelationKind::contains &&
                                 inventory.tier(relation.from) == Tier::portfolio &&
                                 inventory.tier(relation.to) != Tier::portfolio);
}

/// The part that circles can go through: most relations lead to infrastructure, from where nothing
/// leads on.
Part circle_part(const Inventory& inventory, const ItemSet& among, TieredGraph::Circle circle) {
  const auto closes = [&](const Relation& relation) {
    return (relation.kind == RelationKind::contains ||
            (relation.kind == RelationKind::needs && circle == TieredGraph::Circle::any)) &&
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

/// The vertices of each component, one after another: those of component c stand from begin[c] on.
struct Grouped {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> vertices;
};

Grouped group(const Components& components) {
  Grouped grouped;
  grouped.begin.assign(components.count + 1, 0);
  for (const std::uint32_t c : components.of_vertex) {
    ++grouped.begin[c + 1];
  }
  std::partial_sum(grouped.begin.begin(), grouped.begin.end(), grouped.begin.begin());
  grouped.vertices.resize(components.of_vertex.size());
  std::vector<std::uint32_t> next(grouped.begin.begin(), grouped.begin.end() - 1);
  for (std::uint32_t vertex = 0; vertex < components.of_vertex.size(); ++vertex) {
    grouped.vertices[next[components.of_vertex[vertex]]++] = vertex;
  }
  return grouped;
}

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
    for (const PartyUse& use : inventory.parties_of(service)) {
      if (use.role == Role::accountable) {
        consumers.owners.add(rank_of_party_[index_of(use.party)]);
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

std::vector<std::vector<ItemId>> TieredGraph::cycles(const ItemSet& among, Circle circle) const {
  const Part part = circle_part(inventory_, among, circle);
  const Components components(part.graph);
  const Grouped grouped = group(components);
  const auto before = [&](ItemId a, ItemId b) { return inventory_.comes_before(a, b); };
  std::vector<std::vector<ItemId>> cycles;
  for (std::size_t c = 0; c < components.count; ++c) {
    if (grouped.begin[c + 1] - grouped.begin[c] < 2) {
      continue;
    }
    auto& members = cycles.emplace_back();
    for (std::uint32_t i = grouped.begin[c]; i < grouped.begin[c + 1]; ++i) {
      members.push_back(ItemId{part.vertices[grouped.vertices[i]]});
    }
    std::ranges::sort(members, before);
  }
  std::ranges::sort(cycles, [&](const auto& a, const auto& b) { return before(a[0], b[0]); });
  return cycles;
}

std::vector<std::pair<ItemId, Consumers>> TieredGraph::consumers(const ItemSet& services,
                                                                 const ItemSet& among,
                                                                 const ItemSet& wanted) const {
  const Part part = part_of(storage_->uses, among);
  const Components components(part.graph);
  const Grouped grouped = group(components);
  const Ranks ranks(inventory_, services);
  std::vector<RankedConsumers> of_component(components.count);
  for (std::size_t c = components.count; c-- > 0;) {
    const auto vertices = std::span(grouped.vertices)
                              .subspan(grouped.begin[c], grouped.begin[c + 1] - grouped.begin[c]);
    for (const std::uint32_t vertex : vertices) {
      if (const ItemId item{part.vertices[vertex]}; services.contains(item)) {
        ranks.add(of_component[c], inventory_, item);
      }
    }
    for (const std::uint32_t vertex : vertices) {
      for (const std::uint32_t used : targets(part.graph, ItemId{vertex})) {
        const std::uint32_t below = components.of_vertex[used];
        if (below != c) {
          of_component[below].services.add(of_component[c].services);
          of_component[below].owners.add(of_component[c].owners);
        }
      }
    }
  }
  std::vector<std::pair<ItemId, Consumers>> answers;
  for (std::uint32_t vertex = 0; vertex < part.vertices.size(); ++vertex) {
    if (const ItemId item{part.vertices[vertex]}; wanted.contains(item)) {
      answers.emplace_back(item, ranks.named(of_component[components.of_vertex[vertex]]));
    }
  }
  return answers;
}

}  // namespace tierline
