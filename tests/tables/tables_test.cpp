// What the definitions of the tables come to in small estates. That the numbers are right in large
// ones: plain_search_test.cpp.

#include "tierline/tables.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "given.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;

/// A table of a small estate.
template <typename Make>
auto made(const Given& estate, Make make) {
  const Audit& audit = estate.audit();
  return make(TableSource(*audit.inventory, *audit.graph, audit.results, audit.scope));
}

TEST(OwnershipTable, CountsAnItemWhereItFitsFirst) {
  const Given estate = given(
      "person ann; person old left; portfolio P @ann; system A @ann; system B @old;"
      "system C @stranger; system D +ops; system E; external F @ann in:P; F => E; system G;"
      "system H @old @ann; system I retired");
  const Ownership systems = made(estate, ownership_table)[static_cast<std::size_t>(Tier::system)];
  EXPECT_EQ(systems.live, 7U);
  EXPECT_EQ(systems.owned, 2U);
  EXPECT_EQ(systems.inactive, 1U);
  EXPECT_EQ(systems.dangling, 1U);
  EXPECT_EQ(systems.group_only, 1U);
  EXPECT_EQ(systems.inherited, 1U);
  EXPECT_EQ(systems.none, 1U);
}

TEST(DepthProfile, ReachesDownAsFarAsMostAreAnsweredFor) {
  const Given estate = given(
      "portfolio P @ann; external S @ann in:P; system A @ann; component X +ops; component Y;"
      "S -> A; A -> X; A -> Y");
  const DepthProfile profile = made(estate, depth_profile);
  EXPECT_EQ(profile.estate.deepest, Tier::system);
  ASSERT_EQ(profile.portfolios.size(), 1U);
  EXPECT_EQ(profile.portfolios[0].tiers[3].answered, 1U);
  EXPECT_EQ(profile.portfolios[0].tiers[3].judged, 2U);
}

TEST(DepthProfile, ReachesNoTierWhereTheFirstIsNotAnsweredFor) {
  EXPECT_EQ(made(given("portfolio P; external S @ann in:P; portfolio Q @TBD"), depth_profile)
                .estate.deepest,
            std::nullopt);
}

TEST(DepthProfile, PutsASystemIntoThePortfolioOfTheNearestService) {
  const Given estate = given(
      "portfolio Far @ann; portfolio Near @ann; external A in:Far; supporting B in:Near;"
      "system X @ann; A -> B -> X");
  const DepthProfile profile = made(estate, depth_profile);
  ASSERT_EQ(profile.portfolios.size(), 2U);
  EXPECT_EQ(profile.portfolios[1].tiers[2].judged, 1U);
  EXPECT_EQ(profile.portfolios[0].tiers[2].judged, 0U);
}

TEST(DepthProfile, PutsWhatIsInNestedPortfoliosIntoTheTopmost) {
  const Given estate =
      given("portfolio Top @ann; portfolio Under @ann in:Top; external A @ann in:Under");
  const DepthProfile profile = made(estate, depth_profile);
  ASSERT_EQ(profile.portfolios.size(), 1U);
  EXPECT_EQ(estate.inventory().label(profile.portfolios[0].portfolio), "Top");
  EXPECT_EQ(profile.portfolios[0].tiers[0].judged, 2U);
  EXPECT_EQ(profile.portfolios[0].tiers[1].judged, 1U);
}

Given with_offerings() {
  return from_files({{"cmdb_ci_service_business.csv",
                      "sys_id,name,owned_by,consumer_type,busines_criticality\n"
                      "s1,Shop,ann,internal,4 - not critical\n"},
                     {"service_offering.csv",
                      "sys_id,name,owned_by,parent,consumer_type,busines_criticality\n"
                      "o1,Gold,bob,s1,external,1 - most critical\no2,Silver,ann,s1,internal,\n"},
                     {"sys_user.csv", "sys_id,name,active\nann,Ann,true\nbob,Bob,true\n"}});
}

TEST(OwnerTable, CountsAServiceAndItsOfferingsOnceForEachOfTheirOwners) {
  const Given estate = with_offerings();
  const std::vector<Owner> owners = made(estate, owner_table);
  ASSERT_EQ(owners.size(), 2U);
  for (const Owner& owner : owners) {
    EXPECT_EQ(owner.services(), 1U);
    EXPECT_EQ(owner.external, 1U);
    EXPECT_EQ(owner.criticalities[1], 1U);
    EXPECT_EQ(owner.load, 3U);
  }
}

TEST(FacingLayers, CountsAServiceOnceByTheStrongestFacingOfItsOfferings) {
  EXPECT_THAT(made(with_offerings(), facing_layers).services, ElementsAre(1, 0, 0, 0));
}

TEST(OwnerTable, PutsTheGreatestLoadFirst) {
  const Given estate =
      given("external A @ann; external B @bob critical; external C @cid; external D @cid");
  std::vector<std::string> names;
  for (const Owner& owner : made(estate, owner_table)) {
    names.push_back(label(estate.inventory().party(owner.party)));
  }
  EXPECT_THAT(names, ElementsAre("bob", "cid", "ann"));
}

TEST(PlatformCollaborators, ListsTheMostSharedFirstAndOnlyWhatThreeShare) {
  const Given estate = given(
      "external A @ann; external B @bob; external C @cid; external D @dan; system Two; system "
      "Three;"
      "supporting Four; A -> Two; B -> Two; A -> Three; B -> Three; C -> Three; A -> Four;"
      "B -> Four; C -> Four; D -> Four");
  std::vector<std::string> names;
  for (const Platform& platform : made(estate, platform_collaborators).platforms) {
    names.push_back(
        fmt::format("{} {}", estate.inventory().label(platform.platform), platform.users.services));
  }
  EXPECT_THAT(names, ElementsAre("Four 4", "Three 3"));
}

/// Of hundreds of services that rely on it, some are named, and all are counted, about.
TEST(PlatformCollaborators, CountsUsersOfWhatNearlyAllShare) {
  std::string statements = "system Hub";
  for (int i = 0; i < 300; ++i) {
    statements += fmt::format("; external s{} @ann; s{} -> Hub", i, i);
  }
  const auto table = made(given(statements), platform_collaborators);
  ASSERT_EQ(table.platforms.size(), 1U);
  EXPECT_FALSE(table.platforms[0].users.exact);
  EXPECT_NEAR(table.platforms[0].users.services, 300, 100);
  EXPECT_EQ(table.platforms[0].consumers.size(), 60U);
}

}  // namespace
}  // namespace tierline
