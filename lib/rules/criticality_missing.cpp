#include <vector>

#include "analysis/families.h"
#include "analysis/sources.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Families families(estate);
  const std::vector<bool> states = sources_that_state_criticality(inventory);
  for (const ItemId item : inventory.items()) {
    if (!families.is_head(item) || families.criticality(item) != 0 ||
        families.facing(item) == Facing::supporting) {
      continue;
    }
    if (!states[inventory.source_of(item)]) {
      facts.cannot_judge(item, "no service of the export has a criticality");
    } else if (families.is_customer_facing(item)) {
      facts.add(item);
    } else if (facts.can_judge(item, RuleInput::facing)) {
      facts.undetermined(item, "nothing says whom it faces");
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "faces customers, and nothing says how critical it is";
}

/// Those that face customers, and those of which nothing says whether they do.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) != Facing::supporting;
}

const Register<Rule> rule{{
    .id = "criticality-missing",
    .title = "Nobody knows how critical the service is",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "In an outage, what is most critical is restored first. A service that nobody has "
                 "rated waits for whoever shouts, and so does all that it stands on.",
    .definition = "A live customer-facing service without criticality. A service and its live "
                  "offerings are one: what one of them says holds for all. Not judged in a source "
                  "none of whose services has a criticality.",
    .remedy = "Rate it with its owner, by what an outage costs its customers (ServiceNow: "
              "busines_criticality).",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {RuleInput::facing},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
