#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

static_assert(Reach::sharing_services == 3 && Reach::sharing_owners == 2,
              "the definition below says these numbers");

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::system && inventory.is_live(item)) {
      facts.can_judge(item, RuleInput::accountable);
    }
  }
  for (const auto& [item, consumers] : estate.reach.shared_unowned) {
    if (inventory.tier(item) != Tier::system) {
      continue;
    }
    facts.add(item, {facts.keep(consumers.services), facts.keep(numbers_of(consumers.owners))});
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<ItemId> services = items_of(fact.list(fact.evidence()[0]));
  const auto owners = labels_of(inventory, parties_of(fact.list(fact.evidence()[1])));
  finding.message = fmt::format(
      "has no accountable owner, though services of several owners rely on it, such as {}, owned "
      "by {}",
      name_list(inventory, services), name_list(owners));
  finding.evidence = {{"sharedBy", ids_of(inventory, services)}, {"consumerOwners", owners}};
  add_owner_hints(inventory, fact.item(), finding);
}

std::string brief(const FactView& /*fact*/) {
  return "several rely on it, and nobody owns it";
}

const Register<Rule> rule{{
    .id = "shared-platform-unowned",
    .title = "Shared platform has no owner",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .family = "unowned",
    .rationale = "A platform that several services share, and nobody owns, is changed by whoever "
                 "shouts loudest and paid for by whoever looks last.",
    .definition = "A live system without accountable owner that at least 3 live services rely on, "
                  "through live items, with at least 2 different owners among them.",
    .remedy = "Name an owner for the platform, who works it out with the owners of the services "
              "that use it.",
    .tiers = {Tier::system},
    .needs = {Need::infrastructure, Need::service_relations},
    .inputs = {RuleInput::accountable},
    .is_long = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
