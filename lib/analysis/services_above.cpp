#include "analysis/services_above.h"

#include <xxhash.h>

#include <algorithm>

#include "analysis/families.h"

namespace tierline {

ServiceRanks rank_services(const Inventory& inventory, const TieredGraph& graph,
                           bool (*counts)(const Inventory& inventory, ItemId item),
                           std::uint64_t seed) {
  struct Service {
    std::uint64_t hash;
    ItemId head;
    ItemId item;
  };
  std::vector<Service> services;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) && counts(inventory, item)) {
      const ItemId head = family_of(inventory, graph, item);
      const std::string key = inventory.key(head);
      services.push_back({XXH3_64bits_withSeed(key.data(), key.size(), seed), head, item});
    }
  }
  std::ranges::sort(services, [&](const Service& a, const Service& b) {
    return a.hash != b.hash   ? a.hash < b.hash
           : a.head == b.head ? a.item < b.item
                              : inventory.comes_before(a.head, b.head);
  });
  ServiceRanks ranks;
  ranks.of_item.assign(inventory.item_count(), ServiceRanks::none);
  for (const Service& service : services) {
    if (ranks.heads.empty() || ranks.heads.back() != service.head) {
      ranks.heads.push_back(service.head);
    }
    ranks.of_item[index_of(service.item)] = static_cast<std::uint32_t>(ranks.heads.size() - 1);
  }
  return ranks;
}

}  // namespace tierline
