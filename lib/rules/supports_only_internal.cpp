#include <fmt/format.h>

#include <vector>

#include "analysis/families.h"
#include "analysis/sources.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

ItemSet live_services(const Inventory& inventory, Facing facing) {
  return items_where(inventory, [&](ItemId item) {
    return inventory.is_service(item) && inventory.is_live(item) &&
           inventory.facing(item) == facing;
  });
}

/// Live services each of which stands for its offerings; none of these faces customers.
std::vector<ItemId> without_customers(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  ItemSet faces_customers(inventory.item_count());
  for (const ItemId item : inventory.items()) {
    if (inventory.is_customer_facing(item)) {
      faces_customers.add(family_of(inventory, estate.graph, item));
    }
  }
  std::vector<ItemId> services;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) && !faces_customers.contains(item) &&
        family_of(inventory, estate.graph, item) == item) {
      services.push_back(item);
    }
  }
  return services;
}

class Check {
 public:
  explicit Check(const Estate& estate)
      : estate_(estate),
        inventory_(estate.inventory),
        internal_(live_services(inventory_, Facing::internal)),
        external_(live_services(inventory_, Facing::external)),
        by_internal_(estate.graph.reachable_from(internal_, estate.reach.live)),
        by_external_(estate.graph.reachable_from(external_, estate.reach.live)) {}

  void run(Facts& facts) const {
    const std::vector<bool> has_external =
        sources_where(inventory_, [&](ItemId item) { return external_.contains(item); });
    std::vector<ItemId> found;
    for (const ItemId item : without_customers(estate_)) {
      if (has_external[inventory_.source_of(item)] && !by_external_.contains(item) &&
          is_internal_only(item, facts)) {
        found.push_back(item);
      }
    }
    if (found.empty()) {
      return;
    }
    const auto nearest = estate_.graph.last_marked(internal_, estate_.reach.live, internal_);
    for (const ItemId item : found) {
      facts.add(item, {index_of(nearest[index_of(item)])});
    }
  }

 private:
  /// Of one that no external service relies on.
  [[nodiscard]] bool is_internal_only(ItemId item, Facts& facts) const {
    const bool is_open = inventory_.facing(item) == Facing::unknown;
    if (!by_internal_.contains(item) &&
        (is_open || !estate_.reach.by_unknown_facing.contains(item))) {
      return false;
    }
    if (is_open) {
      if (facts.can_judge(item, RuleInput::facing)) {
        facts.undetermined(item, "nothing says whom it faces");
      }
      return false;
    }
    if (estate_.reach.by_unknown_facing.contains(item)) {
      facts.undetermined(item, "a live service of unknown facing relies on it");
      return false;
    }
    return true;
  }

  const Estate& estate_;
  const Inventory& inventory_;
  ItemSet internal_;
  ItemSet external_;
  ItemSet by_internal_;
  ItemSet by_external_;
};

void check(const Estate& estate, Facts& facts) {
  Check(estate).run(facts);
}

void word(const FactView& fact, Finding& finding) {
  const ItemId nearest{fact.evidence()[0]};
  finding.message = fmt::format("supports internal services only, such as {}",
                                label_of(fact.inventory(), nearest));
  finding.evidence = {{"nearest", ids_of(fact.inventory(), std::vector{nearest})}};
}

std::string brief(const FactView& /*fact*/) {
  return "supports internal services only";
}

bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) == Facing::supporting || inventory.facing(item) == Facing::unknown;
}

const Register<Rule> rule{{
    .id = "supports-only-internal",
    .title = "Supporting service serves the organisation only",
    .severity = Severity::info,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "What no customer outside stands on can be bought, changed or stopped by other "
                 "rules than what earns the money. Or a relation that would tell is not on "
                 "record.",
    .definition = "A live supporting service that a live internal service relies on, through live "
                  "items, and no external one does, in a source that has live external services. A "
                  "service and its live offerings are one. If a live service of unknown facing "
                  "relies on it, it is undetermined.",
    .remedy = "Record the external services that rely on it, or weigh it by what its internal "
              "customers need.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services, Need::service_relations},
    .inputs = {RuleInput::facing},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
