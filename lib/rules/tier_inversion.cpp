#include <fmt/format.h>

#include "judge/inversion.h"
#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (is_inverted(inventory, relation)) {
      findings.add(
          relation_subject(inventory, id), inventory.place(id),
          fmt::format("the {} {} {} the {} {}", to_string(inventory.tier(relation.from)),
                      inventory.label(relation.from), to_string(relation.kind),
                      to_string(inventory.tier(relation.to)), inventory.label(relation.to)));
    }
  }
}

const Register<Rule> rule{{
    .id = "tier-inversion",
    .title = "Relation runs against the tiers",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale =
        "Portfolios hold services, services stand on systems, systems on components. A "
        "relation the other way round is drawn backwards, or one of its ends has the wrong "
        "class; either way it makes paths that are not there.",
    .definition = "A containment from a lower tier to a higher one, or a need of a portfolio.",
    .remedy = "Turn the relation round, or correct the class of the end that is wrong.",
    .tiers = {},
    .needs = {Need::relations},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
