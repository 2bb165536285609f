#include <fmt/format.h>

#include <map>

#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  struct Type {
    std::uint64_t count = 0;
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
    const RelationType& type = inventory.type(inventory.relation(seen.first));
    Subject subject;
    subject.kind = SubjectKind::relation_type;
    subject.id = subject.name = type.id;
    findings.add(subject, inventory.place(seen.first),
                 fmt::format("{} {} left out: nobody says what {} type means, or which way round",
                             count_of(seen.count, "relation"), seen.count == 1 ? "is" : "are",
                             type.id.empty() ? "the empty" : "this"),
                 {{"relationCount", seen.count}});
  }
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
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
