#include <algorithm>
#include <string>
#include <utility>

#include "support/sorted.h"
#include "tables/by_name.h"
#include "tables/users.h"

namespace tierline {
namespace {

constexpr std::uint32_t fewest_users = 3;
constexpr std::size_t most_consumers = 60;

/// A platform, and the ranks of services that rely on it.
struct Shared {
  ItemId platform = no_item;
  ServiceReach::Count users;
  std::vector<std::uint32_t> ranks;
};

/// Keeps those that most services rely on, and counts all.
class MostShared {
 public:
  explicit MostShared(const Inventory& inventory) : inventory_(inventory) {}

  void add(ItemId platform, ServiceReach::Count users, std::span<const std::uint32_t> ranks) {
    ++count_;
    const bool is_full = kept_.size() == PlatformCollaborators::most_platforms;
    if (is_full && !comes_before(platform, users, kept_.front())) {
      return;
    }
    const auto is_before = [&](const Shared& a, const Shared& b) {
      return comes_before(a.platform, a.users, b);
    };
    if (is_full) {
      std::ranges::pop_heap(kept_, is_before);
      kept_.pop_back();
    }
    kept_.push_back({platform, users, {ranks.begin(), ranks.end()}});
    std::ranges::push_heap(kept_, is_before);
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::span<const Shared> kept() const { return kept_; }

 private:
  [[nodiscard]] bool comes_before(ItemId platform, ServiceReach::Count users,
                                  const Shared& other) const {
    return users.services != other.users.services
               ? users.services > other.users.services
               : inventory_.comes_before(platform, other.platform);
  }

  const Inventory& inventory_;
  std::uint64_t count_ = 0;
  std::vector<Shared> kept_;  ///< A heap, the one to go first in front.
};

/// Owners of services and their offerings: service by service.
std::vector<std::pair<ItemId, PartyId>> owners_of_services(const TableSource& source) {
  std::vector<std::pair<ItemId, PartyId>> all;
  for (const ItemId item : source.inventory().items()) {
    if (const ItemId head = source.families().head_of(item); head != no_item) {
      for (const PartyId owner : source.inventory().owners(item)) {
        all.emplace_back(head, owner);
      }
    }
  }
  sort_without_doubles(all);
  return all;
}

/// The services of these ranks, with their owners.
std::vector<Platform::Consumer> consumers(const TableSource& source, const ServiceRanks& ranks,
                                          std::span<const std::pair<ItemId, PartyId>> owners,
                                          const Shared& shared) {
  std::vector<Platform::Consumer> consumers;
  for (const std::uint32_t rank : shared.ranks) {
    const ItemId service = ranks.heads[rank];
    if (service == shared.platform || consumers.size() == most_consumers) {
      continue;
    }
    Platform::Consumer& consumer = consumers.emplace_back(Platform::Consumer{service, {}});
    for (auto at = std::ranges::lower_bound(owners, std::pair(service, PartyId{}));
         at != owners.end() && at->first == service; ++at) {
      consumer.owners.push_back(at->second);
    }
    sort_by(consumer.owners,
            [&](PartyId owner) { return name_order(source.inventory().party(owner)); });
  }
  sort_by(consumers, [&](const Platform::Consumer& one) {
    return name_order(source.inventory(), one.service);
  });
  return consumers;
}

}  // namespace

PlatformCollaborators platform_collaborators(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const ItemSet wanted = items_where(inventory, [&](ItemId item) {
    return (inventory.tier(item) == Tier::system && source.counts(item)) ||
           is_supporting_service(source, item);
  });
  const ServiceRanks ranks = rank_users(source);
  MostShared most(inventory);
  each_with_users(source, ranks, wanted,
                  [&](ItemId item, ServiceReach::Count users, const Sketch& sketch) {
                    if (users.services >= fewest_users) {
                      most.add(item, users, sketch.ranks());
                    }
                  });
  const auto owners = owners_of_services(source);
  PlatformCollaborators table;
  table.shared = most.count();
  for (const Shared& shared : most.kept()) {
    table.platforms.push_back(
        {shared.platform, shared.users, consumers(source, ranks, owners, shared)});
  }
  sort_by(table.platforms, [&](const Platform& one) {
    return std::pair(~one.users.services, name_order(inventory, one.platform));
  });
  return table;
}

}  // namespace tierline
