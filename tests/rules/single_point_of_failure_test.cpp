// The rule, and below it what stops what, against trying it out.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "analysis/service_reach.h"
#include "analysis/stops.h"
#include "given.h"
#include "rules/evidence.h"
#include "scratch.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "single-point-of-failure";

/// `count` internal services that need an item.
std::string services_on(std::string_view item, int count) {
  std::string statements;
  for (int i = 0; i < count; ++i) {
    statements += fmt::format("internal {0}{1}; {0}{1} -> {0};", item, i);
  }
  return statements;
}

TEST(SinglePointOfFailure, FlagsWhatStopsFiveServices) {
  const Given estate =
      given_all("system Hub; system Small;" + services_on("Hub", 5) + services_on("Small", 4));
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Hub: stops 5 of 9 customer-facing services when it fails, Hub0, Hub1 "
                          "and Hub2 among them"));
  EXPECT_EQ(number_in(estate.only(rule), "stoppedServices"), 5U);
}

TEST(SinglePointOfFailure, FlagsATenthOfAllAndNoLess) {
  EXPECT_THAT(given_all("system Hub; system Big;" + services_on("Hub", 7) + services_on("Big", 64))
                  .subjects(rule),
              ElementsAre("Big"));
  EXPECT_THAT(given_all("system Hub; system Big;" + services_on("Hub", 7) + services_on("Big", 63))
                  .subjects(rule),
              ElementsAre("Big", "Hub"));
}

TEST(SinglePointOfFailure, FlagsWhatStopsTwoServicesOfCriticality1) {
  const Given estate = given_all(
      "internal Pay critical; internal Till critical; internal Wiki criticality:2;"
      "component Disk; component Tape; component Fan; Pay -> Disk; Till -> Disk; Pay -> Tape;"
      "Wiki -> Tape; supporting Own critical; Own -> Fan; Pay -> Fan");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Disk"));
  EXPECT_THAT(names_in(estate.only(rule), "worst"), ElementsAre("Pay", "Till"));
}

TEST(SinglePointOfFailure, StopsAtACluster) {
  EXPECT_THAT(given_all("component Cluster minUp:1; component A; component B; Cluster => A;"
                        "Cluster => B;" +
                        services_on("Cluster", 5))
                  .subjects(rule),
              ElementsAre("Cluster"));
}

TEST(SinglePointOfFailure, SeesWhatBothNodesOfAClusterStandOn) {
  EXPECT_THAT(given_all("component Cluster minUp:1; component A; component B; component Switch;"
                        "component Power; Cluster => A; Cluster => B; A -> Switch; B -> Switch;"
                        "Switch -> Power;" +
                        services_on("Cluster", 5))
                  .subjects(rule),
              ElementsAre("Cluster", "Power", "Switch"));
}

TEST(SinglePointOfFailure, CountsMembersThatMayBeLost) {
  const std::string members =
      "component A; component B; component C; component Rack;"
      "Cluster => A; Cluster => B; Cluster => C; A -> Rack; B -> Rack;" +
      services_on("Cluster", 5);
  EXPECT_THAT(given_all("component Cluster minUp:1;" + members).subjects(rule),
              ElementsAre("Cluster"));
  EXPECT_THAT(given_all("component Cluster minUp:2;" + members).subjects(rule),
              ElementsAre("Cluster", "Rack"));
  EXPECT_THAT(given_all("component Cluster minUp:3;" + members).subjects(rule),
              ElementsAre("A", "B", "C", "Cluster", "Rack"));
}

TEST(SinglePointOfFailure, KnowsTheClustersOfServiceNow) {
  std::string services = "sys_id,name\n";
  std::string relations =
      "sys_id,parent,child,type\nr0,k1,n1,Cluster of::Cluster\n"
      "r1,k1,n2,Cluster of::Cluster\n";
  for (int i = 0; i < 5; ++i) {
    services += fmt::format("s{0},Shop{0}\n", i);
    relations += fmt::format("q{0},s{0},k1,Depends on::Used by\n", i);
  }
  const Scratch scratch;
  scratch.write("cmdb_ci_service_business.csv", services);
  scratch.write("cmdb_ci_win_cluster.csv", "sys_id,name\nk1,Cluster\n");
  scratch.write("cmdb_ci_cluster_node.csv", "sys_id,name\nn1,A\nn2,B\n");
  scratch.write("cmdb_rel_ci.csv", relations);
  AuditOptions options;
  options.import.inputs = {scratch.path().string()};
  options.import.as_of = "2026-11-21";
  options.rules.set = RuleSet::all;
  EXPECT_THAT(Given(std::move(*audit(options))).subjects(rule), ElementsAre("Cluster"));
}

TEST(SinglePointOfFailure, LeavesAClusterOpenThatStandsOnTooMuch) {
  std::string statements =
      "component Cluster minUp:1; component A; component B; Cluster => A;"
      "Cluster => B;" +
      services_on("Cluster", 5);
  for (int i = 0; i < 17; ++i) {
    statements += fmt::format("component p{0}; A -> p{0}; B -> p{0};", i);
  }
  const Given estate = given_all(statements);
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Cluster"));
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("too much stands below its members to tell what stops it"));
}

TEST(SinglePointOfFailure, FollowsLiveItemsOnly) {
  EXPECT_THAT(given_all("system Hub; system Gone retired; Gone -> Hub;" + services_on("Gone", 9))
                  .subjects(rule),
              IsEmpty());
}

// --- against trying it out

using Items = std::set<ItemId>;

/// What an item stands on.
struct Footing {
  std::size_t has_to_stand = 0;  ///< Of its members.
  Items members;
  Items needed;

  [[nodiscard]] bool is_gone(const Items& stopped) const {
    const auto has_stopped = [&](ItemId item) { return stopped.contains(item); };
    const auto standing =
        members.size() - static_cast<std::size_t>(std::ranges::count_if(members, has_stopped));
    return standing < std::min(has_to_stand, members.size()) ||
           std::ranges::any_of(needed, has_stopped);
  }
};

std::map<ItemId, Footing> footings_of(const Inventory& inventory) {
  std::map<ItemId, Footing> footings;
  for (const ItemId item : inventory.items()) {
    footings[item].has_to_stand = inventory.detail(item, RuleInput::redundancy);
  }
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from != relation.to && inventory.is_live(relation.to)) {
      Footing& of = footings[relation.from];
      const bool is_member = relation.kind == RelationKind::contains && of.has_to_stand > 0;
      (is_member ? of.members : of.needed).insert(relation.to);
    }
  }
  return footings;
}

/// What stops once `first` does, tried out step by step.
Items stopped_by(ItemId first, const std::vector<ItemId>& island,
                 const std::map<ItemId, Footing>& footings) {
  Items stopped = {first};
  for (std::size_t before = 0; before != stopped.size();) {
    before = stopped.size();
    for (const ItemId item : island) {
      if (footings.at(item).is_gone(stopped)) {
        stopped.insert(item);
      }
    }
  }
  return stopped;
}

/// Many small graphs beside one another, each with redundancy, circles and retired items in it.
class Islands {
 public:
  static constexpr int items = 8;

  Islands(unsigned seed, int count) : random_(seed), count_(count) {}

  std::string statements() {
    std::string text;
    for (int island = 0; island < count_; ++island) {
      for (int i = 0; i < items; ++i) {
        text += fmt::format("{} n{}_{}{}{};", i < 2 ? "external" : "component", island, i,
                            i > 1 && below(2) == 0 ? fmt::format(" minUp:{}", 1 + below(3)) : "",
                            below(10) == 0 ? " retired" : "");
      }
      const unsigned relations = 6 + below(10);
      for (unsigned r = 0; r < relations; ++r) {
        text += fmt::format("n{0}_{1} {3} n{0}_{2};", island, below(items), below(items),
                            below(2) == 0 ? "->" : "=>");
      }
    }
    return text;
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

  std::mt19937 random_;
  int count_;
};

TEST(Stops, AreThoseThatTryingItOutFinds) {
  constexpr int islands = 250;
  for (unsigned seed = 1; seed <= 80; ++seed) {  // 20,000 graphs.
    const Given estate = given(Islands(seed, islands).statements(), {.only = {rule}});
    const Inventory& inventory = estate.inventory();
    const Reach reach(inventory, estate.graph());
    const Estate judged{inventory, estate.graph(), reach, {}, false, {}};
    const StoppedServices stopped = stopped_services(judged, Stops(judged), Families(judged));
    const std::map<ItemId, Footing> footings = footings_of(inventory);
    std::map<std::string, std::vector<ItemId>> by_island;  // The live ones.
    for (const ItemId item : inventory.items()) {
      const std::string name(inventory.name(item));
      if (inventory.is_live(item)) {
        by_island[name.substr(0, name.find('_'))].push_back(item);
      }
    }
    for (const auto& [name, island] : by_island) {
      for (const ItemId item : island) {
        const auto services =
            std::ranges::count_if(stopped_by(item, island, footings),
                                  [&](ItemId one) { return inventory.is_customer_facing(one); });
        EXPECT_EQ(stopped.counts.of(item).services, services)
            << inventory.name(item) << " of seed " << seed;
      }
    }
  }
}

}  // namespace
}  // namespace tierline
