#include <fmt/format.h>

#include <map>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  std::map<ItemId, std::vector<ItemId>> retired_needs;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::needs && !relation.membership && relation.from != no_item &&
        relation.to != no_item && inventory.is_live(relation.from) &&
        inventory.state(relation.to) == State::retired) {
      retired_needs[relation.from].push_back(relation.to);
    }
  }
  for (auto& [item, retired] : retired_needs) {
    retired = in_order(inventory, std::move(retired));
    findings.add(item,
                 fmt::format("needs {}, which {} retired", name_list(inventory, retired),
                             retired.size() == 1 ? "is" : "are"),
                 {{"retired", ids_of(inventory, retired)}});
  }
}

const Register<Rule> rule{{
    .id = "live-needs-retired",
    .title = "Live item needs a retired one",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "Either the need is gone and the record is old, or something live stands on what "
                 "nobody looks after any more.",
    .definition = "A live item that needs a retired one; one finding for each live item.",
    .remedy = "Remove the relation, or bring back or replace what was retired.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component, Tier::unmapped},
    .needs = {Need::relations},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
