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
    .meaning = "the days that may lie between the last review and the audit",
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::uint32_t most = facts.option(most_days.name);
  const Stated days(inventory, RuleInput::reviewed);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) && days.can_judge(item, facts) &&
        inventory.detail(item, RuleInput::reviewed) + most < inventory.as_of()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t day = fact.inventory().detail(fact.item(), RuleInput::reviewed);
  if (day == 0) {
    finding.message = "was never reviewed";
    return;
  }
  finding.message = fmt::format("was last reviewed on {}", day_text(day));
  finding.evidence = {{"reviewed", day_text(day)}};
}

const Register<Rule> rule{{
    .id = "review-overdue",
    .title = "Service has not been reviewed for a year",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "A service that nobody looks at grows away from what it was meant "
                 "for, and costs what it always did.",
    .definition = "A live service whose date of last review is empty, or more than "
                  "365 days (`most-days`) before the day of the audit. Not judged where the "
                  "export has no such dates.",
    .remedy =
        "Review it with its owner: whom it serves, what it costs, whether it is still wanted.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .details = {RuleInput::reviewed},
    .options = {most_days},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
