#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "service-not-in-portfolio";

TEST(ServiceNotInPortfolio, FlagsAServiceThatNoPortfolioContains) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; internal Payroll; Payroll -> Shop")
                  .messages(rule),
              ElementsAre("Payroll: is in no portfolio"));
}

TEST(ServiceNotInPortfolio, JudgesServicesWhateverTheyFace) {
  EXPECT_THAT(
      given("portfolio Retail; external Shop in:Retail; internal A; supporting B; service C;"
            "Shop -> B")
          .subjects(rule),
      ElementsAre("A", "B", "C"));
}

TEST(ServiceNotInPortfolio, IsContentWithContainmentFromEitherSide) {
  EXPECT_THAT(
      given("portfolio Retail; external Shop; system Cart; Retail => Shop -> Cart").subjects(rule),
      IsEmpty());
}

TEST(ServiceNotInPortfolio, IsContentWithANestedPortfolio) {
  EXPECT_THAT(given("portfolio Company; portfolio Retail in:Company; external Shop in:Retail;"
                    "system Cart; Shop -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNotInPortfolio, IsContentWithTheParentServicesPortfolio) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; external Returns; Shop => Returns")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNotInPortfolio, TakesAUseForNoMembership) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; supporting Search; Shop -> Search")
                  .subjects(rule),
              ElementsAre("Search"));
}

TEST(ServiceNotInPortfolio, TakesASystemForNoParent) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; system Cart in:Retail;"
                    "supporting Search; Shop -> Cart; Cart => Search")
                  .subjects(rule),
              ElementsAre("Search"));
}

TEST(ServiceNotInPortfolio, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; system Cart; Shop -> Cart;"
                    "internal Old retired; internal Next planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNotInPortfolio, LeavesOtherTiersOut) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; system Cart; component Rack;"
                    "Shop -> Cart -> Rack")
                  .subjects(rule),
              IsEmpty());
}

TEST(ServiceNotInPortfolio, FollowsTaxonomyNodesAndParentsOfOfferings) {
  const Given estate = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name\np1,Retail\n"},
       {"spm_taxonomy_node.csv",
        "sys_id,name,parent,service_portfolio\nn1,Shops,,p1\nn2,Web shops,n1,\n"},
       {"cmdb_ci_service_business.csv", "sys_id,name,spm_taxonomy_node\nb1,Shop,n2\nb2,Payroll,\n"},
       {"service_offering.csv", "sys_id,name,parent\no1,Shop Europe,b1\no2,Payroll Europe,b2\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,b2,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Payroll", "Payroll Europe"));
}

TEST(ServiceNotInPortfolio, IsMedium) {
  EXPECT_EQ(given("portfolio Retail; external Shop in:Retail; internal Payroll; Shop -> Payroll")
                .only(rule)
                .severity,
            Severity::medium);
}

TEST(ServiceNotInPortfolio, IsHighForExternalServices) {
  EXPECT_EQ(given("portfolio Staff; external Shop; internal Payroll in:Staff; Shop -> Payroll")
                .only(rule)
                .severity,
            Severity::high);
}

TEST(ServiceNotInPortfolio, IsNotEvaluatedWithoutPortfolios) {
  const Given estate = given("external Shop; system Cart; Shop -> Cart");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export has no portfolios"));
}

TEST(ServiceNotInPortfolio, IsNotEvaluatedWhenNothingSaysWhatPortfoliosContain) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,needs\nRetail,portfolio,lines,\n"
                                    "Shop,service,shop,Cart\nCart,system,apps,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("the export of class 'shop' lacks portfolio"));
}

TEST(ServiceNotInPortfolio, IsEvaluatedWhenPortfoliosListTheirServices) {
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,class,contains,needs\nRetail,portfolio,lines,Shop,\n"
                   "Shop,service,shop,,Cart\nBank,service,shop,,Cart\nCart,system,apps,,\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Bank"));
  EXPECT_THAT(estate.not_evaluated(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
