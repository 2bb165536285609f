#include <fmt/format.h>

#include <vector>

#include "analysis/it_parties.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

bool is_supporting(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) == Facing::supporting;
}

void check(const Estate& estate, Facts& facts) {
  judge_owners_by_it(estate, facts, is_supporting, ItParties::Is::no);
}

/// `Ann Berg (Sales)`
std::string placed(const Inventory& inventory, PartyId owner) {
  const PartyId organisation = inventory.details(owner).organisation;
  const std::string name = shortened(label(inventory.party(owner)));
  return organisation == no_party
             ? name
             : fmt::format("{} ({})", name, shortened(label(inventory.party(organisation))));
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<PartyId> owners = inventory.owners(fact.item());
  std::vector<std::string> names;
  for (const PartyId owner : owners) {
    names.push_back(placed(inventory, owner));
  }
  finding.message =
      fmt::format("supports other services, and is owned outside IT: {}", name_list(names));
  finding.evidence = {{"owners", labels_of(inventory, owners)}};
}

std::string brief(const FactView& fact) {
  const auto names = labels_of(fact.inventory(), fact.inventory().owners(fact.item()));
  return fmt::format("is owned outside IT: {}", brief_label(names.front()));
}

const Register<Rule> rule{{
    .id = "it-service-owned-outside-it",
    .title = "Somebody outside IT owns what IT provides to itself",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .rationale =
        "A supporting service is judged by those who build on it. Who owns it from outside "
        "pays for what only others can see, and decides by what one consumer needs.",
    .definition =
        "A live supporting service all of whose owners are known not to be IT: they belong to an "
        "organisation, and neither its name nor that of one above it is exactly one of those that "
        "the profile lists as names of IT organisations (owners.itOrganisations), while another "
        "organisation of the source has such a name. Undetermined where nothing says where an "
        "owner belongs. Not judged where no organisation of the export has such a name.",
    .remedy = "Give it an owner within IT; who owned it becomes its customer.",
    .tiers = {Tier::service},
    .concerns = is_supporting,
    .needs = {Need::services, Need::parties},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::organisation},
    .rests_on_it = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
