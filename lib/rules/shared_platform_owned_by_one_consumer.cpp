#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/families.h"
#include "analysis/services_above.h"
#include "analysis/wording.h"
#include "support/sorted.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr RuleOption least_services = {
    .name = "least-services",
    .standard = 3,
    .least = 2,
    .most = 64,
    .meaning = "the services from which on what they rely on is shared",
};
constexpr RuleOption least_other_owners = {
    .name = "least-other-owners",
    .standard = 2,
    .least = 1,
    .most = 64,
    .meaning = "the owners of theirs who do not own it, from which on it is",
};
constexpr std::uint32_t most_services = 64;  // More are not looked through.

bool is_any(const Inventory& /*inventory*/, ItemId /*service*/) {
  return true;
}

/// No table holds the party, though the table that should was loaded.
bool is_nobody(const Party& party) {
  return !party.known && party.table_loaded;
}

/// The live systems one of whose owners also answers for a live service.
ItemSet with_a_consumers_owner(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  std::vector<bool> has_service(inventory.party_count());
  const auto each_owner = [&](ItemId item, auto sink) {
    for (const Responsibility& one : inventory.parties_of(item)) {
      if (one.role == Role::accountable) {
        sink(index_of(one.party));
      }
    }
  };
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && estate.reach.live.contains(item)) {
      each_owner(item, [&](std::uint32_t owner) { has_service[owner] = true; });
    }
  }
  return items_where(inventory, [&](ItemId item) {
    bool is_one = false;
    if (inventory.tier(item) == Tier::system && estate.reach.live.contains(item)) {
      each_owner(item, [&](std::uint32_t owner) { is_one = is_one || has_service[owner]; });
    }
    return is_one;
  });
}

/// Who owns a service or a live offering of it; by service, each once.
class FamilyOwners {
 public:
  explicit FamilyOwners(const Estate& estate) : begin_(estate.inventory.item_count()) {
    const Inventory& inventory = estate.inventory;
    for (const ItemId item : inventory.items()) {
      if (inventory.is_service(item) && estate.reach.live.contains(item)) {
        const ItemId family = family_of(inventory, estate.graph, item);
        for (const PartyId owner : inventory.owners(item)) {
          owners_.emplace_back(family, owner);
        }
      }
    }
    sort_without_doubles(owners_);
    for (std::size_t i = owners_.size(); i > 0; --i) {
      begin_[index_of(owners_[i - 1].first)] = static_cast<std::uint32_t>(i - 1);
    }
  }

  template <typename Sink>
  void each_of(ItemId service, Sink sink) const {
    for (std::size_t i = begin_[index_of(service)];
         i < owners_.size() && owners_[i].first == service; ++i) {
      sink(owners_[i].second);
    }
  }

 private:
  std::vector<std::pair<ItemId, PartyId>> owners_;
  std::vector<std::uint32_t> begin_;  ///< By service; of one without owners, it leads to another's.
};

/// The one service that has an owner of the system; no_item where there are none or several.
ItemId own_service(const FamilyOwners& all, std::span<const PartyId> owners,
                   std::span<const ItemId> services) {
  ItemId own = no_item;
  for (const ItemId service : services) {
    bool is_own = false;
    all.each_of(service, [&](PartyId owner) {
      is_own = is_own || std::ranges::find(owners, owner) != owners.end();
    });
    if (is_own && own != no_item) {
      return no_item;
    }
    own = is_own ? service : own;
  }
  return own;
}

/// Owners of the services who do not own the system, each once.
std::vector<PartyId> other_owners(const FamilyOwners& all, std::span<const PartyId> owners,
                                  std::span<const ItemId> services) {
  std::vector<PartyId> others;
  for (const ItemId service : services) {
    all.each_of(service, [&](PartyId owner) {
      if (std::ranges::find(owners, owner) == owners.end()) {
        others.push_back(owner);
      }
    });
  }
  sort_without_doubles(others);
  return others;
}

/// The first of them by what does not depend on files.
Numbers first_owners(const Inventory& inventory, std::vector<PartyId> owners, std::size_t most) {
  std::ranges::sort(owners, {}, [&](PartyId owner) {
    const Party& party = inventory.party(owner);
    return std::tie(party.source, party.id);
  });
  owners.resize(std::min(owners.size(), most));
  return numbers_of(owners);
}

void judge(const Inventory& inventory, const FamilyOwners& all, ItemId item,
           std::span<const ItemId> services, Facts& facts) {
  const std::vector<PartyId> owners = inventory.owners(item);
  const auto is_in_no_table = [&](PartyId owner) { return is_nobody(inventory.party(owner)); };
  const std::size_t fewest_services = facts.option(least_services.name);
  const std::size_t fewest_other_owners = facts.option(least_other_owners.name);
  const ItemId own =
      services.size() < fewest_services ? no_item : own_service(all, owners, services);
  if (own == no_item) {
    return;
  }
  std::vector<PartyId> others = other_owners(all, owners, services);
  if (others.size() < fewest_other_owners) {
    return;
  }
  std::erase_if(others, is_in_no_table);
  if (others.size() < fewest_other_owners || std::ranges::any_of(owners, is_in_no_table)) {
    facts.undetermined(item, "an owner on whom it hangs is in no table of persons or groups");
    return;
  }
  std::vector<ItemId> shown = in_order(inventory, {services.begin(), services.end()});
  shown.resize(fewest_services, no_item);
  facts.add(item, {index_of(own), static_cast<std::uint32_t>(services.size()), facts.keep(shown),
                   facts.keep(first_owners(inventory, std::move(others), fewest_other_owners))});
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::system && inventory.is_live(item)) {
      facts.can_judge(item, RuleInput::accountable);
    }
  }
  const ItemSet wanted = with_a_consumers_owner(estate);
  const ItemSet on_the_way = estate.graph.reaching(wanted, estate.reach.live);
  const auto is_on_the_way = [&](ItemId item) { return on_the_way.contains(item); };
  const ServiceRanks ranks = rank_services(inventory, estate.graph, is_any);
  const FamilyOwners owners(estate);
  std::vector<ItemId> services;
  hand_down<most_services + 1>(
      ComponentsWithin<decltype(is_on_the_way)>{estate.graph, estate.reach.condensation,
                                                is_on_the_way},
      ranks, [&](ItemSpan members, const LeastRanks<most_services + 1>& above) {
        if (std::none_of(members.begin(), members.end(),
                         [&](ItemId item) { return wanted.contains(item); })) {
          return;
        }
        services.clear();
        for (const std::uint32_t rank : above.ranks()) {
          services.push_back(ranks.heads[rank]);
        }
        for (const ItemId item : members) {
          if (wanted.contains(item) && services.size() > most_services) {
            facts.cannot_judge(item, "more than 64 services rely on it");
          } else if (wanted.contains(item)) {
            judge(inventory, owners, item, services, facts);
          }
        }
      });
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const ItemId own{fact.evidence()[0]};
  const std::uint64_t count = fact.evidence()[1];
  const auto owners = labels_of(inventory, inventory.owners(fact.item()));
  const auto others = labels_of(inventory, parties_of(fact.list(fact.evidence()[3])));
  finding.message = fmt::format(
      "is owned by {}, of whose services only {} relies on it; {} do, such as those of {}",
      name_list(owners), label_of(inventory, own), count_of(count - 1, "other service"),
      name_list(others));
  finding.evidence = {{"owners", owners},
                      {"ownService", inventory.id(own)},
                      {"serviceCount", count},
                      {"sharedBy", ids_of(inventory, items_of(fact.list(fact.evidence()[2])))},
                      {"consumerOwners", others}};
}

std::string brief(const FactView& fact) {
  return fmt::format("shared by {}, owned by one", count_of(fact.evidence()[1], "service"));
}

const Register<Rule> rule{{
    .id = "shared-platform-owned-by-one-consumer",
    .title = "Shared platform is owned by one of its consumers",
    .severity = Severity::low,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "Who owns a platform and one of the services on it decides for all the others "
                 "with that one in mind: what it costs, when it changes, and whose request waits.",
    .definition =
        "A live system with an owner that at least 3 live services (`least-services`) rely on, "
        "through live items, of which exactly one has an owner of the system, and which have at "
        "least 2 other owners (`least-other-owners`). A service and its offerings count once, and "
        "so do their owners. Where this hangs on an "
        "owner who is in no table, it is undetermined. Not judged where more than 64 services rely "
        "on it.",
    .remedy = "Name an owner who answers to all who use the platform, or make it a supporting "
              "service of its own.",
    .tiers = {Tier::system},
    .needs = {Need::infrastructure, Need::service_relations},
    .inputs = {RuleInput::accountable},
    .concludes_from_absence_of = Absence::path,
    .is_long = true,
    .options = {least_services, least_other_owners},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
