#include <fmt/format.h>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from != no_item && relation.from == relation.to) {
      findings.add(relation_subject(inventory, id), inventory.place(id),
                   fmt::format("relates {} to itself", inventory.label(relation.from)));
    }
  }
}

const Register<Rule> rule{{
    .id = "self-loop",
    .title = "Item is related to itself",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "Nothing needs or contains itself. The row was meant for something else.",
    .definition = "A relation both of whose ends are one item.",
    .remedy = "Correct the end that is wrong, or delete the row.",
    .tiers = {},
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
