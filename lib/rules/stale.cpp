#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/stated.h"
#include "tierline/dates.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

constexpr RuleOption most_days_of_components = {
    .name = "most-days-of-components",
    .standard = 60,
    .least = 1,
    .most = 36500,
    .meaning = "the days after which a component is stale",
};
constexpr RuleOption most_days_of_others = {
    .name = "most-days",
    .standard = 365,
    .least = 1,
    .most = 36500,
    .meaning = "the days after which anything else is",
};

/// By source: the latest day on which any item of it was seen.
std::vector<std::uint32_t> latest_days(const Inventory& inventory) {
  std::vector<std::uint32_t> latest(inventory.sources().size());
  for (const ItemId item : inventory.items()) {
    std::uint32_t& day = latest[inventory.source_of(item)];
    day = std::max(day, inventory.detail(item, RuleInput::seen));
  }
  return latest;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Stated days(inventory, RuleInput::seen);
  const std::vector<std::uint32_t> latest = latest_days(inventory);
  const std::uint32_t component_days = facts.option(most_days_of_components.name);
  const std::uint32_t other_days = facts.option(most_days_of_others.name);
  for (const ItemId item : inventory.items()) {
    const Tier tier = inventory.tier(item);
    if (!inventory.is_live(item) || tier == Tier::unmapped || !days.can_judge(item, facts)) {
      continue;
    }
    const std::uint32_t day = inventory.detail(item, RuleInput::seen);
    const auto is_old = [&](std::uint32_t one) {
      return one + (tier == Tier::component ? component_days : other_days) < inventory.as_of();
    };
    if (day == 0) {
      facts.cannot_judge(item, "nothing says when it was last seen or changed");
    } else if (is_old(latest[inventory.source_of(item)])) {
      facts.cannot_judge(item, "nothing in the export is newer: it is the export that is old");
    } else if (is_old(day)) {
      facts.add(item);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const std::uint32_t day = fact.inventory().detail(fact.item(), RuleInput::seen);
  finding.message = fmt::format("was last seen or changed on {}, {} days ago", day_text(day),
                                fact.inventory().as_of() - day);
  finding.evidence = {{"seen", day_text(day)}};
}

const Register<Rule> rule{{
    .id = "stale",
    .title = "Record has not been seen or changed for long",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale =
        "What no discovery has found and nobody has touched for so long is often gone, and "
        "only its record is still there.",
    .definition =
        "A live component that was last seen or changed more than 60 days before the day of the "
        "audit (`most-days-of-components`), or another live item for which that is more than 365 "
        "days (`most-days`); the later of all dates counts. Items without any date are not judged, "
        "nor are those of a source in which nothing "
        "is newer: then it is the export that is old.",
    .remedy = "Find out whether it is still there. If it is, see to it that it is discovered; if "
              "not, retire it.",
    .tiers = {Tier::portfolio, Tier::service, Tier::system, Tier::component},
    .needs = {},
    .inputs = {},
    .details = {RuleInput::seen},
    .options = {most_days_of_components, most_days_of_others},
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
