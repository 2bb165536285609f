#include <fmt/format.h>

#include <algorithm>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (!facts.is_in_scope(item) || !inventory.is_live(item) ||
        inventory.tier(item) == Tier::unmapped || !facts.can_judge(item, RuleInput::accountable)) {
      continue;
    }
    const std::vector<PartyId> owners = inventory.owners(item);
    const auto has_left = [&](PartyId owner) { return !inventory.party(owner).active; };
    if (!owners.empty() && std::ranges::all_of(owners, has_left)) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const auto names = labels_of(fact.inventory(), fact.inventory().owners(fact.item()));
  finding.message = names.size() == 1
                        ? fmt::format("its owner {} is no longer active", names.front())
                        : fmt::format("its owners {} are no longer active", name_list(names));
  finding.evidence = {{"owners", names}};
  add_owner_hints(fact.inventory(), fact.item(), finding);
}

std::string brief(const FactView& /*fact*/) {
  return "its owner has left";
}

std::string cause(const FactView& fact) {
  return name_list(labels_of(fact.inventory(), fact.inventory().owners(fact.item())));
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{} are owned by {}, no longer active: {}", count_of(facts.size(), "item"),
                     cause(facts.front()), subject_list(facts));
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
    .inputs = {RuleInput::accountable},
    .fix = FixKind::replace_owner,
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
