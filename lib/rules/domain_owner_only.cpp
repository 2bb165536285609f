#include <fmt/format.h>

#include <utility>
#include <vector>

#include "analysis/answered.h"
#include "analysis/families.h"
#include "analysis/wording.h"
#include "support/sorted.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr RuleOption least_parts = {
    .name = "least-parts",
    .standard = 5,
    .least = 1,
    .meaning = "the systems and components from which on a service is judged by them",
};
constexpr RuleOption least_percent = {
    .name = "least-percent",
    .standard = 80,
    .least = 1,
    .most = 100,
    .meaning = "of them, those that somebody answers for",
};

/// Live services neither of which nor an offering of which has an owner.
ItemSet unowned_services(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  const auto is_live_service = [&](ItemId item) {
    return inventory.is_service(item) && inventory.is_live(item);
  };
  ItemSet unowned = items_where(inventory, [&](ItemId item) {
    return is_live_service(item) && family_of(inventory, estate.graph, item) == item;
  });
  for (const ItemId item : inventory.items()) {
    if (is_live_service(item) && inventory.has_owner(item)) {
      unowned.remove(family_of(inventory, estate.graph, item));
    }
  }
  return unowned;
}

/// Services, and the systems and components that they or their offerings need or contain; each
/// once.
std::vector<std::pair<ItemId, ItemId>> parts_of(const Estate& estate, const ItemSet& services) {
  const Inventory& inventory = estate.inventory;
  std::vector<std::pair<ItemId, ItemId>> parts;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (is_part_relation(relation) && inventory.is_service(relation.from) &&
        inventory.is_live(relation.from) && is_live_part(inventory, relation.to)) {
      const ItemId service = family_of(inventory, estate.graph, relation.from);
      if (services.contains(service)) {
        parts.emplace_back(service, relation.to);
      }
    }
  }
  sort_without_doubles(parts);
  return parts;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  ItemSet unowned = unowned_services(estate);
  for (const ItemId item : inventory.items()) {
    if (unowned.contains(item) && !facts.can_judge(item, RuleInput::accountable)) {
      unowned.remove(item);
    }
  }
  const std::uint32_t fewest = facts.option(least_parts.name);
  const std::uint64_t percent = facts.option(least_percent.name);
  const auto parts = parts_of(estate, unowned);
  for (std::size_t begin = 0, end = 0; begin < parts.size(); begin = end) {
    std::uint32_t owned = 0;
    for (; end < parts.size() && parts[end].first == parts[begin].first; ++end) {
      owned += is_answered_for(inventory, parts[end].second) ? 1U : 0U;
    }
    const auto count = static_cast<std::uint32_t>(end - begin);
    if (count >= fewest && std::uint64_t{owned} * 100 >= std::uint64_t{count} * percent) {
      facts.add(parts[begin].first, {owned, count});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint64_t owned = fact.evidence()[0];
  const std::uint64_t count = fact.evidence()[1];
  finding.message = fmt::format(
      "has no accountable owner, though somebody answers for {} of its {} systems and "
      "components",
      with_thousands(owned), with_thousands(count));
  finding.evidence = {{"ownedParts", owned}, {"partCount", count}};
  add_owner_hints(fact.inventory(), fact.item(), finding);
}

std::string brief(const FactView& /*fact*/) {
  return "its parts have owners, and it has none";
}

const Register<Rule> rule{{
    .id = "domain-owner-only",
    .title = "Only the parts of the service have owners",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .confidence = Confidence::likely,
    .set = RuleSet::all,
    .rationale = "Where servers, databases and applications are each looked after, and the service "
                 "that they make up is not, every part can be well while the customer waits: "
                 "accountability was given out by technical domain only.",
    .definition = "A live service without accountable owner, itself and its live offerings, that "
                  "directly needs or contains at least 5 live systems and components "
                  "(`least-parts`), of which at least 80 % (`least-percent`) have an owner or, for "
                  "components, a group that runs them.",
    .remedy = "Name one person who answers for the whole, above those who look after the parts.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {RuleInput::accountable},
    .options = {least_parts, least_percent},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
