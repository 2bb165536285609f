#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  ItemSet services(inventory.item_count());
  std::vector<bool> says_where(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item)) {
      continue;
    }
    if (inventory.is_live(item)) {
      services.add(item);
    }
    const std::uint16_t source = inventory.source_of(item);
    says_where[source] = says_where[source] || estate.reach.shapes[source].listings > 0 ||
                         inventory.has_input(item, RuleInput::portfolio);
  }
  const ItemSet holding = estate.graph.holding(services);
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) != Tier::portfolio || !inventory.is_live(item) ||
        holding.contains(item)) {
      continue;
    }
    if (says_where[inventory.source_of(item)]) {
      facts.add(item);
    } else {
      facts.undetermined(item, "the export does not say which services portfolios contain");
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "contains no live service";
}

const Register<Rule> rule{{
    .id = "empty-portfolio",
    .title = "Portfolio contains no live service",
    .severity = Severity::low,
    .certainty = Certainty::assumes_complete_export,
    .rationale =
        "An empty portfolio is a plan for nothing, or its services are recorded elsewhere.",
    .definition = "A live portfolio that contains no live service, directly or in portfolios and "
                  "services within it.",
    .remedy = "Move services into it, or retire it.",
    .tiers = {Tier::portfolio},
    .needs = {Need::services, Need::portfolios},
    .inputs = {RuleInput::portfolio},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
