#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "analysis/families.h"
#include "analysis/service_reach.h"
#include "analysis/stops.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::uint32_t fewest_services = 5;
constexpr std::uint32_t least_percent_of_services = 10;
constexpr std::size_t fewest_most_critical = 2;

bool is_many(std::uint32_t stopped, std::uint32_t all) {
  return stopped >= fewest_services &&
         stopped * std::uint64_t{100} >= all * std::uint64_t{least_percent_of_services};
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  const Stops stops(estate);
  const Families families(estate);
  const StoppedServices stopped = stopped_services(estate, stops, families);
  for (const ItemId item : stops.undetermined()) {
    facts.undetermined(item, "too much stands below its members to tell what stops it");
  }
  const auto is_most_critical = [&](ItemId service) {
    return service != no_item && families.criticality(service) == 1;
  };
  for (const ItemId item : inventory.items()) {
    const Tier tier = inventory.tier(item);
    const ServiceReach::Count count = stopped.counts.of(item);
    if ((tier != Tier::system && tier != Tier::component) || !inventory.is_live(item) ||
        count.services == 0) {
      continue;
    }
    const WorstServices& worst = stopped.worst[index_of(item)];
    const auto most_critical = std::ranges::count_if(worst, is_most_critical);
    if (is_many(count.services, stopped.all) ||
        static_cast<std::size_t>(most_critical) >= fewest_most_critical) {
      std::vector<ItemId> named;
      std::ranges::copy_if(worst, std::back_inserter(named),
                           [](ItemId service) { return service != no_item; });
      facts.add(item, {count.services, count.exact ? 1U : 0U, stopped.all, facts.keep(named)});
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  const std::uint32_t services = fact.evidence()[0];
  const bool is_exact = fact.evidence()[1] != 0;
  const std::vector<ItemId> worst = items_of(fact.list(fact.evidence()[3]));
  finding.message =
      fmt::format("stops {}{} of {} when it fails, {} among them", is_exact ? "" : "some ",
                  with_thousands(services), count_of(fact.evidence()[2], "customer-facing service"),
                  name_list(inventory, worst));
  finding.evidence = {{"stoppedServices", std::uint64_t{services}},
                      {"isExact", std::string(is_exact ? "yes" : "no")},
                      {"worst", ids_of(inventory, worst)}};
}

std::string brief(const FactView& fact) {
  return fmt::format("stops {}{} when it fails", fact.evidence()[1] != 0 ? "" : "some ",
                     count_of(fact.evidence()[0], "customer-facing service"));
}

const Register<Rule> rule{{
    .id = "single-point-of-failure",
    .title = "Much stops when one thing fails",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .set = RuleSet::all,
    .rationale = "Each outage has a cause, and the worst ones have one that nobody thought of: the "
                 "switch below both nodes of a cluster, the directory that everything asks.",
    .definition =
        "A live system or component that stops, when it alone fails, at least 5 live "
        "customer-facing services that are a tenth of all, or two of criticality 1. Whatever needs "
        "or contains what stops, stops as well, but for an item with redundancy: it stands as long "
        "as enough of its members do, and members that stand on the same thing stop together. "
        "Redundancy is what the profile says (membersNeeded; ServiceNow: a cluster stands while "
        "one of its members does). An item with redundancy is undetermined where more than 16 "
        "things stand below too many of its members. A service and its offerings count once. The "
        "number is exact up to 63 and else within 25 % in 19 of 20 cases.",
    .remedy = "Give it a second one to stand in for it, or accept the risk with those whose "
              "services stop.",
    .tiers = {Tier::system, Tier::component},
    .needs = {Need::services, Need::infrastructure, Need::service_relations},
    .inputs = {},
    .details = {RuleInput::redundancy},
    .is_long = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
