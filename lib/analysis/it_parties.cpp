#include "analysis/it_parties.h"

#include <algorithm>
#include <set>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Longer ways up go round in a circle.
constexpr std::size_t most_levels = 64;

bool is_of_many(const Inventory& inventory, PartyId party) {
  const PartyKind kind = inventory.party(party).kind;
  return kind == PartyKind::organisation || kind == PartyKind::group;
}

/// Calls `visit` with the organisations that a party belongs to, from itself or the nearest on, as
/// long as it returns true.
template <typename Visit>
void each_above(const Inventory& inventory, PartyId party, Visit visit) {
  PartyId at = is_of_many(inventory, party) ? party : inventory.details(party).organisation;
  for (std::size_t level = 0; at != no_party && level < most_levels && visit(at); ++level) {
    at = inventory.details(at).organisation;
  }
}

/// no_party where none is.
PartyId it_above(const Inventory& inventory, PartyId party) {
  PartyId found = no_party;
  each_above(inventory, party, [&](PartyId organisation) {
    if (is_of_many(inventory, organisation) && inventory.details(organisation).is_it) {
      found = organisation;
    }
    return found == no_party;
  });
  return found;
}

/// A group that nothing is known to be above of says nothing by its own name.
bool is_placed(const Inventory& inventory, PartyId party) {
  return inventory.party(party).kind == PartyKind::organisation ||
         inventory.details(party).organisation != no_party;
}

}  // namespace

ItParties::ItParties(const Inventory& inventory) : is_(inventory.party_count()) {
  std::set<std::string> sources;  // Those that have an IT organisation.
  for (std::uint32_t i = 0; i < is_.size(); ++i) {
    const PartyId party{i};
    if (is_of_many(inventory, party) && inventory.details(party).is_it) {
      sources.insert(inventory.party(party).source);
    }
  }
  are_told_ = !sources.empty();
  for (std::uint32_t i = 0; are_told_ && i < is_.size(); ++i) {
    const PartyId party{i};
    const bool is_told = sources.contains(inventory.party(party).source);
    is_[i] = it_above(inventory, party) != no_party   ? Is::yes
             : is_told && is_placed(inventory, party) ? Is::no
                                                      : Is::unknown;
  }
}

void judge_owners_by_it(const Estate& estate, Facts& facts,
                        bool (*concerns)(const Inventory& inventory, ItemId item),
                        ItParties::Is wanted) {
  const Inventory& inventory = estate.inventory;
  const ItParties it(inventory);
  const ItParties::Is other = wanted == ItParties::Is::yes ? ItParties::Is::no : ItParties::Is::yes;
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item) || !concerns(inventory, item)) {
      continue;
    }
    if (!it.are_told()) {
      facts.cannot_judge(item, "no organisation of the export is IT by its name");
      continue;
    }
    const std::vector<PartyId> owners = inventory.owners(item);
    if (!facts.can_judge(item, RuleInput::accountable) || owners.empty()) {
      continue;
    }
    const auto is = [&](ItParties::Is asked) {
      return [&it, asked](PartyId owner) { return it.of(owner) == asked; };
    };
    if (std::ranges::all_of(owners, is(wanted))) {
      facts.add(item);
    } else if (std::ranges::none_of(owners, is(other))) {
      facts.undetermined(item, "nothing says where its owner belongs");
    }
  }
}

std::string it_organisation_of(const Inventory& inventory, PartyId party) {
  const PartyId found = it_above(inventory, party);
  return found == no_party ? std::string() : shortened(label(inventory.party(found)));
}

std::vector<std::string> it_organisations_of(const Inventory& inventory,
                                             const std::vector<PartyId>& parties) {
  std::set<std::string> names;
  for (const PartyId party : parties) {
    if (std::string name = it_organisation_of(inventory, party); !name.empty()) {
      names.insert(std::move(name));
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace tierline
