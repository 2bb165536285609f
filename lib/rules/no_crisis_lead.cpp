#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Whether an owner could lead. `perhaps`: the export does not say who that is.
enum class Lead : std::uint8_t { no, yes, perhaps };

Lead lead_of(const Inventory& inventory, ItemId service, const Party& owner) {
  if (!owner.active || owner.kind == PartyKind::organisation) {
    return Lead::no;
  }
  if (owner.kind == PartyKind::group) {
    const bool is_team = inventory.owner_policy(service) == OwnerPolicy::team;
    return !is_team                          ? Lead::no
           : !owner.has_one_lead.has_value() ? Lead::perhaps
           : *owner.has_one_lead             ? Lead::yes
                                             : Lead::no;
  }
  return owner.kind == PartyKind::person && owner.known ? Lead::yes : Lead::perhaps;
}

/// Whether exactly one of the owners could.
Lead lead_of(const Inventory& inventory, ItemId service) {
  std::size_t leads = 0;
  std::size_t perhaps = 0;
  for (const PartyId owner : inventory.owners(service)) {
    const Lead lead = lead_of(inventory, service, inventory.party(owner));
    leads += lead == Lead::yes ? 1U : 0U;
    perhaps += lead == Lead::perhaps ? 1U : 0U;
  }
  return leads > 1 || (leads == 0 && perhaps == 0) ? Lead::no
         : perhaps > 0                             ? Lead::perhaps
                                                   : Lead::yes;
}

/// Whether somebody is there to lead in the owner's place.
Lead delegate_of(const Inventory& inventory, ItemId service) {
  Lead lead = Lead::no;
  for (const PartyId delegate : inventory.parties_in_role(service, Role::delegate)) {
    const Lead one = lead_of(inventory, service, inventory.party(delegate));
    lead = one == Lead::yes || lead == Lead::yes ? Lead::yes : one == Lead::perhaps ? one : lead;
  }
  return lead;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const CriticalServices critical(estate, facts);
  for (const ItemId service : critical.heads()) {
    if (!facts.can_judge(service, RuleInput::accountable)) {
      continue;
    }
    Lead lead = lead_of(inventory, service);
    if (lead == Lead::no) {
      lead = delegate_of(inventory, service);
    }
    if (lead == Lead::perhaps) {
      facts.undetermined(service, "nothing says which person its owner is");
    } else if (lead == Lead::no) {
      facts.add(service, {static_cast<std::uint32_t>(critical.families().criticality(service))});
    }
  }
}

bool has_active(const Inventory& inventory, const std::vector<PartyId>& owners) {
  return std::ranges::any_of(owners, [&](PartyId owner) { return inventory.party(owner).active; });
}

/// Why nobody leads.
std::string reason(const Inventory& inventory, ItemId service) {
  const std::vector<PartyId> owners = inventory.owners(service);
  const auto names = labels_of(inventory, owners);
  if (owners.empty()) {
    return "it has no owner";
  }
  if (!has_active(inventory, owners)) {
    return owners.size() == 1 ? fmt::format("its owner {} is no longer active", names.front())
                              : fmt::format("its owners {} are no longer active", name_list(names));
  }
  return owners.size() == 1 ? fmt::format("its owner {} is not one person", names.front())
                            : fmt::format("its owners {} are not one person", name_list(names));
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  finding.message = fmt::format("is of criticality {} and has nobody to lead in a crisis: {}",
                                fact.evidence()[0], reason(inventory, fact.item()));
  const std::vector<PartyId> owners = inventory.owners(fact.item());
  if (!owners.empty()) {
    finding.evidence = {{"owners", labels_of(inventory, owners)}};
  }
  // Where somebody owns it, that is whom to ask.
  if (!has_active(inventory, owners)) {
    add_owner_hints(inventory, fact.item(), finding);
  }
}

std::string brief(const FactView& fact) {
  const std::vector<PartyId> owners = fact.inventory().owners(fact.item());
  const std::string why = owners.empty()                          ? "it has no owner"
                          : !has_active(fact.inventory(), owners) ? "its owner has left"
                          : owners.size() > 1 ? fmt::format("it has {} owners", owners.size())
                                              : "its owner is a group";
  return "nobody leads in a crisis: " + why;
}

const Register<Rule> rule{{
    .id = "no-crisis-lead",
    .title = "Nobody leads in a crisis",
    .severity = Severity::high,
    .certainty = Certainty::proven,
    .rationale = "When a service that must not stop does stop, one person has to decide what is "
                 "given up, who is told, and when it is over. Whoever looks for that person then "
                 "has lost the first hour.",
    .definition =
        "A live service of criticality 1 or 2 (`weakest-criticality`) without an active single "
        "person among its "
        "accountable owners; where the profile's policy is a team, a team with exactly one lead "
        "will do. Where the export names delegates, an active person among those of the service "
        "will do as well. An owner or delegate who is in no table, or of whom nothing says whether "
        "it is a person, leaves it undetermined. A service and its live offerings count as one, as "
        "critical as the most critical of them; the owner or delegate of the service is to lead.",
    .remedy = "Name one person who leads, and see to it that everybody who runs the service knows.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::parties},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::delegate},
    .options = {weakest_criticality},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
