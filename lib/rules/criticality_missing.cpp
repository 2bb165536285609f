#include <vector>

#include "analysis/service_reach.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// A service and its live offerings.
struct Family {
  bool faces_customers = false;
  bool is_open = false;  ///< Whom some of them face is unknown.
  bool is_stated = false;
};

std::vector<Family> families_of(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  std::vector<Family> families(inventory.item_count());
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item)) {
      Family& family = families[index_of(family_of(inventory, estate.graph, item))];
      family.faces_customers = family.faces_customers || inventory.is_customer_facing(item);
      family.is_open = family.is_open || inventory.facing(item) == Facing::unknown;
      family.is_stated = family.is_stated || inventory.criticality(item) != 0;
    }
  }
  return families;
}

/// By source: whether some service has a criticality.
std::vector<bool> states_criticality(const Inventory& inventory) {
  std::vector<bool> states(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.criticality(item) != 0) {
      states[inventory.source_of(item)] = true;
    }
  }
  return states;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::vector<Family> families = families_of(estate);
  const std::vector<bool> states = states_criticality(inventory);
  for (const ItemId item : inventory.items()) {
    const Family& family = families[index_of(item)];
    if (family.is_stated || (!family.faces_customers && !family.is_open)) {
      continue;
    }
    if (!states[inventory.source_of(item)]) {
      facts.cannot_judge(item, "no service of the export has a criticality");
    } else if (family.faces_customers) {
      facts.add(item);
    } else if (facts.can_judge(item, Input::facing)) {
      facts.undetermined(item, "nothing says whom it faces");
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "faces customers, and nothing says how critical it is";
}

/// Those that face customers, and those of which nothing says whether they do.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) != Facing::supporting;
}

const Register<Rule> rule{{
    .id = "criticality-missing",
    .title = "Nobody knows how critical the service is",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "In an outage, what is most critical is restored first. A service that nobody has "
                 "rated waits for whoever shouts, and so does all that it stands on.",
    .definition = "A live customer-facing service without criticality. A service and its live "
                  "offerings are one: what one of them says holds for all. Not judged in a source "
                  "none of whose services has a criticality.",
    .remedy = "Rate it with its owner, by what an outage costs its customers (ServiceNow: "
              "busines_criticality).",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {Input::facing},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
