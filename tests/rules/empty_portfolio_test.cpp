#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "empty-portfolio";

TEST(EmptyPortfolio, FlagsAPortfolioWithoutServices) {
  EXPECT_THAT(given("portfolio Retail; portfolio Fax; external Shop in:Retail; system Cart;"
                    "Shop -> Cart")
                  .messages(rule),
              ElementsAre("Fax: contains no live service"));
}

TEST(EmptyPortfolio, CountsAServiceInANestedPortfolio) {
  EXPECT_THAT(given("portfolio Company; portfolio Retail in:Company; external Shop in:Retail;"
                    "system Cart; Shop -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(EmptyPortfolio, FlagsANestOfPortfoliosWithoutServices) {
  EXPECT_THAT(given("portfolio Company; portfolio Fax in:Company; portfolio Retail;"
                    "external Shop in:Retail; system Cart; Shop -> Cart")
                  .subjects(rule),
              ElementsAre("Company", "Fax"));
}

TEST(EmptyPortfolio, CountsLiveServicesOnly) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; portfolio Fax;"
                    "internal Old in:Fax retired; internal Next in:Fax planned; system Cart;"
                    "Shop -> Cart")
                  .subjects(rule),
              ElementsAre("Fax"));
}

TEST(EmptyPortfolio, CountsAServiceThatIsRetiring) {
  EXPECT_THAT(
      given("portfolio Fax; internal Old in:Fax retiring; system Cart; Old -> Cart").subjects(rule),
      IsEmpty());
}

TEST(EmptyPortfolio, CountsServicesOnly) {
  EXPECT_THAT(
      given("portfolio Retail; external Shop in:Retail; portfolio Apps; system Cart in:Apps;"
            "Shop -> Cart")
          .subjects(rule),
      ElementsAre("Apps"));
}

TEST(EmptyPortfolio, CountsAServiceWithinAServiceOfIt) {
  EXPECT_THAT(given("portfolio Retail; external Old in:Retail retired; external Shop; system Cart;"
                    "Old => Shop -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(EmptyPortfolio, CountsContainmentFromEitherSide) {
  EXPECT_THAT(
      given("portfolio Retail; external Shop; system Cart; Retail => Shop -> Cart").subjects(rule),
      IsEmpty());
}

TEST(EmptyPortfolio, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; system Cart; Shop -> Cart;"
                    "portfolio Old retired; portfolio Next planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(EmptyPortfolio, FollowsTaxonomyNodes) {
  const Given estate =
      from_files({{"spm_service_portfolio.csv", "sys_id,name\np1,Retail\np2,Fax\n"},
                  {"spm_taxonomy_node.csv", "sys_id,name,service_portfolio\nn1,Web shops,p1\n"},
                  {"cmdb_ci_service_business.csv", "sys_id,name,spm_taxonomy_node\nb1,Shop,n1\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Cart\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,a1,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Fax"));
}

TEST(EmptyPortfolio, JudgesASourceByWhatItSaysItself) {
  const Given estate =
      from_files({{"north/items.csv",
                   "id,tier,class,source,contains,needs\n"
                   "Retail,portfolio,lines,north,Shop,\nShop,service,shop,north,,Cart\n"
                   "Cart,system,apps,north,,\n"},
                  {"south/items.csv",
                   "id,tier,class,source,needs\nFax,portfolio,groups,south,\n"
                   "Till,service,kiosk,south,Post\nPost,system,tools,south,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("the export does not say which services portfolios contain"));
}

TEST(EmptyPortfolio, IsLow) {
  EXPECT_EQ(given("portfolio Fax; external Shop; system Cart; Shop -> Cart").only(rule).severity,
            Severity::low);
}

TEST(EmptyPortfolio, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("portfolio Fax; system Cart; system Crm; Cart -> Crm").not_evaluated(rule),
              ElementsAre("the export has no services"));
}

TEST(EmptyPortfolio, IsNotEvaluatedWhenNothingSaysWhatPortfoliosContain) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,needs\nFax,portfolio,lines,\n"
                                    "Shop,service,shop,Cart\nCart,system,apps,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("the export does not say which services portfolios contain"));
}

}  // namespace
}  // namespace tierline
