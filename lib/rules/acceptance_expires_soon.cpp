#include <fmt/format.h>

#include "tierline/dates.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::string_view days_option = "days";

void check(const Estate& estate, Facts& facts) {
  const std::uint32_t today = estate.inventory.as_of();
  for (std::uint32_t i = 0; i < estate.acceptances.size(); ++i) {
    const Acceptance& one = estate.acceptances[i];
    if (one.is_in_force && one.accepted > 0 &&
        parse_days(one.expires) - today <= facts.option(days_option)) {
      facts.add(SubjectKind::acceptance, i);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Acceptance& one = fact.acceptance();
  const std::uint32_t left = parse_days(one.expires) - fact.inventory().as_of();
  finding.message =
      fmt::format("is accepted until {}, {}: then {} open again", one.expires,
                  left == 0 ? "which is today" : "in " + count_of(left, "day"),
                  one.accepted == 1 ? "1 finding is" : count_of(one.accepted, "finding") + " are");
  finding.evidence = {
      {"approver", one.approver}, {"acceptedUntil", one.expires}, {"findingCount", one.accepted}};
}

std::string brief(const FactView& fact) {
  return "is accepted until " + fact.acceptance().expires;
}

const Register<Rule> rule{{
    .id = "acceptance-expires-soon",
    .title = "Acceptance runs out within days",
    .severity = Severity::info,
    .certainty = Certainty::proven,
    .rationale = "Who has to decide again needs to know before a pipeline fails.",
    .definition = "An acceptance that accepts something, and whose last day is at most 14 days "
                  "after the day of the audit, or as many as the configuration says.",
    .remedy = "Repair what is accepted before that day, or have it decided again.",
    .tiers = {},
    .population = Population::acceptances,
    .needs = {},
    .inputs = {},
    .judges_acceptances = true,
    .options = {{.name = days_option,
                 .standard = 14,
                 .least = 0,
                 .most = most_days_accepted,
                 .meaning = "how many days before its last day one is told of"}},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
