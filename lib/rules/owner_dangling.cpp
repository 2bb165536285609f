#include <fmt/format.h>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

std::vector<PartyId> dangling_owners(const Inventory& inventory, ItemId item) {
  std::vector<PartyId> owners = inventory.owners(item);
  std::erase_if(owners, [&](PartyId owner) {
    const Party& party = inventory.party(owner);
    return party.known || !party.table_loaded;
  });
  return owners;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (!facts.is_in_scope(item) || !inventory.is_live(item) ||
        inventory.tier(item) == Tier::unmapped || !facts.can_judge(item, RuleInput::accountable)) {
      continue;
    }
    if (!dangling_owners(inventory, item).empty()) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const auto owners = labels_of(fact.inventory(), dangling_owners(fact.inventory(), fact.item()));
  finding.message =
      fmt::format("its owner {} is in no table of persons or groups", name_list(owners));
  finding.evidence = {{"owners", owners}};
}

std::string brief(const FactView& /*fact*/) {
  return "its owner is in no table";
}

std::string cause(const FactView& fact) {
  return name_list(labels_of(fact.inventory(), dangling_owners(fact.inventory(), fact.item())));
}

std::string tell_together(std::span<const FactView> facts) {
  return fmt::format("{} are owned by {}, who is in no table of persons or groups: {}",
                     count_of(facts.size(), "item"), cause(facts.front()), subject_list(facts));
}

const Register<Rule> rule{{
    .id = "owner-dangling",
    .title = "Owner is nobody that the export knows",
    .severity = Severity::high,
    .certainty = Certainty::assumes_complete_export,
    .rationale =
        "An owner who was deleted, or never was, answers for nothing, and every check that "
        "only looks for a filled field is content with it.",
    .definition = "A value in the accountable field of a live item that is no person or group of "
                  "the export, when the table that it points into was loaded.",
    .remedy = "Name a person who is there, or add the missing table to the export.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {Need::parties},
    .inputs = {RuleInput::accountable},
    .concludes_from_absence_of = Absence::party,
    .fix = FixKind::name_owner,
    .check = check,
    .word = word,
    .brief = brief,
    .cause = cause,
    .tell_together = tell_together,
}};

}  // namespace
}  // namespace tierline
