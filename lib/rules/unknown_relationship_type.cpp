#include <fmt/format.h>

#include <map>

#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  struct Type {
    std::uint32_t count = 0;
    RelationId first{};
  };
  std::map<std::uint16_t, Type> types;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::unknown) {
      Type& seen = types[relation.type];
      seen.first = seen.count++ == 0 ? id : seen.first;
    }
  }
  for (const auto& [number, seen] : types) {
    facts.add(SubjectKind::relation_type, number, {seen.count, index_of(seen.first)});
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint64_t count = fact.evidence()[0];
  const RelationId first{fact.evidence()[1]};
  const std::string& id = fact.inventory().type(fact.inventory().relation(first)).id;
  finding.subject.id = finding.subject.name = id;
  finding.location = fact.inventory().place(first);
  finding.message = fmt::format(
      "{} {} left out: nobody says what {} type means, or which way round",
      count_of(count, "relation"), count == 1 ? "is" : "are", id.empty() ? "the empty" : "this");
  finding.evidence = {{"relationCount", count}};
}

std::string brief(const FactView& /*fact*/) {
  return "nobody says what it means";
}

const Register<Rule> rule{{
    .id = "unknown-relationship-type",
    .title = "Relation type has no known meaning",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "A relation whose direction is not known cannot be followed. What it connects may "
                 "look as if nothing relied on it.",
    .definition =
        "A type of relations that the profile does not map; one finding for each type. Types "
        "are never guessed from half of their name.",
    .remedy = "Add the type to `relationTypes` of a profile of your own, with its direction.",
    .tiers = {},
    .population = Population::relations,
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
