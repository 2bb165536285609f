#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/environment.h"
#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// A critical service, and what it needs that is no production.
struct Pair {
  ItemId service;
  ItemId needed;
};

std::vector<Pair> nonproduction_needs(const Estate& estate, const CriticalServices& critical) {
  const Inventory& inventory = estate.inventory;
  std::vector<Pair> needs;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind != RelationKind::needs || relation.membership || relation.from == no_item ||
        relation.to == no_item) {
      continue;
    }
    const ItemId service = critical.head_of(relation.from);
    // What an offering for test needs is no matter of the service's.
    if (service != no_item && inventory.is_live(relation.to) &&
        is_nonproduction(inventory, relation.to) && !is_nonproduction(inventory, relation.from) &&
        !is_nonproduction(inventory, service)) {
      needs.push_back({service, relation.to});
    }
  }
  return needs;
}

void check(const Estate& estate, Facts& facts) {
  const CriticalServices critical(estate, facts);
  std::vector<Pair> needs = nonproduction_needs(estate, critical);
  std::ranges::stable_sort(needs, {}, &Pair::service);
  for (auto at = needs.begin(); at != needs.end();) {
    const ItemId service = at->service;
    std::vector<ItemId> needed;
    for (; at != needs.end() && at->service == service; ++at) {
      needed.push_back(at->needed);
    }
    needed = in_order(estate.inventory, std::move(needed));
    facts.add(service, {static_cast<std::uint32_t>(critical.families().criticality(service)),
                        facts.keep(needed)});
  }
}

/// `Cart (Test)`
std::string placed(const Inventory& inventory, ItemId item) {
  return fmt::format("{} ({})", label_of(inventory, item), shortened(inventory.environment(item)));
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<ItemId> needed = items_of(fact.list(fact.evidence()[1]));
  std::vector<std::string> names;
  for (const ItemId item : needed) {
    names.push_back(placed(inventory, item));
  }
  finding.message = fmt::format("is of criticality {} and needs what is not in production: {}",
                                fact.evidence()[0], name_list(names));
  finding.evidence = {{"nonproduction", ids_of(inventory, needed)}};
}

std::string brief(const FactView& fact) {
  const auto needed = fact.list(fact.evidence()[1]);
  return needed.size() > 1 ? fmt::format("needs {} items not in production", needed.size())
                           : fmt::format("needs {}, not in production",
                                         brief_label_of(fact.inventory(), ItemId{needed[0]}));
}

const Register<Rule> rule{{
    .id = "critical-on-nonproduction",
    .title = "Critical service needs what is not in production",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "What stands in test or development is changed, reset and switched off at will. "
                 "Either a service that must not stop hangs on it, or the relation is wrong.",
    .definition =
        "A live service of criticality 1 or 2 (`weakest-criticality`) whose own environment is "
        "empty or production, and "
        "that directly needs a live item whose environment is stated and is not production. "
        "Production is one of: production, prod, prd, live, disaster recovery, dr. A service and "
        "its live offerings count as one, as critical as the most critical of them; what an "
        "offering outside production needs does not count.",
    .remedy = "Let it need the item in production, or correct the environment of the item.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::service_relations},
    .inputs = {},
    .options = {weakest_criticality},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
