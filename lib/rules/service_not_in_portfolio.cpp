#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const ItemSet held = estate.graph.held(
      items_where(inventory, [&](ItemId item) { return inventory.tier(item) == Tier::portfolio; }));
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item) || held.contains(item)) {
      continue;
    }
    const SourceShape& shape = estate.reach.shapes[inventory.source_of(item)];
    if (shape.listings > 0 || facts.can_judge(item, RuleInput::portfolio)) {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "is in no portfolio";
}

const Register<Rule> rule{{
    .id = "service-not-in-portfolio",
    .title = "Service is in no portfolio",
    .severity = Severity::medium,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "What is in no portfolio is in nobody's plan: it is not weighed against other "
                 "services, and its money is not asked for.",
    .definition = "A live service that no portfolio contains, directly, through its parent service "
                  "or through a taxonomy node.",
    .remedy = "Put the service, or its parent, into a portfolio.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::portfolios},
    .inputs = {RuleInput::portfolio},
    .concludes_from_absence_of = Absence::path,
    .fix = FixKind::put_into_portfolio,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
