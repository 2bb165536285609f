#include <fmt/format.h>

#include <map>

#include "judge/wording.h"
#include "tierline/rule.h"

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

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  std::map<RelationId, Dangling> relations;
  for (const UnresolvedEnd& end : inventory.unresolved_ends()) {
    if (end.reason == Unresolved::missing) {
      relations[end.relation].missing.push_back(end.text);
    } else if (end.reason == Unresolved::empty) {
      ++relations[end.relation].empty;
    }
  }
  for (const auto& [id, ends] : relations) {
    findings.add(relation_subject(inventory, id), inventory.place(id), message_of(ends),
                 {{"missing", ends.missing}});
  }
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
    .needs = {},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .check = check,
}};

}  // namespace
}  // namespace tierline
