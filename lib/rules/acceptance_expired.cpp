#include <fmt/format.h>

#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  for (std::uint32_t i = 0; i < estate.acceptances.size(); ++i) {
    if (estate.acceptances[i].open > 0) {
      facts.add(SubjectKind::acceptance, i);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Acceptance& one = fact.acceptance();
  finding.message =
      fmt::format("was accepted until {}, and {} open again", one.expires,
                  one.open == 1 ? "1 finding is" : count_of(one.open, "finding") + " are");
  finding.evidence = {
      {"approver", one.approver}, {"acceptedUntil", one.expires}, {"findingCount", one.open}};
}

std::string brief(const FactView& fact) {
  return "was accepted until " + fact.acceptance().expires;
}

const Register<Rule> rule{{
    .id = "acceptance-expired",
    .title = "Acceptance has expired",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "What was to be lived with for some time is still there, and nobody has decided "
                 "what comes next.",
    .definition = "An acceptance whose last day was before the day of the audit, and findings that "
                  "it fits and no other one accepts. They count again, and are new to a baseline "
                  "that knew them as accepted.",
    .remedy = "Repair what was accepted, or have somebody who answers for it decide again: a new "
              "reason, a new date.",
    .tiers = {},
    .population = Population::acceptances,
    .needs = {},
    .inputs = {},
    .judges_acceptances = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
