#include <algorithm>
#include <vector>

#include "analysis/sources.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

bool has_live_offering(const Estate& estate, ItemId service) {
  return std::ranges::any_of(estate.graph.held_by(service), [&](ItemId held) {
    return estate.inventory.is_offering(held) && estate.inventory.is_live(held);
  });
}

/// Services that are no part of another one and may face customers.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_service(item) && inventory.is_live(item) && !inventory.is_offering(item) &&
         inventory.facing(item) != Facing::supporting;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::vector<bool> offerings_exported =
      sources_where(inventory, [&](ItemId item) { return inventory.is_offering(item); });
  for (const ItemId item : inventory.items()) {
    if (!concerns(inventory, item)) {
      continue;
    }
    if (!offerings_exported[inventory.source_of(item)]) {
      facts.cannot_judge(item, "the export has no service offerings");
    } else if (!has_live_offering(estate, item)) {
      inventory.is_customer_facing(item)
          ? facts.add(item)
          : facts.undetermined(item, "nothing says whom the service faces");
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "faces customers, but has no live offering";
}

const Register<Rule> rule{{
    .id = "offering-missing",
    .title = "Service has no offering",
    .severity = Severity::low,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "An offering is what a customer can order, with its price and what is promised. A "
                 "service without one cannot be ordered, agreed on or measured.",
    .definition =
        "A live customer-facing service, itself no offering, without a live offering, in a source "
        "that has offerings. One of unknown facing without offering is undetermined.",
    .remedy = "Add the offerings that customers use, or say that the service faces nobody.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
