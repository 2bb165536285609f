#include <fmt/format.h>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_live(item) || inventory.tier(item) == Tier::unmapped ||
        !findings.can_judge(item, Input::accountable)) {
      continue;
    }
    std::vector<std::string> dangling;
    for (const PartyId owner : inventory.owners(item)) {
      const Party& party = inventory.party(owner);
      if (!party.known && party.table_loaded) {
        dangling.push_back(label(party));
      }
    }
    if (!dangling.empty()) {
      findings.add(
          item,
          fmt::format("its owner {} is in no table of persons or groups", name_list(dangling)),
          {{"owners", dangling}});
    }
  }
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
    .inputs = {Input::accountable},
    .concludes_from_absence_of = Absence::party,
    .check = check,
}};

}  // namespace
}  // namespace tierline
