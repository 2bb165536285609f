#include <fmt/format.h>

#include <vector>

#include "analysis/it_parties.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

bool is_external(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) == Facing::external;
}

void check(const Estate& estate, Facts& facts) {
  judge_owners_by_it(estate, facts, is_external, ItParties::Is::yes);
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::vector<PartyId> owners = inventory.owners(fact.item());
  const auto names = labels_of(inventory, owners);
  const auto organisations = it_organisations_of(inventory, owners);
  finding.message =
      fmt::format("faces customers outside, and is owned by IT: {} of {}, which is IT by its name",
                  name_list(names), name_list(organisations));
  finding.evidence = {{"owners", names}, {"itOrganisations", organisations}};
}

std::string brief(const FactView& fact) {
  const auto names = labels_of(fact.inventory(), fact.inventory().owners(fact.item()));
  return fmt::format("is owned by IT: {}", brief_label(names.front()));
}

const Register<Rule> rule{{
    .id = "external-service-owned-by-it",
    .title = "IT owns what customers outside use",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .rationale =
        "What a service is worth, what it may cost and when it may stand still, only those "
        "can judge whose customers use it. IT runs it for them; where IT owns it, nobody "
        "who knows the customers answers for it.",
    .definition =
        "A live external service all of whose owners are IT: they belong to an organisation, or "
        "to one below it, whose name is exactly one of those that the profile lists as names of "
        "IT organisations (owners.itOrganisations). That a name is listed is why it is likely "
        "only. Undetermined where nothing says where an owner belongs. Not judged where no "
        "organisation of the export has such a name.",
    .remedy = "Hand it over to whoever answers for its customers; IT stays its manager.",
    .tiers = {Tier::service},
    .concerns = is_external,
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
