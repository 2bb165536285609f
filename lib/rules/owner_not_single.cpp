#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Not one person, or not a team with one lead, as the profile asks for.
bool is_at_fault(const Inventory& inventory, ItemId item, std::span<const PartyId> owners) {
  const Party& first = inventory.party(owners.front());
  if (owners.size() > 1) {
    return true;
  }
  return inventory.owner_policy(item) == OwnerPolicy::person
             ? first.kind == PartyKind::group || first.kind == PartyKind::organisation
             : first.kind == PartyKind::person || first.kind == PartyKind::organisation ||
                   (first.kind == PartyKind::group && first.has_one_lead == false);
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (!facts.is_in_scope(item) || !inventory.is_live(item) ||
        inventory.tier(item) == Tier::unmapped || !facts.can_judge(item, RuleInput::accountable)) {
      continue;
    }
    const std::vector<PartyId> owners = inventory.owners(item);
    if (!owners.empty() && is_at_fault(inventory, item, owners)) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<PartyId> owners = inventory.owners(fact.item());
  const auto names = labels_of(inventory, owners);
  if (owners.size() > 1) {
    finding.message = fmt::format("has {} accountable owners: {}", owners.size(), name_list(names));
  } else if (inventory.owner_policy(fact.item()) == OwnerPolicy::person) {
    finding.message = fmt::format("is owned by the {} {}, not by one person",
                                  to_string(inventory.party(owners.front()).kind), names.front());
  } else if (inventory.party(owners.front()).kind != PartyKind::group) {
    finding.message = fmt::format("is owned by {}, not by a team", names.front());
  } else {
    finding.message =
        fmt::format("is owned by the team {}, which has not exactly one lead", names.front());
  }
  finding.evidence = {{"owners", names}};
}

std::string brief(const FactView& fact) {
  const std::vector<PartyId> owners = fact.inventory().owners(fact.item());
  if (owners.size() > 1) {
    return fmt::format("has {} owners", owners.size());
  }
  const PartyKind kind = fact.inventory().party(owners.front()).kind;
  if (fact.inventory().owner_policy(fact.item()) == OwnerPolicy::person) {
    return fmt::format("is owned by a{} {}, not by a person",
                       kind == PartyKind::organisation ? "n" : "", to_string(kind));
  }
  return kind == PartyKind::person         ? "is owned by one person, not by a team"
         : kind == PartyKind::organisation ? "is owned by an organisation, not by a team"
                                           : "is owned by a team without one lead";
}

const Register<Rule> rule{{
    .id = "owner-not-single",
    .title = "Owner is not one person (or one team with a lead)",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "What several own together, each of them expects another to look after. A single "
                 "point of accountability is one.",
    .definition =
        "A live item with more than one accountable owner; or, where the profile's policy "
        "is one person, with a group or an organisation as its only owner; or, where the "
        "policy is a team, with a person or an organisation, or a group that has not exactly one "
        "lead.",
    .remedy = "Agree on one, and make the others candidates: deputies, managers, support.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {RuleInput::accountable},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
