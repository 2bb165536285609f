#include <fmt/format.h>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// The owners of the nearest portfolio or service that holds an item and has one who is still
/// there: not its owners, but whom it would fall to.
class Inherited {
 public:
  explicit Inherited(const Estate& estate) : inventory_(estate.inventory) {
    holder_ = estate.graph.nearest_holder(
        items_where(inventory_, [&](ItemId item) { return !present_owners(item).empty(); }));
  }

  void add_to(std::string& message, Evidence& evidence, ItemId item) const {
    const ItemId holder = holder_[index_of(item)];
    if (holder != no_item) {
      auto owners = labels_of(inventory_, present_owners(holder));
      message +=
          fmt::format("; it is in {}, which {} owns", inventory_.label(holder), name_list(owners));
      evidence.emplace_back("heldBy", inventory_.id(holder));
      evidence.emplace_back("inheritedOwners", std::move(owners));
    }
  }

 private:
  [[nodiscard]] std::vector<PartyId> present_owners(ItemId item) const {
    std::vector<PartyId> owners = inventory_.owners(item);
    std::erase_if(owners, [&](PartyId owner) { return !inventory_.party(owner).active; });
    return owners;
  }

  const Inventory& inventory_;
  std::vector<ItemId> holder_;
};

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  const Inherited inherited(estate);
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item) || inventory.has_owner(item) ||
        !findings.can_judge(item, Input::accountable)) {
      continue;
    }
    std::string message = "has no accountable owner";
    Evidence evidence;
    add_owner_hints(inventory, item, message, evidence);
    inherited.add_to(message, evidence, item);
    const auto shared = estate.reach.shared_unowned.find(item);
    if (shared != estate.reach.shared_unowned.end()) {
      evidence.emplace_back("sharedBy", ids_of(inventory, shared->second.services));
    }
    findings.add(item, std::move(message), std::move(evidence));
  }
}

const Register<Rule> rule{{
    .id = "owner-missing",
    .title = "Service has no accountable owner",
    .severity = Severity::high,
    .certainty = Certainty::proven,
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
    .inputs = {Input::accountable},
    .check = check,
}};

}  // namespace
}  // namespace tierline
