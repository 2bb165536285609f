#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "tier-inversion";

TEST(TierInversion, FlagsContainmentOfAHigherTier) {
  EXPECT_THAT(given("component Rack; external Shop; Rack => Shop").messages(rule),
              ElementsAre("Rack -> Shop (contains): the component Rack contains the service Shop"));
}

TEST(TierInversion, FlagsEveryPairOfTiersTheWrongWayRound) {
  const Given estate = given(
      "portfolio P; external S; system Y; component C;"
      "S => P; Y => P; C => P; Y => S; C => S; C => Y");
  EXPECT_EQ(estate.subjects(rule).size(), 6U);
}

TEST(TierInversion, IsContentWithContainmentOfALowerTier) {
  const Given estate = given(
      "portfolio P; external S; system Y; component C;"
      "P => S; P => Y; P => C; S => Y; S => C; Y => C");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(TierInversion, IsContentWithContainmentWithinATier) {
  const Given estate = given(
      "portfolio P; portfolio Q; external S; external T; system Y; system Z; component C;"
      "component D; P => Q; S => T; Y => Z; C => D");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(TierInversion, FlagsANeedOfAPortfolio) {
  EXPECT_THAT(given("system Cart; portfolio Retail; Cart -> Retail").messages(rule),
              ElementsAre("Cart -> Retail (needs): the system Cart needs the portfolio Retail"));
}

TEST(TierInversion, IsContentWithOtherNeedsOfAHigherTier) {
  EXPECT_THAT(
      given("component Rack; system Cart; external Shop; Rack -> Cart -> Shop").subjects(rule),
      IsEmpty());
}

TEST(TierInversion, TakesServingForNoInversion) {
  EXPECT_THAT(given("supporting Backup; component Rack; Backup -|> Rack").subjects(rule),
              IsEmpty());
}

TEST(TierInversion, TakesServingByAPortfolioForNoNeedOfIt) {
  EXPECT_THAT(given("portfolio Retail; system Cart; Retail -|> Cart").subjects(rule), IsEmpty());
}

TEST(TierInversion, TakesADataFlowForNoInversion) {
  EXPECT_THAT(given("component Rack; external Shop; system Cart; Shop -> Cart; Rack ~> Shop")
                  .subjects(rule),
              IsEmpty());
}

TEST(TierInversion, IgnoresItemsOfNoTier) {
  EXPECT_THAT(given("thing Cable; external Shop; Cable => Shop").subjects(rule), IsEmpty());
}

TEST(TierInversion, TakesATechnicalServiceThatContainsAServerForNoInversion) {
  const Given estate = from_files(
      {{"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Hosting\n"},
       {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,t1,c1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(TierInversion, NamesTheRowAndItsEnds) {
  const Given estate = given("component Rack; external Shop; Rack => Shop");
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::relation);
  EXPECT_EQ(estate.only(rule).subject.id, "r1");
  EXPECT_THAT(estate.only(rule).subject.attributes,
              ElementsAre(std::pair("from", "Rack"), std::pair("to", "Shop"),
                          std::pair("type", "contains"), std::pair("source", "tierline")));
}

TEST(TierInversion, NamesTheEndsAsTheExportDoes) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
       {"spm_service_portfolio.csv", "sys_id,name\np1,Retail\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,p1,b1,Provides::Provided by\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Retail -> Shop (Provides::Provided by): the service Shop needs the "
                          "portfolio Retail"));
}

TEST(TierInversion, IsMedium) {
  EXPECT_EQ(given("component Rack; external Shop; Rack => Shop").only(rule).severity,
            Severity::medium);
}

TEST(TierInversion, IsNotEvaluatedWithoutRelations) {
  EXPECT_THAT(given("component Rack; external Shop").not_evaluated(rule),
              ElementsAre("the export has no relations between items"));
}

}  // namespace
}  // namespace tierline
