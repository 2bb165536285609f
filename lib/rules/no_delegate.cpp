#include <fmt/format.h>

#include <vector>

#include "analysis/families.h"
#include "analysis/stated.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

bool is_owned_by_one_person(const Inventory& inventory, ItemId service) {
  const std::vector<PartyId> owners = inventory.owners(service);
  return owners.size() == 1 && inventory.party(owners.front()).kind == PartyKind::person;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const CriticalServices critical(estate, facts);
  const Stated delegates(inventory, RuleInput::delegate);
  for (const ItemId service : critical.heads()) {
    if (facts.can_judge(service, RuleInput::accountable) && delegates.can_judge(service, facts) &&
        is_owned_by_one_person(inventory, service) &&
        inventory.parties_in_role(service, Role::delegate).empty()) {
      facts.add(service, {static_cast<std::uint32_t>(critical.families().criticality(service))});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const auto owners = labels_of(inventory, inventory.owners(fact.item()));
  finding.message = fmt::format("is of criticality {}, and nobody stands in for its owner {}",
                                fact.evidence()[0], owners.front());
  finding.evidence = {{"owners", owners}};
}

std::string brief(const FactView& /*fact*/) {
  return "nobody stands in for its owner";
}

const Register<Rule> rule{{
    .id = "no-delegate",
    .title = "Nobody stands in for the owner of a critical service",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "One person answers for the service, and that is right. That person also takes "
                 "leave, falls ill and resigns, and the service does not wait.",
    .definition = "A live service of criticality 1 or 2 (`weakest-criticality`) that one person "
                  "owns and whose delegate is "
                  "empty. Not judged where the export has no delegates. A service and its live "
                  "offerings count as one, as critical as the most critical of them.",
    .remedy = "Name who decides while the owner is away.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::delegate},
    .options = {weakest_criticality},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
