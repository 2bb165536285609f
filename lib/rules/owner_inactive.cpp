#include <fmt/format.h>

#include <algorithm>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    const std::vector<PartyId> owners = inventory.owners(item);
    const auto has_left = [&](PartyId owner) { return !inventory.party(owner).active; };
    if (!inventory.is_live(item) || inventory.tier(item) == Tier::unmapped ||
        !findings.can_judge(item, Input::accountable) || owners.empty() ||
        !std::ranges::all_of(owners, has_left)) {
      continue;
    }
    const auto names = labels_of(inventory, owners);
    std::string message = owners.size() == 1
                              ? fmt::format("its owner {} is no longer active", names.front())
                              : fmt::format("its owners {} are no longer active", name_list(names));
    Evidence evidence = {{"owners", names}};
    add_owner_hints(inventory, item, message, evidence);
    findings.add(item, std::move(message), std::move(evidence));
  }
}

const Register<Rule> rule{{
    .id = "owner-inactive",
    .title = "Owner has left",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "People leave, and what they owned stays behind under their name until somebody "
                 "asks in the middle of an outage.",
    .definition = "A live item with accountable owners, every one of whom is inactive or has a "
                  "leave date before the day of the audit.",
    .remedy = "Hand the item over to somebody who is there.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {Need::parties},
    .inputs = {Input::accountable},
    .check = check,
}};

}  // namespace
}  // namespace tierline
