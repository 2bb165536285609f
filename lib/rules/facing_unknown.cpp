#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) &&
        inventory.facing(item) == Facing::unknown && findings.can_judge(item, Input::facing)) {
      findings.add(item, "nothing says whether it faces customers or supports other services");
    }
  }
}

const Register<Rule> rule{{
    .id = "facing-unknown",
    .title = "Nobody knows whom the service faces",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale =
        "Whether a service may stand alone depends on whom it faces. What it supports cannot "
        "be judged before that is known.",
    .definition = "A live service that is neither external, internal nor supporting by any field "
                  "that the profile knows.",
    .remedy = "Fill in whom it faces (ServiceNow: service_classification and consumer_type).",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {Input::facing},
    .check = check,
}};

}  // namespace
}  // namespace tierline
