#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

Employment employment(const Inventory& inventory, PartyId party) {
  return inventory.details(party).employment;
}

bool is_employment_told(const Inventory& inventory) {
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    if (employment(inventory, PartyId{i}) != Employment::unknown) {
      return true;
    }
  }
  return false;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const bool is_told = is_employment_told(inventory);
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_customer_facing(item)) {
      continue;
    }
    if (!is_told) {
      facts.cannot_judge(item, "the export does not say how persons are employed");
      continue;
    }
    const std::vector<PartyId> owners = inventory.owners(item);
    const auto has = [&](Employment wanted) {
      return std::ranges::any_of(
          owners, [&](PartyId owner) { return employment(inventory, owner) == wanted; });
    };
    if (!facts.can_judge(item, RuleInput::accountable) || owners.empty() ||
        has(Employment::employee)) {
      continue;
    }
    if (has(Employment::unknown)) {
      facts.undetermined(item, "nothing says how its owner is employed");
    } else {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  std::vector<std::string> owners;
  for (const PartyId owner : inventory.owners(fact.item())) {
    owners.push_back(fmt::format("{} ({})", shortened(label(inventory.party(owner))),
                                 to_string(employment(inventory, owner))));
  }
  finding.message = fmt::format("faces customers, and is owned by nobody of the organisation: {}",
                                name_list(owners));
  finding.evidence = {{"owners", labels_of(inventory, inventory.owners(fact.item()))}};
}

std::string brief(const FactView& fact) {
  const std::vector<PartyId> owners = fact.inventory().owners(fact.item());
  return fmt::format("is owned by a {}", to_string(employment(fact.inventory(), owners.front())));
}

/// Those that face customers.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_customer_facing(item);
}

const Register<Rule> rule{{
    .id = "owner-unempowered",
    .title = "Owner cannot decide for the organisation",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale =
        "To own a service is to spend money on it and to say no. A contractor, a vendor or "
        "an account that no person stands behind can do neither.",
    .definition =
        "A live customer-facing service all of whose owners are contractors, vendors or service "
        "accounts. Undetermined where nothing says how one of them is employed and no other is an "
        "employee. Not judged where the export does not say how persons are employed.",
    .remedy = "Name an employee who may decide; who owns it now becomes its manager.",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services, Need::parties},
    .inputs = {RuleInput::accountable},
    .details = {RuleInput::employment},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
