#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from != no_item && relation.from == relation.to) {
      facts.add(id);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Relation& relation = fact.inventory().relation(fact.relation());
  finding.message = fmt::format("relates {} to itself", label_of(fact.inventory(), relation.from));
}

std::string brief(const FactView& /*fact*/) {
  return "is related to itself";
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
    .population = Population::relations,
    .needs = {},
    .inputs = {},
    .fix = FixKind::remove_relation,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
