#include "pictures/underlying.h"

#include <bit>
#include <cstdint>

namespace tierline {
namespace {

/// A bit for each service.
using Services = std::uint64_t;

bool is_below(const Inventory& inventory, ItemId item) {
  return inventory.tier(item) == Tier::system || inventory.tier(item) == Tier::component;
}

/// The live services among some; the others stand on nothing.
ItemSet live_ones(const Inventory& inventory, std::span<const ItemId> services) {
  ItemSet live(inventory.item_count());
  for (const ItemId service : services) {
    if (inventory.is_live(service)) {
      live.add(service);
    }
  }
  return live;
}

/// Which of the services stand on each item of a condensation, through others of it.
std::vector<Services> services_above(const TieredGraph& graph, const Condensation& condensation,
                                     std::span<const ItemId> services) {
  std::vector<Services> above(condensation.size());
  for (std::size_t i = 0; i < services.size(); ++i) {
    const std::uint32_t component = condensation.component_of(services[i]);
    if (component != Condensation::none) {
      above[component] |= Services{1} << i;
    }
  }
  for (std::uint32_t component = 0; component < condensation.size(); ++component) {
    for (const ItemId member : condensation.members(component)) {
      for (const ItemId next : graph.dependencies_of(member)) {
        const std::uint32_t lower = condensation.component_of(next);
        if (lower != Condensation::none) {
          above[lower] |= above[component];
        }
      }
    }
  }
  return above;
}

}  // namespace

Answerer answerer_of(const Inventory& inventory, ItemId item) {
  if (inventory.has_owner(item)) {
    return Answerer::owner;
  }
  const bool is_component = inventory.tier(item) == Tier::component;
  if (is_component && inventory.has_operator(item)) {
    return Answerer::group;
  }
  return inventory.has_input(item, is_component ? RuleInput::operates : RuleInput::accountable)
             ? Answerer::nobody
             : Answerer::not_exported;
}

std::vector<Underlying> underlying(const Inventory& inventory, const TieredGraph& graph,
                                   std::span<const ItemId> services) {
  std::vector<Underlying> all(services.size());
  const ItemSet live = items_where(inventory, [&](ItemId item) { return inventory.is_live(item); });
  const Condensation condensation =
      graph.condensation(graph.reachable_from(live_ones(inventory, services), live));
  const std::vector<Services> above = services_above(graph, condensation, services);
  for (const ItemId item : inventory.items()) {
    const std::uint32_t component = condensation.component_of(item);
    if (component == Condensation::none || !is_below(inventory, item)) {
      continue;
    }
    const auto answerer = static_cast<std::size_t>(answerer_of(inventory, item));
    for (Services left = above[component]; left != 0; left &= left - 1) {
      Underlying& under = all[static_cast<std::size_t>(std::countr_zero(left))];
      ++(inventory.tier(item) == Tier::system ? under.systems : under.components)[answerer];
    }
  }
  return all;
}

}  // namespace tierline
