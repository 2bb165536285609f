#include <fmt/format.h>

#include <map>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

void check(const Estate& estate, Facts& facts) {
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
    facts.add(item, numbers_of(retired));
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::vector<ItemId> retired = items_of(fact.evidence());
  finding.message = fmt::format("needs {}, which {} retired", name_list(fact.inventory(), retired),
                                retired.size() == 1 ? "is" : "are");
  finding.evidence = {{"retired", ids_of(fact.inventory(), retired)}};
}

std::string brief(const FactView& fact) {
  const auto retired = fact.evidence();
  return retired.size() > 1 ? fmt::format("needs {} retired items", retired.size())
                            : fmt::format("needs {}, which is retired",
                                          brief_label_of(fact.inventory(), ItemId{retired[0]}));
}

std::string cause(const FactView& fact) {
  return name_list(fact.inventory(), items_of(fact.evidence()));
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{} need {}, retired: {}", count_of(facts.size(), "item"),
                     cause(facts.front()), subject_list(facts));
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
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
