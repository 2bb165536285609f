#include <fmt/format.h>

#include <optional>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What is wrong with a relation's ends.
struct Dangling {
  std::vector<std::string> missing;
  std::size_t empty = 0;
};

std::string message_of(const Dangling& ends) {
  if (ends.missing.empty()) {
    return ends.empty == 1 ? "one of its ends is empty" : "both of its ends are empty";
  }
  const std::string names = name_list(ends.missing);
  const std::string rest = ends.empty > 0 ? ", and its other end is empty" : "";
  return ends.missing.size() == 1
             ? fmt::format("its end {} is no item of the export{}", names, rest)
             : fmt::format("its ends {} are no items of the export", names);
}

Dangling dangling_ends(const Inventory& inventory, RelationId relation) {
  Dangling ends;
  for (const UnresolvedEnd& end : unresolved_ends_of(inventory, relation)) {
    if (end.reason == Unresolved::missing) {
      ends.missing.push_back(end.text);
    } else if (end.reason == Unresolved::empty) {
      ++ends.empty;
    }
  }
  return ends;
}

void check(const Estate& estate, Facts& facts) {
  std::optional<RelationId> last;
  for (const UnresolvedEnd& end : estate.inventory.unresolved_ends()) {
    if (end.reason != Unresolved::ambiguous && end.relation != last) {
      facts.add(end.relation);
      last = end.relation;
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Dangling ends = dangling_ends(fact.inventory(), fact.relation());
  finding.message = message_of(ends);
  finding.evidence = {{"missing", ends.missing}};
}

std::string brief(const FactView& fact) {
  const Dangling ends = dangling_ends(fact.inventory(), fact.relation());
  return ends.missing.empty()
             ? "an end is empty"
             : fmt::format("leads to {}, which is not there", brief_label(ends.missing.front()));
}

std::string cause(const FactView& fact) {
  const Dangling ends = dangling_ends(fact.inventory(), fact.relation());
  return ends.missing.empty() ? std::string() : ends.missing.front();
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{} lead to {}, which is not in the export",
                     count_of(facts.size(), "relation"), shortened(cause(facts.front())));
}

const Register<Rule> rule{{
    .id = "dangling-edge",
    .title = "Relation leads nowhere",
    .severity = Severity::medium,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "A relation with an end that is not there is a dependency that nobody can follow: "
                 "what it should lead to was deleted, or never exported.",
    .definition = "A relation with an end that is empty or no item of the export. Names that fit "
                  "several items are notices instead.",
    .remedy = "Delete the relation, or add the missing table to the export.",
    .tiers = {},
    .population = Population::relations,
    .needs = {},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .fix = FixKind::remove_relation,
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
