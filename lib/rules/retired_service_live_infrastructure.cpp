#include <fmt/format.h>

#include <vector>

#include "analysis/answered.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> outliving;
  for (const ItemId item : inventory.items()) {
    if (facts.is_in_scope(item) && is_live_part(inventory, item) &&
        !estate.reach.by_services.contains(item) &&
        estate.reach.by_retired_services.contains(item)) {
      outliving.push_back(item);
    }
  }
  if (outliving.empty()) {
    return;
  }
  const ItemSet retired = items_where(inventory, [&](ItemId item) {
    return inventory.is_service(item) && inventory.state(item) == State::retired;
  });
  const auto service_above = estate.graph.last_marked(retired, all_items(inventory), retired);
  for (const ItemId item : outliving) {
    facts.add(item, {index_of(service_above[index_of(item)])});
  }
}

void word(const FactView& fact, Finding& finding) {
  const ItemId service{fact.evidence()[0]};
  finding.message =
      fmt::format("is live, but no live service relies on it; {}, which is retired, did",
                  label_of(fact.inventory(), service));
  finding.evidence = {{"nearest", std::vector<std::string>{fact.inventory().id(service)}}};
}

std::string brief(const FactView& fact) {
  return fmt::format("outlives {}", brief_label_of(fact.inventory(), ItemId{fact.evidence()[0]}));
}

const Register<Rule> rule{{
    .id = "retired-service-live-infrastructure",
    .title = "Infrastructure outlives its service",
    .severity = Severity::high,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "A service is retired when what it stood on is gone. What was left running costs "
                 "money, and keeps its doors open.",
    .definition =
        "A live system or component that a retired service relies on, through items of any "
        "state, and no live service relies on through live items.",
    .remedy = "Decommission it, or record the live service that it serves.",
    .tiers = {Tier::system, Tier::component},
    .needs = {Need::services, Need::service_relations},
    .inputs = {},
    .concludes_from_absence_of = Absence::path,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
