#include <fmt/format.h>

#include "analysis/inversion.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (is_inverted(inventory, relation)) {
      facts.add(id);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const Relation& relation = inventory.relation(fact.relation());
  finding.message =
      fmt::format("the {} {} {} the {} {}", to_string(inventory.tier(relation.from)),
                  label_of(inventory, relation.from), to_string(relation.kind),
                  to_string(inventory.tier(relation.to)), label_of(inventory, relation.to));
}

std::string brief(const FactView& /*fact*/) {
  return "runs against the tiers";
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
    .population = Population::relations,
    .needs = {Need::relations},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
