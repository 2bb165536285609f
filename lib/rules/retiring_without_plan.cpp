#include <fmt/format.h>

#include "analysis/stated.h"
#include "tierline/dates.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

bool is_retiring(const Inventory& inventory, ItemId item) {
  return inventory.state(item) == State::retiring;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Stated ends(inventory, RuleInput::ends);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && is_retiring(inventory, item) && ends.can_judge(item, facts) &&
        inventory.detail(item, RuleInput::ends) < inventory.as_of()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t end = fact.inventory().detail(fact.item(), RuleInput::ends);
  if (end == 0) {
    finding.message = "is to be retired, and nothing says when";
    return;
  }
  finding.message = fmt::format("was to be retired by {}, and is still there", day_text(end));
  finding.evidence = {{"endDate", day_text(end)}};
}

const Register<Rule> rule{{
    .id = "retiring-without-plan",
    .title = "Service is to be retired, and nobody knows when",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "What is to go some day goes never: it is paid for, and whoever relies on it has "
                 "no day to be gone by.",
    .definition = "A service that is being retired and whose end date is empty, or before the day "
                  "of the audit. Not judged where the export has no end dates.",
    .remedy = "Agree on the day with those who rely on it, and enter it; if the day is past, "
              "retire it.",
    .tiers = {Tier::service},
    .concerns = is_retiring,
    .needs = {Need::services},
    .inputs = {},
    .details = {RuleInput::ends},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
