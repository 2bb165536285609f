#include <fmt/format.h>

#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Live components of a class, and those of them that have an owner.
struct OwnedShare {
  std::uint32_t live = 0;
  std::uint32_t owned = 0;

  /// Owners are what the class has in place of groups.
  [[nodiscard]] bool is_usual() const { return 2 * owned >= live; }
};

bool is_live_component(const Inventory& inventory, ItemId item) {
  return inventory.tier(item) == Tier::component && inventory.is_live(item);
}

std::vector<OwnedShare> shares_by_class(const Inventory& inventory) {
  std::vector<OwnedShare> shares(inventory.class_names().size());
  for (const ItemId item : inventory.items()) {
    if (is_live_component(inventory, item)) {
      OwnedShare& share = shares[inventory.item_class(item)];
      ++share.live;
      share.owned += inventory.has_owner(item) ? 1U : 0U;
    }
  }
  return shares;
}

bool knows_groups(const Inventory& inventory) {
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    if (inventory.party(PartyId{i}).kind == PartyKind::group) {
      return true;
    }
  }
  return false;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const bool has_groups = knows_groups(inventory);
  const std::vector<OwnedShare> shares = shares_by_class(inventory);
  for (const ItemId item : inventory.items()) {
    if (!is_live_component(inventory, item) || inventory.has_owner(item) ||
        inventory.has_operator(item) || !facts.can_judge(item, RuleInput::accountable)) {
      continue;
    }
    const OwnedShare& share = shares[inventory.item_class(item)];
    if (!has_groups && share.is_usual() && !inventory.has_input(item, RuleInput::operates)) {
      facts.add(item, {share.owned, share.live});
    } else if (facts.can_judge(item, RuleInput::operates)) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  if (fact.evidence().empty()) {
    finding.message = "has neither an owner nor a group that runs it";
  } else {
    const std::uint64_t owned = fact.evidence()[0];
    const std::uint64_t live = fact.evidence()[1];
    finding.message = fmt::format("has no owner, which {} of {} of its class have",
                                  with_thousands(owned), with_thousands(live));
    finding.evidence = {{"ownedOfClass", owned}, {"liveOfClass", live}};
  }
  add_owner_hints(fact.inventory(), fact.item(), finding);
}

std::string brief(const FactView& /*fact*/) {
  return "nobody owns or runs it";
}

const Register<Rule> rule{{
    .id = "component-domain-owner-missing",
    .title = "Component belongs to no domain",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale = "A server needs no owner of its own, but a domain that it belongs to: the group "
                 "that runs it. Without one, nobody patches it and nobody misses it.",
    .definition = "A live component with neither an accountable owner nor a managing or support "
                  "group. Where no field for groups is exported and no group is known: one without "
                  "an accountable owner, if at least half of the live components of its class have "
                  "one.",
    .remedy = "Assign the group that runs it (ServiceNow: managed_by_group or support_group).",
    .tiers = {Tier::component},
    .needs = {Need::infrastructure},
    .inputs = {RuleInput::accountable, RuleInput::operates},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
