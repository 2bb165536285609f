#include <fmt/format.h>

#include <algorithm>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) &&
        inventory.facing(item) == Facing::unknown) {
      findings.can_judge(item, Input::facing);
    }
    if (!inventory.is_customer_facing(item) || estate.reach.to_infrastructure.contains(item)) {
      continue;
    }
    std::vector<ItemId> used;
    for (const ItemId one : estate.graph.relies_on(item)) {
      if (one != item) {
        used.push_back(one);
      }
    }
    used = in_order(inventory, std::move(used));
    std::string message = "relies on no live system or component";
    if (!used.empty()) {
      std::vector<std::string> names;
      for (const ItemId one : used) {
        names.push_back(inventory.is_live(one) ? inventory.label(one)
                                               : fmt::format("{} ({})", inventory.label(one),
                                                             to_string(inventory.state(one))));
      }
      message += fmt::format(", only on {}", name_list(names));
    }
    used.resize(std::min<std::size_t>(used.size(), 3), no_item);
    findings.add(item, std::move(message), {{"nearest", ids_of(inventory, used)}});
  }
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
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {Input::facing},
    .concludes_from_absence_of = Absence::path,
    .check = check,
}};

}  // namespace
}  // namespace tierline
