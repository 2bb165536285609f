#include <fmt/format.h>

#include <map>
#include <vector>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr RuleOption most_services = {
    .name = "most-services",
    .standard = 12,
    .least = 1,
    .most = 100'000,
    .meaning = "the live services that one person may answer for",
};

/// The live services that each person answers for; a service and its offerings are one.
std::map<PartyId, std::vector<ItemId>> services_by_owner(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  std::map<PartyId, std::vector<ItemId>> services;
  for (const ItemId item : inventory.items()) {
    if (inventory.is_service(item) && inventory.is_live(item)) {
      for (const PartyId owner : inventory.owners(item)) {
        services[owner].push_back(family_of(inventory, estate.graph, item));
      }
    }
  }
  return services;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const std::uint32_t most = facts.option(most_services.name);
  for (auto& [owner, all] : services_by_owner(estate)) {
    const std::vector<ItemId> services = in_order(inventory, std::move(all));
    if (inventory.party(owner).kind == PartyKind::person && services.size() > most) {
      facts.add(owner, services, {facts.keep(services)});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  constexpr std::size_t shown = 20;
  const std::vector<ItemId> services = items_of(fact.list(fact.evidence()[0]));
  finding.message = fmt::format("answers for {} live services: {}", services.size(),
                                name_list(fact.inventory(), services, 5));
  finding.evidence = {
      {"serviceCount", std::uint64_t{services.size()}},
      {"services",
       ids_of(fact.inventory(), std::span(services).first(std::min(services.size(), shown)))}};
}

std::string brief(const FactView& fact) {
  return fmt::format("answers for {} live services", fact.list(fact.evidence()[0]).size());
}

const Register<Rule> rule{{
    .id = "owner-overloaded",
    .title = "One person answers for too many services",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "To answer for a service takes time: for its money, its changes, its customers. "
                 "Who answers for dozens answers for none, and is an owner in name.",
    .definition = "A person who is accountable for more than 12 live services (`most-services`). A "
                  "service and its offerings count once.",
    .remedy = "Hand services over to those who have time for them, portfolio by portfolio.",
    .tiers = {},
    .population = Population::parties,
    .needs = {Need::services},
    .inputs = {},
    .options = {most_services},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
