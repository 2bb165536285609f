// Sets of items that belong together: cycles, and who stands above an item.

#include <algorithm>
#include <array>
#include <boost/graph/filtered_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <numeric>

#include "graph/storage.h"

namespace tierline {
namespace {

/// The strong component of each vertex, numbered so that a component relies only on lower numbers.
template <typename Graph>
std::size_t strong_components_of(const Graph& graph, std::size_t vertices,
                                 std::vector<std::uint32_t>& component) {
  component.assign(vertices, UINT32_MAX);
  return boost::strong_components(
      graph,
      boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
}

struct KeepVertex {
  const ItemSet* among = nullptr;
  bool operator()(std::uint32_t vertex) const { return among->contains(ItemId{vertex}); }
};

/// Whether it only puts something under someone: what a portfolio lists is no part of it.
bool is_membership(const Inventory& inventory, const Relation& relation) {
  return relation.membership || (relation.kind == RelationKind::contains &&
                                 inventory.tier(relation.from) == Tier::portfolio &&
                                 inventory.tier(relation.to) != Tier::portfolio);
}

/// Relations that can close a circle.
std::vector<std::pair<std::uint32_t, std::uint32_t>> circle_edges(const Inventory& inventory,
                                                                  const ItemSet& among,
                                                                  TieredGraph::Circle circle) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    const bool closes =
        relation.kind == RelationKind::contains ||
        (relation.kind == RelationKind::needs && circle == TieredGraph::Circle::any);
    if (closes && relation.from != no_item && relation.to != no_item &&
        relation.from != relation.to && among.contains(relation.from) &&
        among.contains(relation.to) && !is_membership(inventory, relation)) {
      edges.emplace_back(index_of(relation.from), index_of(relation.to));
    }
  }
  // Most lead to infrastructure, from where nothing leads on.
  std::vector<std::uint8_t> leads_on(inventory.item_count());
  for (const auto& [from, to] : edges) {
    leads_on[from] = 1;
  }
  std::erase_if(edges, [&](const auto& edge) { return leads_on[edge.second] == 0; });
  return edges;
}

/// The vertices of each component, one after another: those of component c stand from begin[c] on.
struct Grouped {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> vertices;
};

Grouped group(const std::vector<std::uint32_t>& component, std::size_t count) {
  Grouped grouped;
  grouped.begin.assign(count + 1, 0);
  for (const std::uint32_t c : component) {
    if (c != UINT32_MAX) {
      ++grouped.begin[c + 1];
    }
  }
  std::partial_sum(grouped.begin.begin(), grouped.begin.end(), grouped.begin.begin());
  grouped.vertices.resize(grouped.begin.back());
  std::vector<std::uint32_t> next(grouped.begin.begin(), grouped.begin.end() - 1);
  for (std::uint32_t vertex = 0; vertex < component.size(); ++vertex) {
    if (component[vertex] != UINT32_MAX) {
      grouped.vertices[next[component[vertex]]++] = vertex;
    }
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
    size_ = std::min<std::size_t>(size_ + 1, Capacity);
    std::copy_backward(numbers_.begin() + at, numbers_.begin() + size_ - 1,
                       numbers_.begin() + size_);
    numbers_[at] = value;
  }

  void add(const Least& others) {
    for (std::size_t i = 0; i < others.size_; ++i) {
      add(others.numbers_[i]);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> numbers() const {
    return std::span(numbers_).first(size_);
  }

 private:
  std::array<std::uint32_t, Capacity> numbers_{};
  std::size_t size_ = 0;
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
  const auto edges = circle_edges(inventory_, among, circle);
  const Csr graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(),
                  static_cast<std::uint32_t>(inventory_.item_count()));
  std::vector<std::uint32_t> component;
  const std::size_t count = strong_components_of(graph, inventory_.item_count(), component);
  const Grouped grouped = group(component, count);
  const auto before = [&](ItemId a, ItemId b) { return inventory_.comes_before(a, b); };
  std::vector<std::vector<ItemId>> cycles;
  for (std::size_t c = 0; c < count; ++c) {
    if (grouped.begin[c + 1] - grouped.begin[c] < 2) {
      continue;
    }
    auto& members = cycles.emplace_back();
    for (std::uint32_t i = grouped.begin[c]; i < grouped.begin[c + 1]; ++i) {
      members.push_back(ItemId{grouped.vertices[i]});
    }
    std::ranges::sort(members, before);
  }
  std::ranges::sort(cycles, [&](const auto& a, const auto& b) { return before(a[0], b[0]); });
  return cycles;
}

std::vector<std::pair<ItemId, Consumers>> TieredGraph::consumers(const ItemSet& services,
                                                                 const ItemSet& among,
                                                                 const ItemSet& wanted) const {
  const boost::filtered_graph graph(storage_->uses, boost::keep_all(), KeepVertex{&among});
  std::vector<std::uint32_t> component;
  const std::size_t count = strong_components_of(graph, inventory_.item_count(), component);
  const Grouped grouped = group(component, count);
  const Ranks ranks(inventory_, services);
  std::vector<RankedConsumers> of_component(count);
  for (std::size_t c = count; c-- > 0;) {
    const auto vertices = std::span(grouped.vertices)
                              .subspan(grouped.begin[c], grouped.begin[c + 1] - grouped.begin[c]);
    for (const std::uint32_t vertex : vertices) {
      if (services.contains(ItemId{vertex})) {
        ranks.add(of_component[c], inventory_, ItemId{vertex});
      }
    }
    for (const std::uint32_t vertex : vertices) {
      for (const ItemId used : relies_on(ItemId{vertex})) {
        const std::uint32_t below = component[index_of(used)];
        if (below != c && below != UINT32_MAX) {
          of_component[below].services.add(of_component[c].services);
          of_component[below].owners.add(of_component[c].owners);
        }
      }
    }
  }
  std::vector<std::pair<ItemId, Consumers>> answers;
  for (const ItemId item : inventory_.items()) {
    if (wanted.contains(item) && among.contains(item)) {
      answers.emplace_back(item, ranks.named(of_component[component[index_of(item)]]));
    }
  }
  return answers;
}

}  // namespace tierline
