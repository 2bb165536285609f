#include "analysis/service_reach.h"

#include <algorithm>
#include <span>
#include <utility>

#include "analysis/services_above.h"

namespace tierline {
namespace {

ServiceRanks rank_customer_facing(const Inventory& inventory, const TieredGraph& graph,
                                  std::uint64_t seed) {
  return rank_services(
      inventory, graph,
      [](const Inventory& one, ItemId item) { return one.is_customer_facing(item); }, seed);
}

/// The worst to lose first: by criticality, then those that face customers outside, then by key.
ServiceRanks rank_by_worth(const Inventory& inventory, const Families& families) {
  ServiceRanks by;
  for (const ItemId item : inventory.items()) {
    if (families.is_head(item) && families.is_customer_facing(item)) {
      by.heads.push_back(item);
    }
  }
  const auto worth = [&](ItemId head) {
    const int criticality = families.criticality(head);
    return std::pair(criticality == 0 ? 5 : criticality, families.facing(head) != Facing::external);
  };
  std::ranges::sort(by.heads, [&](ItemId a, ItemId b) {
    return worth(a) != worth(b) ? worth(a) < worth(b) : inventory.comes_before(a, b);
  });
  by.of_item.resize(inventory.item_count(), ServiceRanks::none);

  std::vector<std::uint32_t> of_head(inventory.item_count(), ServiceRanks::none);
  for (std::uint32_t rank = 0; rank < by.heads.size(); ++rank) {
    of_head[index_of(by.heads[rank])] = rank;
  }
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item) && families.head_of(item) != no_item) {
      by.of_item[index_of(item)] = of_head[index_of(families.head_of(item))];
    }
  }
  return by;
}

/// What stops what.
struct Stopping {
  const Stops& stops;

  [[nodiscard]] std::uint32_t size() const { return stops.group_count(); }
  [[nodiscard]] std::span<const ItemId> members(std::uint32_t group) const {
    return stops.group(group);
  }
  [[nodiscard]] std::uint32_t of(ItemId item) const { return stops.group_of(item); }
  [[nodiscard]] static bool counts(ItemId /*item*/) { return true; }
  template <typename Visit>
  void each_below(ItemId item, Visit visit) const {
    stops.each_needed(item, visit);
  }
};

}  // namespace

ServiceReach count_services_above(const Inventory& inventory, const TieredGraph& graph,
                                  const Reach& reach, const ItemSet& wanted, std::uint64_t seed) {
  const ServiceRanks ranks = rank_customer_facing(inventory, graph, seed);
  ServiceReach result(inventory.item_count());
  const ItemSet above = graph.reaching(wanted, reach.live);
  each_with_services_above(
      graph, reach.condensation, [&](ItemId item) { return above.contains(item); }, ranks,
      [&](ItemSpan members, const Sketch& sketch) {
        const ServiceReach::Count count = sketch.count(ranks.heads.size());
        for (const ItemId item : members) {
          result.set(item, count);
        }
      });
  return result;
}

StoppedServices stopped_services(const Estate& estate, const Stops& stops,
                                 const Families& families) {
  const Inventory& inventory = estate.inventory;
  const ServiceRanks ranks = rank_customer_facing(inventory, estate.graph, 0);
  StoppedServices stopped{.all = static_cast<std::uint32_t>(ranks.heads.size()),
                          .counts = ServiceReach(inventory.item_count()),
                          .worst = std::vector<WorstServices>(inventory.item_count())};
  hand_down<64>(Stopping{stops}, ranks, [&](std::span<const ItemId> members, const auto& sketch) {
    for (const ItemId item : members) {
      stopped.counts.set(item, sketch.count(ranks.heads.size()));
    }
  });
  const ServiceRanks by_worth = rank_by_worth(inventory, families);
  constexpr std::uint32_t shown = std::tuple_size_v<WorstServices>;
  hand_down<shown>(
      Stopping{stops}, by_worth, [&](std::span<const ItemId> members, const auto& sketch) {
        for (const ItemId item : members) {
          WorstServices& worst = stopped.worst[index_of(item)];
          worst.fill(no_item);
          std::ranges::transform(sketch.ranks(), worst.begin(),
                                 [&](std::uint32_t rank) { return by_worth.heads[rank]; });
        }
      });
  return stopped;
}

}  // namespace tierline
