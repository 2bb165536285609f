#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_live(item) && inventory.tier(item) != Tier::unmapped &&
        !inventory.contradiction(item).state.empty()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::string& fields = fact.inventory().contradiction(fact.item()).state;
  finding.message = fmt::format("is in two states at once: {}", fields);
  finding.evidence = {{"fields", fields}};
}

std::string brief(const FactView& /*fact*/) {
  return "fields disagree whether it is in use";
}

std::string cause(const FactView& fact) {
  return fact.inventory().contradiction(fact.item()).state;
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{}: {}", subject_list(facts), cause(facts.front()));
}

const Register<Rule> rule{{
    .id = "status-contradiction",
    .title = "Fields disagree whether the item is in use",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .confidence = Confidence::certain,
    .set = RuleSet::all,
    .rationale =
        "Each process reads the field that it knows. What one takes for retired is still paid for, "
        "patched or relied on by another.",
    .definition = "A live item of which one field says that it is planned, in use or retired, and "
                  "another says "
                  "another of these; being retired soon is being in use.",
    .remedy = "Find out what is true, and let one field follow the other.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {},
    .details = {RuleInput::contradictions},
    .fix = FixKind::settle_state,
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
