#include <fmt/format.h>

#include <algorithm>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) &&
        inventory.facing(item) == Facing::unknown) {
      facts.can_judge(item, RuleInput::facing);
    }
    if (!inventory.is_customer_facing(item) || estate.reach.to_infrastructure.contains(item)) {
      continue;
    }
    facts.add(item);
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  std::vector<ItemId> used;
  for (const ItemId one : fact.graph().dependencies_of(fact.item())) {
    if (one != fact.item()) {
      used.push_back(one);
    }
  }
  used = in_order(inventory, std::move(used));
  finding.message = "relies on no live system or component";
  if (!used.empty()) {
    std::vector<std::string> names;
    for (const ItemId one : used) {
      names.push_back(inventory.is_live(one) ? label_of(inventory, one)
                                             : fmt::format("{} ({})", label_of(inventory, one),
                                                           to_string(inventory.state(one))));
    }
    finding.message += fmt::format(", only on {}", name_list(names));
  }
  used.resize(std::min<std::size_t>(used.size(), 3), no_item);
  finding.evidence = {{"nearest", ids_of(inventory, used)}};
}

std::string brief(const FactView& /*fact*/) {
  return "stands on no live system or component";
}

/// Those that face customers, and those of which the export does not say whether they do.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_customer_facing(item) || !inventory.has_input(item, RuleInput::facing);
}

const Register<Rule> rule{{
    .id = "customer-facing-unsupported",
    .title = "Customer-facing service stands on nothing",
    .severity = Severity::high,
    .certainty = Certainty::assumes_complete_export,
    .rationale =
        "Customers are served by something. If nothing is on record, nobody knows what has "
        "to work for this service to work.",
    .definition = "A live customer-facing service that reaches no live system or component through "
                  "live items.",
    .remedy = "Record the systems it relies on, directly or through supporting services.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {RuleInput::facing},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
