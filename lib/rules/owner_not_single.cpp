#include <fmt/format.h>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

std::string fault_for_person(const Inventory& inventory, std::span<const PartyId> owners) {
  const Party& only = inventory.party(owners.front());
  return only.kind == PartyKind::group
             ? fmt::format("is owned by the group {}, not by one person", label(only))
             : std::string();
}

std::string fault_for_team(const Inventory& inventory, std::span<const PartyId> owners) {
  const Party& only = inventory.party(owners.front());
  if (only.kind == PartyKind::person) {
    return fmt::format("is owned by {}, not by a team", label(only));
  }
  return only.kind == PartyKind::group && only.has_one_lead == false
             ? fmt::format("is owned by the team {}, which has not exactly one lead", label(only))
             : std::string();
}

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    const std::vector<PartyId> owners = inventory.owners(item);
    if (!inventory.is_live(item) || inventory.tier(item) == Tier::unmapped ||
        !findings.can_judge(item, Input::accountable) || owners.empty()) {
      continue;
    }
    const auto names = labels_of(inventory, owners);
    const std::string fault =
        owners.size() > 1
            ? fmt::format("has {} accountable owners: {}", owners.size(), name_list(names))
        : inventory.owner_policy(item) == OwnerPolicy::person ? fault_for_person(inventory, owners)
                                                              : fault_for_team(inventory, owners);
    if (!fault.empty()) {
      findings.add(item, fault, {{"owners", names}});
    }
  }
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
        "is one person, with a group as its only owner; or, where the policy is a team, "
        "with a person, or a group that has not exactly one lead.",
    .remedy = "Agree on one, and make the others candidates: deputies, managers, support.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {Input::accountable},
    .check = check,
}};

}  // namespace
}  // namespace tierline
