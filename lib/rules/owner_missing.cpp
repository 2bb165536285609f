#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

std::vector<PartyId> present_owners(const Inventory& inventory, ItemId item) {
  std::vector<PartyId> owners = inventory.owners(item);
  std::erase_if(owners, [&](PartyId owner) { return !inventory.party(owner).active; });
  return owners;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> unowned;
  for (const ItemId item : inventory.items()) {
    if (facts.is_in_scope(item) && inventory.is_service(item) && inventory.is_live(item) &&
        !inventory.has_owner(item) && facts.can_judge(item, RuleInput::accountable)) {
      unowned.push_back(item);
    }
  }
  if (unowned.empty()) {
    return;
  }
  // Not its owners, but whom it would fall to: those of the nearest portfolio or service that holds
  // it and has one who is still there.
  const std::vector<ItemId> holders = estate.graph.nearest_holder(items_where(
      inventory, [&](ItemId item) { return !present_owners(inventory, item).empty(); }));
  for (const ItemId item : unowned) {
    Numbers evidence{index_of(holders[index_of(item)])};
    const auto shared = estate.reach.shared_unowned.find(item);
    if (shared != estate.reach.shared_unowned.end()) {
      const Numbers shared_by = numbers_of(shared->second.services);
      evidence.insert(evidence.end(), shared_by.begin(), shared_by.end());
    }
    facts.add(item, evidence);
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  finding.message = "has no accountable owner";
  add_owner_hints(inventory, fact.item(), finding);
  const ItemId holder{fact.evidence()[0]};
  if (holder != no_item) {
    auto owners = labels_of(inventory, present_owners(inventory, holder));
    finding.message +=
        fmt::format("; it is in {}, which {} owns", label_of(inventory, holder), name_list(owners));
    finding.evidence.emplace_back("heldBy", inventory.id(holder));
    finding.evidence.emplace_back("inheritedOwners", std::move(owners));
  }
  const auto shared_by = items_of(fact.evidence().subspan(1));
  if (!shared_by.empty()) {
    finding.evidence.emplace_back("sharedBy", ids_of(inventory, shared_by));
  }
}

std::string brief(const FactView& /*fact*/) {
  return "has no accountable owner";
}

const Register<Rule> rule{{
    .id = "owner-missing",
    .title = "Service has no accountable owner",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .family = "unowned",
    .rationale =
        "Someone has to answer for a service: decide what it should be, find the money for "
        "it, sign its changes, lead when it fails. Who runs it is not who answers for it.",
    .definition =
        "A live service whose accountable field is empty or holds a placeholder. Support "
        "groups, managers and the owners of what contains it are named as candidates, and "
        "never count as owners.",
    .remedy = "Name one person in the service's accountable field (ServiceNow: owned_by).",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {RuleInput::accountable},
    .fix = FixKind::name_owner,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
