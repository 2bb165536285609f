#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  for (std::uint32_t i = 0; i < estate.inventory.truncations().size(); ++i) {
    facts.add(SubjectKind::file, i);
  }
}

void word(const FactView& fact, Finding& finding) {
  const Truncation& cut = fact.inventory().truncations()[fact.subject()];
  finding.subject.id = finding.subject.name = cut.table;
  finding.subject.attributes = {{"source", cut.source}};
  finding.location = {cut.files.front(), 0};
  finding.message = "looks cut off: " + cut.reason;
}

std::string brief(const FactView& /*fact*/) {
  return "looks cut off";
}

const Register<Rule> rule{{
    .id = "export-truncated",
    .title = "Export looks cut off",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "An export that stops at a limit says nothing about what comes after it. Whatever "
                 "seems to be missing may just not be in it.",
    .definition = "A table each page of which has exactly a number of records at which exports are "
                  "known to stop, or that says itself that rows were withheld. Rules that conclude "
                  "from absence are then not evaluated.",
    .remedy = "Export again with paging, until a page comes back that is not full "
              "(ServiceNow: sysparm_offset), as a user who may read every row.",
    .tiers = {},
    .population = Population::tables,
    .needs = {},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
