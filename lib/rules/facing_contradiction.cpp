#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_live(item) && inventory.is_service(item) &&
        !inventory.contradiction(item).facing.empty()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::string& fields = fact.inventory().contradiction(fact.item()).facing;
  finding.message = fmt::format("faces customers and supports others at once: {}", fields);
  finding.evidence = {{"fields", fields}};
}

std::string brief(const FactView& /*fact*/) {
  return "fields disagree whom it faces";
}

std::string cause(const FactView& fact) {
  return fact.inventory().contradiction(fact.item()).facing;
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{}: {}", subject_list(facts), cause(facts.front()));
}

const Register<Rule> rule{{
    .id = "facing-contradiction",
    .title = "Fields disagree whom the service faces",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .set = RuleSet::all,
    .rationale =
        "Whether a service faces customers decides who should own it and how its outages are "
        "judged. Where two fields say different things, each report picks one of them.",
    .definition =
        "A live service of which one field, or its class, says that it supports other services, "
        "and "
        "another that it faces customers. A field that only tells what holds where others are "
        "empty says nothing beside them.",
    .remedy = "Ask its owner whom it faces, and correct the field that is wrong.",
    .tiers = {Tier::service},
    .needs = {},
    .inputs = {},
    .details = {RuleInput::contradictions},
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
