#include <fmt/format.h>

#include "analysis/stated.h"
#include "tierline/dates.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr RuleOption most_days = {
    .name = "most-days",
    .standard = 365,
    .least = 1,
    .most = 36500,
    .meaning = "the days that may lie between the attestation and the audit",
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::uint32_t most = facts.option(most_days.name);
  const Stated days(inventory, RuleInput::attested);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) && days.can_judge(item, facts) &&
        inventory.detail(item, RuleInput::attested) + most < inventory.as_of()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t day = fact.inventory().detail(fact.item(), RuleInput::attested);
  if (day == 0) {
    finding.message = "was never confirmed by its owner";
    return;
  }
  finding.message = fmt::format("was last confirmed by its owner on {}", day_text(day));
  finding.evidence = {{"attested", day_text(day)}};
}

const Register<Rule> rule{{
    .id = "ownership-unattested",
    .title = "Nobody has confirmed who owns the service",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "An owner who was entered years ago may have changed posts twice. "
                 "Only one who was asked, and said yes, is known to be one.",
    .definition = "A live service whose date of attestation is empty, or more than "
                  "365 days (`most-days`) before the day of the audit. Not judged where the "
                  "export has no such dates.",
    .remedy = "Ask the owner to confirm, once a year, and enter the day.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .details = {RuleInput::attested},
    .options = {most_days},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
