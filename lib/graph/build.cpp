// From the inventory's relations to the use graph.

#include <boost/iterator/transform_iterator.hpp>

#include "graph/storage.h"
#include "support/parallel.h"
#include "tierline/graph.h"

namespace tierline {
namespace {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

struct Edges {
  std::vector<Edge> uses;
  std::vector<Edge> holds;

  void use(ItemId from, ItemId to) { uses.emplace_back(index_of(from), index_of(to)); }
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
    edges.use(relation.to, relation.from);
    return;
  }
  edges.use(relation.from, relation.to);
  if (inventory.is_offering(relation.to) && inventory.is_service(relation.from)) {
    edges.use(relation.to, relation.from);
  }
}

Edges edges_of(const Inventory& inventory) {
  Edges edges;
  edges.uses.reserve(inventory.relation_count());
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from == no_item || relation.to == no_item || relation.from == relation.to) {
      continue;
    }
    if (relation.kind == RelationKind::contains) {
      add_containment(inventory, relation, edges);
    } else if (relation.kind == RelationKind::needs) {
      edges.use(relation.from, relation.to);
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
      jobs, [&] { storage_->uses = forward(edges.uses, count); },
      [&] { storage_->users = reversed(edges.uses, count); },
      [&] { storage_->holds = forward(edges.holds, count); },
      [&] { storage_->holders = reversed(edges.holds, count); });
}

TieredGraph::TieredGraph(TieredGraph&&) noexcept = default;
TieredGraph::~TieredGraph() = default;

ItemSpan TieredGraph::relies_on(ItemId item) const {
  return ItemSpan(targets(storage_->uses, item));
}

ItemSpan TieredGraph::relied_on_by(ItemId item) const {
  return ItemSpan(targets(storage_->users, item));
}

ItemSpan TieredGraph::holders_of(ItemId item) const {
  return ItemSpan(targets(storage_->holders, item));
}

ItemSpan TieredGraph::held_by(ItemId item) const {
  return ItemSpan(targets(storage_->holds, item));
}

}  // namespace tierline
