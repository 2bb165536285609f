// All there is to say of a person or a group.

#include <algorithm>

#include "tierline/explain.h"

namespace tierline {
namespace {

void sort_by_tier_and_name(const Inventory& inventory, std::vector<ItemId>& items) {
  std::ranges::sort(items, [&](ItemId a, ItemId b) {
    if (inventory.tier(a) != inventory.tier(b)) {
      return inventory.tier(a) < inventory.tier(b);
    }
    const std::string name = inventory.label(a);
    const std::string other = inventory.label(b);
    return name != other ? name < other : inventory.comes_before(a, b);
  });
}

}  // namespace

PartyExplanation explain_party(const AuditReport& report, PartyId party) {
  const Inventory& inventory = report.inventory;
  PartyExplanation explanation;
  explanation.party = party;
  ItemSet owned(inventory.item_count());
  for (const ItemId item : inventory.items()) {
    bool operates = false;
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      if (responsibility.party == party && responsibility.role == Role::accountable) {
        owned.add(item);
      }
      operates = operates || (responsibility.party == party && is_operator(responsibility.role));
    }
    if (inventory.is_live(item) && owned.contains(item)) {
      explanation.owned.push_back(item);
    } else if (inventory.is_live(item) && operates) {
      explanation.operated.push_back(item);
    }
  }
  sort_by_tier_and_name(inventory, explanation.owned);
  sort_by_tier_and_name(inventory, explanation.operated);
  const auto is_owned = [&](ItemId item) { return item != no_item && owned.contains(item); };
  report.each_fact([&](const FactView& fact) {
    if ((fact.kind() == SubjectKind::party && fact.party() == party) || is_owned(fact.item()) ||
        std::ranges::any_of(fact.members(), is_owned)) {
      explanation.findings.push_back(fact);
    }
  });
  std::ranges::stable_sort(explanation.findings, std::ranges::greater(), &FactView::severity);
  return explanation;
}

}  // namespace tierline
