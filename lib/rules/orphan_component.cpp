#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::component && inventory.is_live(item) &&
        !estate.reach.by_services.contains(item) &&
        !estate.reach.by_retired_services.contains(item)) {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "no service relies on it";
}

const Register<Rule> rule{{
    .id = "orphan-component",
    .title = "Component serves no service",
    .severity = Severity::low,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "A component that no service stands on is cost without use, and a way in that "
                 "nobody watches.",
    .definition =
        "A live component that no live service, of whatever facing, relies on through live "
        "items, and that no retired service leads to either.",
    .remedy = "Record the service that uses it, or decommission it.",
    .tiers = {Tier::component},
    .needs = {Need::services, Need::service_relations},
    .inputs = {},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
