// How many services rely on an item. That small numbers are exact, whatever the paths:
// properties_test.cpp.

#include "analysis/service_reach.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "rules/from_files.h"

namespace tierline {
namespace {

ServiceReach::Count reach_of(const Given& estate, std::string_view name, std::uint64_t seed = 0) {
  const Reach reach(estate.inventory(), estate.graph());
  const ItemId item = estate.item(name);
  const auto count = [&](const ItemSet& wanted) {
    return count_services_above(estate.inventory(), estate.graph(), reach, wanted, seed).of(item);
  };
  const auto of_all = count(all_items(estate.inventory()));
  const auto alone =
      count(items_where(estate.inventory(), [&](ItemId one) { return one == item; }));
  EXPECT_EQ(alone.services, of_all.services);
  EXPECT_EQ(alone.exact, of_all.exact);
  return of_all;
}

TEST(ServiceReach, CountsCustomerFacingServicesOnceWhateverTheWays) {
  const Given estate = given(
      "external Shop; internal Payroll; supporting Disk; system Cart; Shop -> Cart -> Disk;"
      "Shop -> Disk; Payroll -> Disk");
  EXPECT_EQ(reach_of(estate, "Disk").services, 2U);
  EXPECT_EQ(reach_of(estate, "Cart").services, 1U);
  EXPECT_EQ(reach_of(estate, "Shop").services, 1U);
}

TEST(ServiceReach, FollowsLiveItemsOnly) {
  const Given estate = given(
      "external Shop; external Old retired; system Gone retired; system Cart; Shop -> Gone -> Cart;"
      "Old -> Cart");
  EXPECT_EQ(reach_of(estate, "Cart").services, 0U);
}

TEST(ServiceReach, IsTheSameForAllOfACircle) {
  const Given estate = given("external Shop; system A; system B; Shop -> A -> B -> A");
  EXPECT_EQ(reach_of(estate, "A").services, 1U);
  EXPECT_EQ(reach_of(estate, "B").services, 1U);
}

TEST(ServiceReach, CountsAServiceAndItsOfferingsOnce) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Gold,s1\no2,Silver,s1\n"},
                  {"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,o1,a1,Uses::Used by\n"
                   "r2,o2,a1,Uses::Used by\nr3,s1,a1,Uses::Used by\n"}});
  EXPECT_EQ(reach_of(estate, "Cart").services, 1U);
}

/// `count` services on one system.
Given crowd(std::size_t count) {
  std::string statements = "system Hub";
  for (std::size_t i = 0; i < count; ++i) {
    statements += fmt::format("; external s{}; s{} -> Hub", i, i);
  }
  return given(statements);
}

TEST(ServiceReach, IsExactUpTo63) {
  const ServiceReach::Count count = reach_of(crowd(63), "Hub");
  EXPECT_EQ(count.services, 63U);
  EXPECT_TRUE(count.exact);
}

TEST(ServiceReach, IsAnEstimateAboveWithin25PercentIn19Of20Cases) {
  constexpr int seeds = 200;
  constexpr std::uint32_t on_hub = 400;
  std::string statements = "system Hub; system Other";
  for (std::uint32_t i = 0; i < 3 * on_hub; ++i) {
    statements += fmt::format("; external s{0}; s{0} -> {1}", i, i < on_hub ? "Hub" : "Other");
  }
  const Given estate = given(statements);
  int near = 0;
  double sum = 0;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const ServiceReach::Count count = reach_of(estate, "Hub", seed);
    EXPECT_FALSE(count.exact);
    near += std::abs(static_cast<double>(count.services) - on_hub) <= 0.25 * on_hub ? 1 : 0;
    sum += count.services;
  }
  EXPECT_GE(near, seeds * 19 / 20);
  EXPECT_NEAR(sum / seeds, on_hub, 0.03 * on_hub);
}

TEST(ServiceReach, IsHandedDownManyLevelsWithoutLoss) {
  std::string statements = "system x0";
  for (int i = 0; i < 40; ++i) {
    statements += fmt::format("; external s{0}; system x{1}; s{0} -> x{0} -> x{1}", i, i + 1);
  }
  EXPECT_EQ(reach_of(given(statements), "x40").services, 40U);
}

}  // namespace
}  // namespace tierline
