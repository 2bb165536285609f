#include <utility>

#include "support/sorted.h"
#include "tables/by_name.h"
#include "tables/users.h"

namespace tierline {
namespace {

/// Pairs of services, the first of which directly relies on the other, each once.
std::vector<std::pair<ItemId, ItemId>> uses_between(const TableSource& source) {
  const Families& families = source.families();
  std::vector<std::pair<ItemId, ItemId>> uses;
  for (const ItemId item : source.inventory().items()) {
    const ItemId user = families.head_of(item);
    if (user == no_item || !source.scope().contains(user)) {
      continue;
    }
    for (const ItemId one : source.graph().dependencies_of(item)) {
      const ItemId used = families.head_of(one);
      if (used != no_item && used != user && source.scope().contains(used)) {
        uses.emplace_back(user, used);
      }
    }
  }
  sort_without_doubles(uses);
  return uses;
}

std::vector<FacingLayers::Reuse> reuse_of_supporting(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const ItemSet wanted =
      items_where(inventory, [&](ItemId item) { return is_supporting_service(source, item); });
  std::vector<ServiceReach::Count> users(inventory.item_count());
  each_with_users(source, rank_users(source), wanted,
                  [&](ItemId item, ServiceReach::Count count, const Sketch& /*sketch*/) {
                    users[index_of(item)] = count;
                  });
  std::vector<FacingLayers::Reuse> all;
  for (const ItemId item : inventory.items()) {
    if (wanted.contains(item)) {
      all.push_back({item, users[index_of(item)]});
    }
  }
  sort_by(all, [&](const FacingLayers::Reuse& one) {
    return std::pair(~one.users.services, name_order(inventory, one.service));
  });
  return all;
}

}  // namespace

FacingLayers facing_layers(const TableSource& source) {
  const Families& families = source.families();
  const auto layer_of = [&](ItemId head) {
    return static_cast<std::size_t>(families.facing(head));
  };
  FacingLayers layers;
  for (const ItemId item : source.inventory().items()) {
    if (source.inventory().is_service(item) && source.counts(item)) {
      ++layers.services[layer_of(item)];
    }
  }
  for (const auto& [user, used] : uses_between(source)) {
    ++layers.uses[layer_of(user)][layer_of(used)];
  }
  layers.supporting = reuse_of_supporting(source);
  return layers;
}

}  // namespace tierline
