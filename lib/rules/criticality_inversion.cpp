#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr RuleOption least_distance = {
    .name = "least-distance",
    .standard = 2,
    .least = 1,
    .most = 10,
    .meaning = "how much weaker a criticality is that is an inversion",
};
/// The weakest criticality that something can be so much weaker than.
constexpr int last_level = 2;

/// What services of one criticality rely on.
struct Level {
  std::vector<ItemId> nearest;  ///< By item: the nearest of those that face customers.
  ItemSet perhaps;              ///< Those of unknown facing rely on it.
};

Level level_of(const Estate& estate, const Families& families, int criticality) {
  const auto members_facing = [&](auto condition) {
    return families.members_where(estate.inventory, [&](ItemId head) {
      return families.criticality(head) == criticality && condition(head);
    });
  };
  const ItemSet customers =
      members_facing([&](ItemId head) { return families.is_customer_facing(head); });
  const ItemSet unknown =
      members_facing([&](ItemId head) { return families.facing(head) == Facing::unknown; });
  return {estate.graph.last_marked(customers, estate.reach.live, customers),
          estate.graph.reachable_from(unknown, estate.reach.live)};
}

/// Whether there is anything to compare with.
bool some_service_states_it(const Inventory& inventory, const Families& families) {
  for (const ItemId item : inventory.items()) {
    if (families.is_head(item) && families.criticality(item) != 0 &&
        families.facing(item) != Facing::supporting) {
      return true;
    }
  }
  return false;
}

/// Of an item that is judged, what it says; 0 for one that says nothing, or is no such item.
int stated_criticality(const Inventory& inventory, const Families& families, ItemId item) {
  const Tier tier = inventory.tier(item);
  if (!inventory.is_live(item) || tier == Tier::portfolio || tier == Tier::unmapped) {
    return 0;
  }
  if (tier == Tier::service) {
    return families.is_head(item) ? families.criticality(item) : 0;
  }
  return inventory.criticality(item);
}

void say_that_nothing_compares(const Inventory& inventory, const Families& families, Facts& facts) {
  constexpr std::string_view reason = "no service that may face customers says how critical it is";
  bool is_said = false;
  for (const ItemId item : inventory.items()) {
    if (stated_criticality(inventory, families, item) != 0) {
      facts.cannot_judge(item, reason);
      is_said = true;
    }
  }
  if (!is_said) {
    facts.cannot_judge(reason);
  }
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Families families(estate);
  if (!some_service_states_it(inventory, families)) {
    say_that_nothing_compares(inventory, families, facts);
    return;
  }
  const std::array<Level, last_level> levels = {level_of(estate, families, 1),
                                                level_of(estate, families, 2)};
  const auto distance = static_cast<int>(facts.option(least_distance.name));
  for (const ItemId item : inventory.items()) {
    const int last = std::min(stated_criticality(inventory, families, item) - distance, last_level);
    bool perhaps = false;
    ItemId service = no_item;
    for (int level = 1; level <= last && service == no_item; ++level) {
      const Level& above = levels[static_cast<std::size_t>(level) - 1];
      service = above.nearest[index_of(item)];
      perhaps = perhaps || above.perhaps.contains(item);
    }
    if (service != no_item) {
      const ItemId head = families.head_of(service);
      facts.add(item, {index_of(head), static_cast<std::uint32_t>(families.criticality(head))});
    } else if (perhaps) {
      facts.undetermined(item, "whom some services face is unknown");
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const ItemId service{fact.evidence()[0]};
  finding.message = fmt::format(
      "is of criticality {}, though {}, which is of criticality {}, "
      "relies on it",
      fact.inventory().criticality(fact.item()), label_of(fact.inventory(), service),
      fact.evidence()[1]);
  finding.evidence = {{"moreCritical", fact.inventory().id(service)},
                      {"itsCriticality", std::uint64_t{fact.evidence()[1]}}};
}

std::string brief(const FactView& fact) {
  return fmt::format("less critical than {}, above it",
                     brief_label_of(fact.inventory(), ItemId{fact.evidence()[0]}));
}

const Register<Rule> rule{{
    .id = "criticality-inversion",
    .title = "Less critical than what relies on it",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "A service is no safer than what it stands on. What is said to matter less is "
                 "mended later, backed up less often and changed more freely.",
    .definition =
        "A live service, system or component whose stated criticality is at least 2 weaker "
        "(`least-distance`) than the strongest stated one of the live customer-facing services "
        "that rely on it, through "
        "live items. The nearest service of that criticality is named. Where services of unknown "
        "facing decide, it is undetermined. A service and its live offerings count as one, with "
        "the strongest facing and criticality among them.",
    .remedy = "Raise its criticality, lower that of the service, or let the service stand on "
              "something else.",
    .tiers = {Tier::service, Tier::system, Tier::component},
    .concerns = [](const Inventory& inventory,
                   ItemId item) { return inventory.criticality(item) != 0; },
    .needs = {Need::services, Need::service_relations},
    .inputs = {},
    .options = {least_distance},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
