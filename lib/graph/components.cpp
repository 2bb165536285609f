// Sets of items that belong together: cycles, and who stands above an item.

#include <algorithm>
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
    if (closes && !relation.membership && relation.from != no_item && relation.to != no_item &&
        relation.from != relation.to && among.contains(relation.from) &&
        among.contains(relation.to)) {
      edges.emplace_back(index_of(relation.from), index_of(relation.to));
    }
  }
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

/// Adds to a short sorted list without doubles, and cuts it at `cap`.
template <typename T, typename Less>
void add_capped(std::vector<T>& list, T value, std::size_t cap, Less less) {
  const auto at = std::ranges::lower_bound(list, value, less);
  if (at != list.end() && *at == value) {
    return;
  }
  list.insert(at, value);
  if (list.size() > cap) {
    list.pop_back();
  }
}

/// Passes who relies on what down the components, from those nobody relies on.
class ConsumerCount {
 public:
  ConsumerCount(const Inventory& inventory, const ItemSet& services)
      : inventory_(inventory), services_(services) {}

  void add_self(Consumers& consumers, ItemId item) const {
    if (!services_.contains(item)) {
      return;
    }
    add_service(consumers, item);
    for (const PartyId owner : inventory_.owners(item)) {
      add_owner(consumers, owner);
    }
  }

  void add_all(Consumers& consumers, const Consumers& more) const {
    for (const ItemId service : more.services) {
      add_service(consumers, service);
    }
    for (const PartyId owner : more.owners) {
      add_owner(consumers, owner);
    }
  }

 private:
  void add_service(Consumers& consumers, ItemId service) const {
    add_capped(consumers.services, service, Consumers::service_cap,
               [&](ItemId a, ItemId b) { return inventory_.comes_before(a, b); });
  }
  void add_owner(Consumers& consumers, PartyId owner) const {
    add_capped(consumers.owners, owner, Consumers::owner_cap, [&](PartyId a, PartyId b) {
      return inventory_.party(a).id < inventory_.party(b).id;
    });
  }

  const Inventory& inventory_;
  const ItemSet& services_;
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
  const ConsumerCount counter(inventory_, services);
  std::vector<Consumers> of_component(count);
  for (std::size_t c = count; c-- > 0;) {
    const auto vertices = std::span(grouped.vertices)
                              .subspan(grouped.begin[c], grouped.begin[c + 1] - grouped.begin[c]);
    for (const std::uint32_t vertex : vertices) {
      counter.add_self(of_component[c], ItemId{vertex});
    }
    for (const std::uint32_t vertex : vertices) {
      for (const ItemId used : relies_on(ItemId{vertex})) {
        const std::uint32_t below = component[index_of(used)];
        if (among.contains(used) && below != c) {
          counter.add_all(of_component[below], of_component[c]);
        }
      }
    }
  }
  std::vector<std::pair<ItemId, Consumers>> answers;
  for (const ItemId item : inventory_.items()) {
    if (wanted.contains(item) && among.contains(item)) {
      answers.emplace_back(item, of_component[component[index_of(item)]]);
    }
  }
  return answers;
}

}  // namespace tierline
