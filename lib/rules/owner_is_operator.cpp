#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Those who run it from day to day: its managers, and the leads of its groups.
std::vector<PartyId> operators_of(const Inventory& inventory, ItemId item) {
  std::vector<PartyId> operators = inventory.parties_in_role(item, Role::manager);
  for (const PartyId group : inventory.parties_in_role(item, Role::operates)) {
    operators.push_back(group);
    operators.push_back(inventory.details(group).lead);
  }
  return operators;
}

bool is_external(const Inventory& inventory, ItemId item) {
  return inventory.is_customer_facing(item) && inventory.facing(item) == Facing::external;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (!is_external(inventory, item) || !facts.can_judge(item, RuleInput::accountable)) {
      continue;
    }
    if (!inventory.has_input(item, RuleInput::manager) &&
        !inventory.has_input(item, RuleInput::operates)) {
      facts.cannot_judge(item, "the export does not say who runs services");
      continue;
    }
    const std::vector<PartyId> owners = inventory.owners(item);
    const std::vector<PartyId> operators = operators_of(inventory, item);
    const bool are_operators = std::ranges::all_of(owners, [&](PartyId owner) {
      return std::ranges::find(operators, owner) != operators.end();
    });
    if (!owners.empty() && are_operators) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const auto owners = labels_of(inventory, inventory.owners(fact.item()));
  finding.message = fmt::format("faces customers outside, and is owned by {}, who also {} it",
                                name_list(owners), owners.size() == 1 ? "runs" : "run");
  finding.evidence = {{"owners", owners}};
}

std::string brief(const FactView& /*fact*/) {
  return "who owns it also runs it";
}

const Register<Rule> rule{{
    .id = "owner-is-operator",
    .title = "Who owns an external service also runs it",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .set = RuleSet::all,
    .rationale = "An owner speaks for the customers, and asks of those who run the service what "
                 "these need. Who is both asks nobody.",
    .definition =
        "A live external service each of whose owners is also its manager, one of the groups that "
        "run it, or the lead of one. Not judged where the export says nothing of who runs "
        "services.",
    .remedy = "Let somebody own it who answers to its customers.",
    .tiers = {Tier::service},
    .concerns = is_external,
    .needs = {Need::services},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::manager},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
