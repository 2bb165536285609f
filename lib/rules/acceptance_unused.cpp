#include <fmt/format.h>

#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  for (std::uint32_t i = 0; i < estate.acceptances.size(); ++i) {
    const Acceptance& one = estate.acceptances[i];
    const bool has_begun = one.is_in_force || one.has_expired;
    // Of one that has expired: all that it fits is accepted by another one.
    const bool is_of_use = one.has_expired ? one.open > 0 : one.fitting > 0;
    if (!has_begun || is_of_use) {
      continue;
    }
    if (one.was_judged) {
      facts.add(SubjectKind::acceptance, i);
    } else {
      facts.cannot_judge(
          "what it is for may be among what this run did not look at or could not judge");
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Acceptance& one = fact.acceptance();
  finding.message = one.has_expired ? "has expired, and there is nothing left that it accepted"
                                    : "accepts nothing: there is no such finding";
  finding.evidence = {{"approver", one.approver}, {"acceptedUntil", one.expires}};
}

const Register<Rule> rule{{
    .id = "acceptance-unused",
    .title = "Acceptance accepts nothing",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "What was accepted is repaired, or was never found. The line that is left "
                 "accepts, unseen, whatever comes to fit it.",
    .definition =
        "An acceptance that no finding fits, or one that has expired and whose findings are gone "
        "or accepted by another. Not judged before its first day, nor where its rule was not asked "
        "or could not be judged everywhere, nor by a run that reports only a part of the estate.",
    .remedy = "Remove it, or correct what it is to fit.",
    .tiers = {},
    .population = Population::acceptances,
    .needs = {},
    .inputs = {},
    .judges_acceptances = true,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
