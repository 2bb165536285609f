#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  for (const Truncation& cut : estate.inventory.truncations()) {
    Subject subject;
    subject.kind = SubjectKind::file;
    subject.id = subject.name = cut.table;
    subject.attributes = {{"source", cut.source}};
    findings.add(subject, {cut.files.front(), 0}, "looks cut off: " + cut.reason);
  }
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
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
