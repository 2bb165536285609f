#include <vector>

#include "tierline/rule.h"

namespace tierline {
namespace {

bool is_live_system(const Inventory& inventory, ItemId item) {
  return inventory.tier(item) == Tier::system && inventory.is_live(item);
}

ItemSet contained_by_services(const Inventory& inventory) {
  ItemSet contained(inventory.item_count());
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::contains && relation.from != no_item &&
        relation.to != no_item && inventory.is_service(relation.from)) {
      contained.add(relation.to);
    }
  }
  return contained;
}

/// By source: whether services contain at least half of its live systems, so that it is meant.
std::vector<bool> says_what_contains_systems(const Inventory& inventory, const ItemSet& contained) {
  struct Count {
    std::uint64_t systems = 0;
    std::uint64_t contained = 0;
  };
  std::vector<Count> counts(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    if (is_live_system(inventory, item)) {
      Count& count = counts[inventory.source_of(item)];
      ++count.systems;
      count.contained += contained.contains(item) ? 1U : 0U;
    }
  }
  std::vector<bool> says_it;
  for (const Count& count : counts) {
    says_it.push_back(count.contained > 0 && 2 * count.contained >= count.systems);
  }
  return says_it;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const ItemSet contained = contained_by_services(inventory);
  const std::vector<bool> says_it = says_what_contains_systems(inventory, contained);
  for (const ItemId item : inventory.items()) {
    if (is_live_system(inventory, item) && !contained.contains(item) &&
        says_it[inventory.source_of(item)]) {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "is in no service, though most systems are in one";
}

const Register<Rule> rule{{
    .id = "system-in-no-service",
    .title = "System belongs to no service",
    .severity = Severity::info,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "Where systems are put into services, one that is in none falls through: it may "
                 "be used, but no service owner looks after it.",
    .definition = "A live system that no service contains, in a source where services contain at "
                  "least half of the live systems; something may rely on it all the same.",
    .remedy = "Put it into the service that it is a part of.",
    .tiers = {Tier::system},
    .needs = {Need::services, Need::infrastructure},
    .inputs = {},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
