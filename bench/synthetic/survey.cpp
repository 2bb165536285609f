#include "synthetic/survey.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "synthetic/failure.h"
#include "synthetic/relations.h"
#include "synthetic/traits.h"

namespace tierline::synthetic {
namespace {

constexpr std::array rules{"component-domain-owner-missing",
                           "customer-facing-unsupported",
                           "dangling-edge",
                           "dependency-cycle",
                           "duplicate-edge",
                           "empty-portfolio",
                           "live-needs-retired",
                           "orphan-component",
                           "orphan-system",
                           "orphaned-supporting-service",
                           "owner-dangling",
                           "owner-inactive",
                           "owner-missing",
                           "owner-not-single",
                           "portfolio-owner-missing",
                           "retired-service-live-infrastructure",
                           "self-loop",
                           "service-not-in-portfolio",
                           "tier-unmapped",
                           "unknown-relationship-type"};

/// Those that an estate with people is for.
constexpr std::array deeper_rules{"accountability-chain-broken",
                                  "catalog-inaccurate",
                                  "crisis-team-incomplete",
                                  "critical-on-nonproduction",
                                  "criticality-inversion",
                                  "criticality-missing",
                                  "domain-owner-only",
                                  "duplicate-ci",
                                  "duplicate-platform",
                                  "external-service-owned-by-it",
                                  "facing-contradiction",
                                  "it-service-owned-outside-it",
                                  "multi-parent-containment",
                                  "no-crisis-lead",
                                  "no-delegate",
                                  "offering-missing",
                                  "owner-catch-all",
                                  "owner-conflict",
                                  "owner-is-operator",
                                  "owner-overloaded",
                                  "owner-unempowered",
                                  "ownership-unattested",
                                  "pipeline-in-use",
                                  "restore-element-unknown",
                                  "retiring-without-plan",
                                  "review-overdue",
                                  "service-named-as-activity",
                                  "service-named-as-thing",
                                  "service-without-customer",
                                  "service-without-outcome",
                                  "shared-platform-owned-by-one-consumer",
                                  "stale",
                                  "status-contradiction",
                                  "supports-only-internal",
                                  "tier-skip"};

/// Those whose findings follow from all of the relations: in a neglected estate, nobody knows them.
constexpr std::array reachability_rules{"customer-facing-unsupported", "orphan-component",
                                        "orphan-system", "orphaned-supporting-service",
                                        "retired-service-live-infrastructure"};

/// By Fault.
constexpr std::array fault_rules{"", "self-loop", "dangling-edge", "duplicate-edge",
                                 "live-needs-retired"};

/// The rule that an owner of a live service breaks; empty for a person in office.
std::string_view owner_rule(const Estate& estate, Item owner) {
  switch (owner.role) {
    case Role::nothing:
      return "owner-missing";
    case Role::stranger:
      return "owner-dangling";
    case Role::group:
      return "owner-not-single";
    default:
      return owner == estate.placeholder() ? "owner-missing"
             : estate.is_active(owner)     ? ""
                                           : "owner-inactive";
  }
}

/// The rules that an item breaks, but for those that the scenarios are about.
std::vector<std::string_view> broken(const Estate& estate, Item item) {
  std::vector<std::string_view> found;
  const bool live = estate.is_live(item);
  if (live && item.is_service()) {
    if (const auto rule = owner_rule(estate, estate.owner(item)); !rule.empty()) {
      found.push_back(rule);
    }
    if (!estate.in_portfolio(item)) {
      found.emplace_back("service-not-in-portfolio");
    }
  }
  if (live && item.is_portfolio() && estate.owner(item).role == Role::nothing) {
    found.emplace_back("portfolio-owner-missing");
  }
  if (live && estate.is_abandoned(item)) {
    found.emplace_back("component-domain-owner-missing");
  }
  return found;
}

void find_in_items(const Estate& estate, Planted& planted) {
  estate.visit_items([&](Item item) {
    for (const auto rule : broken(estate, item)) {
      planted.rules[std::string(rule)].push_back({std::string(estate.id(item)), {}, {}});
    }
  });
  const auto kiosks = std::to_string(estate.count(Role::kiosk));
  planted.rules["tier-unmapped"] = {
      {std::string(trait(Role::kiosk).classes[0]), {{"count", kiosks}}, {}}};
}

void find_in_relations(const Estate& estate, Planted& planted) {
  std::uint64_t custom = 0;
  const auto text = [&](Item item) { return std::string(estate.id(item)); };
  visit_relations(estate, [&](const Relation& relation) {
    ++planted.relations;
    custom += relation.type == Type::custom ? 1 : 0;
    if (relation.fault == Fault::none) {
      return;
    }
    Plant plant{text(relation.parent), {}, {}};
    if (relation.fault != Fault::needs_retired) {
      plant = {text({Role::row, relation.row}),
               {{"parent", text(relation.parent)},
                {"child", text(relation.child)},
                {"type", std::string(type_id(relation.type))}},
               {}};
    }
    if (relation.fault == Fault::duplicate) {
      plant.facts["of"] = text({Role::row, relation.original});
    }
    planted.rules[fault_rules[static_cast<std::size_t>(relation.fault)]].push_back(plant);
  });
  if (custom > 0) {
    planted.rules["unknown-relationship-type"] = {
        {std::string(type_id(Type::custom)), {{"count", std::to_string(custom)}}, {}}};
  }
}

/// Live business services of scenarios of which nothing that is live is offered.
void find_services_without_offering(const Estate& estate, Planted& planted) {
  std::set<std::uint32_t> offered;
  estate.visit_items([&](Item item) {
    if (item.role == Role::business_offering && item.is_planted() && estate.is_live(item)) {
      offered.insert(estate.parent(item).number);
    }
  });
  estate.visit_items([&](Item item) {
    if (item.role == Role::business && item.is_planted() && estate.is_live(item) &&
        !offered.contains(item.number)) {
      planted.rules["offering-missing"].push_back({std::string(estate.id(item)), {}, {}});
    }
  });
}

/// What fails is tried out one by one, which takes too long in a large estate.
void find_single_points(const Estate& estate, Planted& planted) {
  constexpr std::uint64_t most_cis = 5000;
  if (estate.options().cis <= most_cis) {
    auto& points = planted.rules["single-point-of-failure"];
    for (const Item item : single_points_of_failure(estate)) {
      points.push_back({std::string(estate.id(item)), {}, {}});
    }
  }
}

}  // namespace

Planted survey(const Estate& estate) {
  Planted planted{.rules = estate.planted().verdicts()};
  for (const auto* rule : rules) {
    planted.rules[rule];
  }
  if (estate.is_neglected()) {
    std::ranges::for_each(reachability_rules, [&](const char* rule) { planted.rules.erase(rule); });
  }
  if (estate.has_people()) {
    std::ranges::for_each(deeper_rules, [&](const char* rule) { planted.rules[rule]; });
    find_services_without_offering(estate, planted);
    find_single_points(estate, planted);
  }
  find_in_items(estate, planted);
  find_in_relations(estate, planted);
  for (auto& [rule, plants] : planted.rules) {
    std::ranges::sort(plants, {}, &Plant::id);
  }
  return planted;
}

}  // namespace tierline::synthetic
