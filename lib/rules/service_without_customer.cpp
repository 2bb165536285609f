#include <vector>

#include "analysis/families.h"
#include "analysis/sources.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Items with an agreement: as a field, a table or a relation says.
ItemSet with_agreement(const Inventory& inventory) {
  ItemSet items = items_where(inventory, [&](ItemId item) {
    return inventory.detail(item, RuleInput::customers) > 0 ||
           !inventory.parties_in_role(item, Role::customer).empty();
  });
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    for (const ItemId end : {relation.from, relation.to}) {
      if (relation.kind == RelationKind::agreement && end != no_item) {
        items.add(end);
      }
    }
  }
  return items;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Families families(estate);
  const ItemSet agreed = with_agreement(inventory);
  const std::vector<bool> has_some = sources_where(
      inventory, [&](ItemId item) { return inventory.is_service(item) && agreed.contains(item); });
  std::vector<bool> is_agreed(inventory.item_count());  // By head.
  for (const ItemId item : inventory.items()) {
    if (families.head_of(item) != no_item && agreed.contains(item)) {
      is_agreed[index_of(families.head_of(item))] = true;
    }
  }
  for (const ItemId item : inventory.items()) {
    if (!families.is_head(item) || !families.is_customer_facing(item)) {
      continue;
    }
    if (!has_some[inventory.source_of(item)]) {
      facts.cannot_judge(item, "the export has no agreements with customers");
    } else if (!is_agreed[index_of(item)]) {
      facts.add(item);
    }
  }
}

void word(const FactView& /*fact*/, Finding& finding) {
  finding.message = "faces customers, and no customer has an agreement about it";
}

/// Those that face customers.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_customer_facing(item);
}

const Register<Rule> rule{{
    .id = "service-without-customer",
    .title = "No customer has an agreement about the service",
    .severity = Severity::medium,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "Other services are paid for and promised to somebody. One that nobody has agreed "
                 "to take may have no customer left, or serve one who was promised nothing.",
    .definition = "A live customer-facing service without a customer or an agreement, in a source "
                  "some services of which have one. A service and its live offerings are one: an "
                  "agreement about one of them holds for all.",
    .remedy = "Find out who uses it, and agree with them; if nobody does, retire it.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {},
    .details = {RuleInput::customers},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
