#include <algorithm>

#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const bool is_cut_off = !estate.assume_complete &&
                          std::ranges::any_of(inventory.truncations(), &Truncation::holds_items);
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item) ||
        inventory.facing(item) != Facing::unknown || !facts.can_judge(item, RuleInput::facing)) {
      continue;
    }
    if (is_cut_off && inventory.faces_as_a_missing_parent(item)) {
      facts.undetermined(item,
                         "its parent, which would tell, is not in the export, and a table looks "
                         "cut off; --assume-complete judges all the same");
    } else {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "nothing says whether it faces customers or supports other services";
}

std::string brief(const FactView& /*fact*/) {
  return "nothing says whom it faces";
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
                  "that the profile knows. One that faces whom its parent faces is undetermined "
                  "where the parent may be in what was cut off.",
    .remedy = "Fill in whom it faces (ServiceNow: service_classification and consumer_type).",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {RuleInput::facing},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
