#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) != Tier::component || !inventory.is_live(item) ||
        inventory.has_owner(item) || inventory.has_operator(item) ||
        !findings.can_judge(item, Input::accountable) ||
        !findings.can_judge(item, Input::operates)) {
      continue;
    }
    std::string message = "has neither an owner nor a group that runs it";
    Evidence evidence;
    add_owner_hints(inventory, item, message, evidence);
    findings.add(item, std::move(message), std::move(evidence));
  }
}

const Register<Rule> rule{{
    .id = "component-domain-owner-missing",
    .title = "Component belongs to no domain",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "A server needs no owner of its own, but a domain that it belongs to: the group "
                 "that runs it. Without one, nobody patches it and nobody misses it.",
    .definition = "A live component with neither an accountable owner nor a managing or support "
                  "group.",
    .remedy = "Assign the group that runs it (ServiceNow: managed_by_group or support_group).",
    .tiers = {Tier::component},
    .needs = {Need::infrastructure},
    .inputs = {Input::accountable, Input::operates},
    .check = check,
}};

}  // namespace
}  // namespace tierline
