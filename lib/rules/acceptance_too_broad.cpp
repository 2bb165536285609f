#include <fmt/format.h>

#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::string_view most_option = "most-findings";

void check(const Estate& estate, Facts& facts) {
  for (std::uint32_t i = 0; i < estate.acceptances.size(); ++i) {
    const Acceptance& one = estate.acceptances[i];
    if (one.is_in_force && one.fitting > facts.option(most_option)) {
      facts.add(SubjectKind::acceptance, i);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Acceptance& one = fact.acceptance();
  finding.message =
      fmt::format("fits {}, and one decision should not be about more than {}",
                  count_of(one.fitting, "finding"), with_thousands(fact.option(most_option)));
  finding.evidence = {
      {"approver", one.approver}, {"acceptedUntil", one.expires}, {"findingCount", one.fitting}};
}

std::string brief(const FactView& fact) {
  return "fits " + count_of(fact.acceptance().fitting, "finding");
}

const Register<Rule> rule{{
    .id = "acceptance-too-broad",
    .title = "Acceptance covers too much",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "Nobody has looked at hundreds of findings that are accepted in one line, and "
                 "what is found tomorrow is accepted with them.",
    .definition = "An acceptance in force that fits more than 50 findings, or as many as the "
                  "configuration says.",
    .remedy = "Accept by item, owner or portfolio, with a reason for each, or turn the rule off "
              "where it is of no use.",
    .tiers = {},
    .population = Population::acceptances,
    .needs = {},
    .inputs = {},
    .judges_acceptances = true,
    .options = {{.name = most_option,
                 .standard = 50,
                 .least = 1,
                 .meaning = "how many findings one acceptance may fit"}},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
