#include <fmt/format.h>

#include <tuple>

#include "analysis/families.h"
#include "analysis/nearest_below.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Live systems of `below` of which the export says that nobody answers for them or runs them.
ItemSet systems_of_nobody(const Inventory& inventory, const ItemSet& below, Facts& facts) {
  return items_where(inventory, [&](ItemId item) {
    return below.contains(item) && inventory.tier(item) == Tier::system &&
           !inventory.has_owner(item) && !inventory.has_operator(item) &&
           facts.can_judge(item, RuleInput::accountable) &&
           facts.can_judge(item, RuleInput::operates);
  });
}

void check(const Estate& estate, Facts& facts) {
  const CriticalServices critical(estate, facts);
  const ItemSet below = critical.all_below(estate);
  const auto nearest =
      nearest_below(estate, systems_of_nobody(estate.inventory, below, facts), below);
  for (const ItemId service : critical.heads()) {
    const std::vector<ItemId> systems = items_of(nearest[index_of(service)]);
    if (!systems.empty()) {
      facts.add(service, numbers_of(systems));
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::vector<ItemId> systems = items_of(fact.evidence());
  const std::string names = name_list(fact.inventory(), systems);
  // There may be more than three.
  finding.message =
      systems.size() == std::tuple_size_v<NearestThree>
          ? fmt::format("relies on systems with neither owner nor group, nearest {}", names)
          : fmt::format("relies on {}, which {} neither owner nor group", names,
                        systems.size() == 1 ? "has" : "have");
  finding.evidence = {{"nearest", ids_of(fact.inventory(), systems)}};
}

std::string brief(const FactView& fact) {
  return fmt::format("nobody to call for {}",
                     brief_label_of(fact.inventory(), ItemId{fact.evidence()[0]}));
}

const Register<Rule> rule{{
    .id = "crisis-team-incomplete",
    .title = "Nobody to call for what a critical service relies on",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "A crisis is solved by those who know the systems. One that has neither an owner "
                 "nor a group has nobody at the table, and is the one that stays down.",
    .definition =
        "A live service of criticality 1 or 2 (`weakest-criticality`) that relies, through live "
        "items, on a live system "
        "with neither an accountable owner nor a group that runs it. The nearest three such "
        "systems are named. An owner who has left counts as one. A service and its live offerings "
        "count as one, as critical as the most critical of them.",
    .remedy = "Give each of these systems a group that runs it, or an owner.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {},
    .options = {weakest_criticality},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
