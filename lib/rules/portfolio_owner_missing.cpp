#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::portfolio && inventory.is_live(item) &&
        !inventory.has_owner(item) && facts.can_judge(item, RuleInput::accountable)) {
      facts.add(item);
    }
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
    .id = "portfolio-owner-missing",
    .title = "Portfolio has no accountable owner",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale =
        "A portfolio without an owner is a list. Its owner decides which services it should "
        "have, and what they may cost.",
    .definition = "A live portfolio whose accountable field is empty or holds a placeholder.",
    .remedy = "Name one person in the portfolio's accountable field.",
    .tiers = {Tier::portfolio},
    .needs = {Need::portfolios},
    .inputs = {RuleInput::accountable},
    .fix = FixKind::name_owner,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
