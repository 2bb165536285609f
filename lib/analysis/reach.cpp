// The questions about reachability that several rules ask, each answered once.

#include <map>

#include "support/parallel.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

std::map<ItemId, Consumers> find_shared_unowned(const Inventory& inventory,
                                                const TieredGraph& graph, const ItemSet& live,
                                                const Condensation& condensation,
                                                const ItemSet* subjects) {
  const ItemSet wanted = items_where(inventory, [&](ItemId item) {
    const Tier tier = inventory.tier(item);
    return live.contains(item) && (subjects == nullptr || subjects->contains(item)) &&
           (tier == Tier::system || tier == Tier::service) && !inventory.has_owner(item) &&
           inventory.has_input(item, RuleInput::accountable);
  });
  const ItemSet services = items_where(
      inventory, [&](ItemId item) { return live.contains(item) && inventory.is_service(item); });
  // Most of an estate is infrastructure that none of them relies on.
  const ItemSet on_the_way = graph.reaching(wanted, live);
  std::map<ItemId, Consumers> shared;
  for (auto& [item, consumers] : graph.consumers(condensation, services, on_the_way, wanted)) {
    std::erase(consumers.services, item);
    if (consumers.services.size() >= Reach::sharing_services &&
        consumers.owners.size() >= Reach::sharing_owners) {
      consumers.services.resize(Reach::sharing_services, no_item);
      shared.emplace(item, std::move(consumers));
    }
  }
  return shared;
}

std::vector<SourceShape> shapes_of(const Inventory& inventory) {
  std::vector<SourceShape> shapes(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    SourceShape& shape = shapes[inventory.source_of(item)];
    const Tier tier = inventory.tier(item);
    ++shape.items;
    shape.services += tier == Tier::service ? 1U : 0U;
    shape.portfolios += tier == Tier::portfolio ? 1U : 0U;
    shape.infrastructure += tier == Tier::system || tier == Tier::component ? 1U : 0U;
  }
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    SourceShape& shape = shapes[inventory.source_of(id)];
    ++shape.relation_records;
    if (relation.from != no_item || relation.to != no_item) {
      ++shape.records_with_an_item;
    }
    if (relation.from == no_item || relation.to == no_item || relation.from == relation.to) {
      continue;
    }
    const bool is_listing =
        relation.kind == RelationKind::contains && inventory.tier(relation.from) == Tier::portfolio;
    if (is_listing) {
      ++shape.listings;
      continue;
    }
    ++shape.relations;
    const bool is_use =
        relation.kind == RelationKind::needs || relation.kind == RelationKind::contains;
    // A service's own offerings are it, and nothing that it stands on.
    const bool is_its_own =
        relation.kind == RelationKind::contains && inventory.is_offering(relation.to);
    if (is_use && !is_its_own &&
        (inventory.is_service(relation.from) || inventory.is_service(relation.to))) {
      ++shape.service_dependencies;
    }
  }
  return shapes;
}

}  // namespace

Reach::Reach(const Inventory& inventory, const TieredGraph& graph, unsigned jobs,
             const ItemSet* subjects) {
  const auto where = [&](auto condition) { return items_where(inventory, condition); };
  const auto is_live_service = [&](ItemId item) {
    return inventory.is_service(item) && inventory.is_live(item);
  };
  live = where([&](ItemId item) { return inventory.is_live(item); });
  parallel_calls(
      jobs,
      [&] {
        condensation = graph.condensation(live);
        shared_unowned = find_shared_unowned(inventory, graph, live, condensation, subjects);
      },
      [&] { shapes = shapes_of(inventory); },
      [&] {
        by_customers = graph.reachable_from(
            where([&](ItemId item) { return inventory.is_customer_facing(item); }), live);
      },
      [&] {
        by_unknown_facing = graph.reachable_from(where([&](ItemId item) {
                                                   return is_live_service(item) &&
                                                          inventory.facing(item) == Facing::unknown;
                                                 }),
                                                 live);
      },
      [&] { by_services = graph.reachable_from(where(is_live_service), live); },
      [&] {
        const auto is_retired_service = [&](ItemId item) {
          return inventory.is_service(item) && inventory.state(item) == State::retired;
        };
        by_retired_services = graph.reachable_from(where(is_retired_service), all_items(inventory));
      },
      [&] {
        to_infrastructure = graph.reaching(where([&](ItemId item) {
                                             const Tier tier = inventory.tier(item);
                                             return tier == Tier::system || tier == Tier::component;
                                           }),
                                           live);
      });
}

}  // namespace tierline
