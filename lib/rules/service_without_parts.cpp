#include <vector>

#include "analysis/answered.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Services that hold a part as a membership, themselves or through services that they hold.
ItemSet holders_of_parts(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  ItemSet holders(inventory.item_count());
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.membership && relation.from != no_item && relation.to != no_item &&
        is_live_part(inventory, relation.to)) {
      holders.add(relation.from);
    }
  }
  return estate.graph.holding(holders);
}

/// Those that face customers are told of as what they are, by a rule of their own.
bool concerns(const Inventory& inventory, ItemId item) {
  return !inventory.is_customer_facing(item);
}

/// By source: whether at least half of its live services have parts, so that parts are recorded.
std::vector<bool> records_parts(const Inventory& inventory, const ItemSet& have_parts) {
  std::vector<std::int64_t> balance(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item)) {
      balance[inventory.source_of(item)] += have_parts.contains(item) ? 1 : -1;
    }
  }
  std::vector<bool> records;
  for (const std::int64_t one : balance) {
    records.push_back(one >= 0);
  }
  return records;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const ItemSet holders = holders_of_parts(estate);
  const ItemSet have_parts = items_where(inventory, [&](ItemId item) {
    return estate.reach.to_infrastructure.contains(item) || holders.contains(item);
  });
  const std::vector<bool> says_it = records_parts(inventory, have_parts);
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item) && concerns(inventory, item) &&
        !have_parts.contains(item) && says_it[inventory.source_of(item)]) {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "consists of nothing: it relies on no live system or component, and holds none";
}

std::string brief(const FactView& /*fact*/) {
  return "consists of nothing";
}

const Register<Rule> rule{{
    .id = "service-without-parts",
    .title = "Service consists of nothing",
    .severity = Severity::low,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "A service that nothing is recorded of but its name cannot fail, cost or be "
                 "changed in anybody's records: either its parts are not recorded, or it is a name "
                 "only.",
    .definition = "A live service that is not known to face customers, relies on no live system or "
                  "component through live items, and holds none as its member, itself or through "
                  "services that it holds; in a source where at least half of the live services "
                  "have some.",
    .remedy = "Record the systems that it consists of, or remove it if there are none.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
