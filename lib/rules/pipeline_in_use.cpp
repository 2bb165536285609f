#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Planned services, and the live items that need them; by service.
std::vector<std::pair<ItemId, ItemId>> needs_of_planned_services(const Inventory& inventory) {
  std::vector<std::pair<ItemId, ItemId>> needs;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.kind == RelationKind::needs && !relation.membership && relation.from != no_item &&
        relation.to != no_item && inventory.is_service(relation.to) &&
        inventory.state(relation.to) == State::planned && inventory.is_live(relation.from)) {
      needs.emplace_back(relation.to, relation.from);
    }
  }
  std::ranges::sort(needs);
  return needs;
}

void check(const Estate& estate, Facts& facts) {
  const auto needs = needs_of_planned_services(estate.inventory);
  for (std::size_t begin = 0, end = 0; begin < needs.size(); begin = end) {
    std::vector<ItemId> users;
    for (; end < needs.size() && needs[end].first == needs[begin].first; ++end) {
      users.push_back(needs[end].second);
    }
    facts.add(needs[begin].first, {facts.keep(in_order(estate.inventory, std::move(users)))});
  }
}

void word(const FactView& fact, Finding& finding) {
  constexpr std::size_t shown = 20;
  const std::vector<ItemId> users = items_of(fact.list(fact.evidence()[0]));
  finding.message = fmt::format(
      "is still planned, though {}, which {} live, {} it", name_list(fact.inventory(), users),
      users.size() == 1 ? "is" : "are", users.size() == 1 ? "needs" : "need");
  finding.evidence = {
      {"neededBy", ids_of(fact.inventory(), std::span(users).first(std::min(users.size(), shown)))},
      {"neededByCount", std::uint64_t{users.size()}}};
}

std::string brief(const FactView& fact) {
  return fmt::format("is still planned, and needed by {}",
                     count_of(fact.list(fact.evidence()[0]).size(), "live item"));
}

const Register<Rule> rule{{
    .id = "pipeline-in-use",
    .title = "Planned service is in use",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "What something live needs is in use, whatever the pipeline says: it runs without "
                 "the care, the monitoring and the promises that a live service gets.",
    .definition = "A planned service that a live item directly needs. Memberships do not count.",
    .remedy = "Declare the service live, or take out the relation until it is.",
    .tiers = {Tier::service},
    .population = Population::relations,
    .needs = {Need::services, Need::relations},
    .inputs = {},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
