// The services that rely on an item: those of what relies on it are handed down the condensation.

#include <algorithm>
#include <array>

#include "graph/part.h"

namespace tierline {
namespace {

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
    size_ = size_ == Capacity ? Capacity : size_ + 1;
    for (std::size_t i = size_ - 1; i > at; --i) {
      numbers_[i] = numbers_[i - 1];
    }
    numbers_[at] = value;
  }

  void add(const Least& others) {
    // Once none of the others is less than the greatest, none is among the least.
    for (std::size_t i = 0; i < others.size_; ++i) {
      if (size_ == Capacity && others.numbers_[i] >= numbers_[Capacity - 1]) {
        return;
      }
      add(others.numbers_[i]);
    }
  }

  [[nodiscard]] std::span<const std::uint32_t> numbers() const {
    return std::span(numbers_).first(size_);
  }

 private:
  std::array<std::uint32_t, Capacity> numbers_{};
  std::uint32_t size_ = 0;
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
    for (const Responsibility& responsibility : inventory.parties_of(service)) {
      if (responsibility.role == Role::accountable) {
        consumers.owners.add(rank_of_party_[index_of(responsibility.party)]);
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

std::vector<std::pair<ItemId, Consumers>> TieredGraph::consumers(const Condensation& condensation,
                                                                 const ItemSet& services,
                                                                 const ItemSet& among,
                                                                 const ItemSet& wanted) const {
  const Ranks ranks(inventory_, services);
  std::vector<std::uint32_t> place(condensation.size(), Condensation::none);
  std::vector<RankedConsumers> found;
  const auto consumers_of = [&](std::uint32_t component) -> RankedConsumers& {
    if (place[component] == Condensation::none) {
      place[component] = static_cast<std::uint32_t>(found.size());
      found.emplace_back();
    }
    return found[place[component]];
  };
  for (std::uint32_t c = 0; c < condensation.size(); ++c) {
    const ItemSpan members = condensation.members(c);
    if (!among.contains(*members.begin())) {
      continue;
    }
    for (const ItemId item : members) {
      if (services.contains(item)) {
        ranks.add(consumers_of(c), inventory_, item);
      }
    }
    if (place[c] == Condensation::none) {
      continue;
    }
    for (const ItemId item : members) {
      for (const ItemId used : dependencies_of(item)) {
        const std::uint32_t below = condensation.component_of(used);
        if (below != Condensation::none && below != c && among.contains(used)) {
          RankedConsumers& taking = consumers_of(below);
          taking.services.add(found[place[c]].services);
          taking.owners.add(found[place[c]].owners);
        }
      }
    }
  }
  std::vector<std::pair<ItemId, Consumers>> answers;
  for (const ItemId item : inventory_.items()) {
    const std::uint32_t c =
        wanted.contains(item) ? condensation.component_of(item) : Condensation::none;
    if (c != Condensation::none) {
      answers.emplace_back(item, ranks.named(consumers_of(c)));
    }
  }
  return answers;
}

}  // namespace tierline
