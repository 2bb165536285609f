#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

enum class Fault : std::uint8_t { not_live, not_there, none };

/// How the export says which service an offering is of.
class Offers {
 public:
  explicit Offers(const Inventory& inventory)
      : says_it_(inventory.sources().size()),
        types_(std::size_t{UINT16_MAX} + 1),
        end_of_(inventory.item_count(), nothing) {
    for (const RelationId id : inventory.relations()) {
      const Relation& relation = inventory.relation(id);
      if (relation.kind == RelationKind::contains && relation.from != no_item &&
          relation.to != no_item && inventory.is_offering(relation.to) &&
          inventory.is_service(relation.from)) {
        says_it_[inventory.source_of(relation.to)] = true;
        types_[relation.type] = true;
      }
    }
    find_ends(inventory);
  }

  /// Whether some offering of the source is of a service that is there.
  [[nodiscard]] bool says_it(std::uint16_t source) const { return says_it_[source]; }
  /// Where among unresolved ends the offering's service stands; or nothing.
  [[nodiscard]] std::uint32_t end_of(ItemId offering) const { return end_of_[index_of(offering)]; }

  static constexpr std::uint32_t nothing = UINT32_MAX;

 private:
  void find_ends(const Inventory& inventory) {
    const auto ends = inventory.unresolved_ends();
    for (std::uint32_t i = 0; i < ends.size(); ++i) {
      const Relation& relation = inventory.relation(ends[i].relation);
      if (ends[i].is_from && ends[i].reason != Unresolved::empty && relation.to != no_item &&
          relation.kind == RelationKind::contains && types_[relation.type]) {
        end_of_[index_of(relation.to)] = i;
      }
    }
  }

  std::vector<bool> says_it_;  ///< By source.
  std::vector<bool> types_;    ///< Types of relations that put offerings under services.
  std::vector<std::uint32_t> end_of_;
};

void judge(const Estate& estate, const Offers& offers, ItemId offering, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> services;
  for (const ItemId holder : estate.graph.holders_of(offering)) {
    if (inventory.is_service(holder)) {
      services.push_back(holder);
    }
  }
  const auto is_live = [&](ItemId service) { return inventory.is_live(service); };
  const std::uint32_t end = offers.end_of(offering);
  if (std::ranges::any_of(services, is_live)) {
    return;
  }
  if (!services.empty()) {
    const std::vector<ItemId> all = in_order(inventory, std::move(services));
    facts.add(offering, {static_cast<std::uint32_t>(Fault::not_live), facts.keep(all)});
  } else if (end == Offers::nothing) {
    facts.add(offering, {static_cast<std::uint32_t>(Fault::none)});
  } else if (inventory.unresolved_ends()[end].reason == Unresolved::ambiguous) {
    facts.undetermined(offering, "its service's name fits several items");
  } else {
    facts.add(offering, {static_cast<std::uint32_t>(Fault::not_there), end});
  }
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Offers offers(inventory);
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_offering(item) || !inventory.is_live(item)) {
      continue;
    }
    if (offers.says_it(inventory.source_of(item))) {
      judge(estate, offers, item, facts);
    } else {
      facts.cannot_judge(item, "the export holds the service of no offering");
    }
  }
}

Fault fault_of(const FactView& fact) {
  return Fault{static_cast<std::uint8_t>(fact.evidence()[0])};
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  if (fault_of(fact) == Fault::none) {
    finding.message = "is live, though it is an offering of no service";
    return;
  }
  if (fault_of(fact) == Fault::not_there) {
    const std::string& text = inventory.unresolved_ends()[fact.evidence()[1]].text;
    finding.message =
        fmt::format("is live, though its service {} is not there", name_list(std::vector{text}));
    finding.evidence = {{"missing", std::vector{text}}};
    return;
  }
  const std::vector<ItemId> services = items_of(fact.list(fact.evidence()[1]));
  const bool is_planned = inventory.state(services.front()) == State::planned;
  finding.message = services.size() > 1 ? fmt::format("is live, though none of its services is: {}",
                                                      name_list(inventory, services))
                                        : fmt::format("is live, though its service {} is {}",
                                                      label_of(inventory, services.front()),
                                                      is_planned ? "still planned" : "retired");
  finding.evidence = {{"services", ids_of(inventory, services)}};
}

std::string brief(const FactView& fact) {
  switch (fault_of(fact)) {
    case Fault::not_live:
      return "is live, though its service is not";
    case Fault::not_there:
      return "is live, though its service is not there";
    case Fault::none:
      break;
  }
  return "is live, and an offering of no service";
}

bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.is_offering(item);
}

const Register<Rule> rule{{
    .id = "catalog-inaccurate",
    .title = "Offering is live, its service is not",
    .severity = Severity::medium,
    .certainty = Certainty::assumes_complete_export,
    .rationale = "What is offered can be ordered. If the service behind it is retired, not yet "
                 "there or unknown, people order what nobody delivers, or nobody answers for.",
    .definition = "A live offering whose service is retired, planned or not in the export, or that "
                  "has none. "
                  "Not judged in a source where no offering's service is there.",
    .remedy = "Retire the offering with its service, or put it under the one that delivers it "
              "(ServiceNow: service_offering.parent).",
    .tiers = {Tier::service},
    .concerns = concerns,
    .needs = {Need::services},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
