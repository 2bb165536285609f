// From the inventory's relations to the dependency graph.

#include <boost/iterator/transform_iterator.hpp>

#include "graph/storage.h"
#include "support/parallel.h"
#include "tierline/graph.h"

namespace tierline {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

struct Edges {
  std::vector<Edge> dependencies;
  std::vector<Edge> holds;

  void add_dependency(ItemId from, ItemId to) {
    dependencies.emplace_back(index_of(from), index_of(to));
  }
};

void add_containment(const Inventory& inventory, const Relation& relation, Edges& edges) {
  const bool of_portfolio = inventory.tier(relation.from) == Tier::portfolio;
  if (of_portfolio || (inventory.is_service(relation.from) && inventory.is_service(relation.to))) {
    edges.holds.emplace_back(index_of(relation.from), index_of(relation.to));
  }
  if (of_portfolio) {
    return;
  }
  if (relation.membership) {
    edges.add_dependency(relation.to, relation.from);
    return;
  }
  edges.add_dependency(relation.from, relation.to);
  if (inventory.is_offering(relation.to) && inventory.is_service(relation.from)) {
    edges.add_dependency(relation.to, relation.from);
  }
}

Edges edges_of(const Inventory& inventory) {
  Edges edges;
  edges.dependencies.reserve(inventory.relation_count());
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from == no_item || relation.to == no_item || relation.from == relation.to) {
      continue;
    }
    if (relation.kind == RelationKind::contains) {
      add_containment(inventory, relation, edges);
    } else if (relation.kind == RelationKind::needs) {
      edges.add_dependency(relation.from, relation.to);
    }
  }
  return edges;
}

Csr forward(const std::vector<Edge>& edges, std::uint32_t count) {
  return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), count};
}

Csr reversed(const std::vector<Edge>& edges, std::uint32_t count) {
  const auto turned = [&](auto at) {
    return boost::make_transform_iterator(
        at, [](const Edge& edge) { return Edge(edge.second, edge.first); });
  };
  return {boost::edges_are_unsorted_multi_pass, turned(edges.begin()), turned(edges.end()), count};
}

}  // namespace

TieredGraph::TieredGraph(const Inventory& inventory, unsigned jobs)
    : inventory_(inventory), storage_(std::make_unique<Storage>()) {
  const auto count = static_cast<std::uint32_t>(inventory.item_count());
  const Edges edges = edges_of(inventory);
  parallel_calls(
      jobs, [&] { storage_->dependencies = forward(edges.dependencies, count); },
      [&] { storage_->dependents = reversed(edges.dependencies, count); },
      [&] { storage_->holds = forward(edges.holds, count); },
      [&] { storage_->holders = reversed(edges.holds, count); });
}

TieredGraph::TieredGraph(TieredGraph&&) noexcept = default;
TieredGraph::~TieredGraph() = default;

ItemSpan TieredGraph::dependencies_of(ItemId item) const {
  return ItemSpan(targets(storage_->dependencies, item));
}

ItemSpan TieredGraph::dependents_of(ItemId item) const {
  return ItemSpan(targets(storage_->dependents, item));
}

ItemSpan TieredGraph::holders_of(ItemId item) const {
  return ItemSpan(targets(storage_->holders, item));
}

ItemSpan TieredGraph::held_by(ItemId item) const {
  return ItemSpan(targets(storage_->holds, item));
}

}  // namespace tierline
