#include <algorithm>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Of a system, one rule of the family speaks: the one that says more.
constexpr std::string_view family = "unowned";

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const bool is_said_elsewhere = std::ranges::any_of(estate.rules, [](const Rule* rule) {
    return rule->family == family && rule->check != check &&
           std::ranges::find(rule->tiers, Tier::system) != rule->tiers.end();
  });
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) != Tier::system || !inventory.is_live(item) ||
        inventory.has_owner(item) || !facts.can_judge(item, RuleInput::accountable) ||
        (is_said_elsewhere && estate.reach.shared_unowned.contains(item))) {
      continue;
    }
    facts.add(item);
  }
}

void word(const FactView& fact, Finding& finding) {
  finding.message = "has no accountable owner";
  add_owner_hints(fact.inventory(), fact.item(), finding);
}

std::string brief(const FactView& /*fact*/) {
  return "has no accountable owner";
}

const Register<Rule> rule{{
    .id = "system-owner-missing",
    .title = "System has no accountable owner",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .family = family,
    .rationale = "Accountability that ends at the service leaves nobody to answer for the systems "
                 "it stands on, and most estates stop there.",
    .definition = "A live system whose accountable field is empty or holds a placeholder, unless "
                  "shared-platform-unowned already says so.",
    .remedy = "Name one person in the system's accountable field.",
    .tiers = {Tier::system},
    .needs = {Need::infrastructure},
    .inputs = {RuleInput::accountable},
    .fix = FixKind::name_owner,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
