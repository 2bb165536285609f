#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PortfolioOwnerMissing, FlagsAPortfolioWithoutOwner) {
  const Given estate = given("portfolio Retail; portfolio Staff @ann");
  EXPECT_THAT(estate.messages("portfolio-owner-missing"),
              ElementsAre("Retail: has no accountable owner"));
}

TEST(PortfolioOwnerMissing, IgnoresWhatIsNotLive) {
  EXPECT_THAT(
      given("portfolio Old retired; portfolio Next planned").subjects("portfolio-owner-missing"),
      IsEmpty());
}

TEST(PortfolioOwnerMissing, LeavesOtherTiersToOtherRules) {
  EXPECT_THAT(given("portfolio Retail @ann; external Shop in:Retail; system Cart")
                  .subjects("portfolio-owner-missing"),
              IsEmpty());
}

TEST(PortfolioOwnerMissing, TakesAPlaceholderForNobodyAndNamesCandidates) {
  const Given estate = given("portfolio Retail @TBA ?eve");
  EXPECT_THAT(estate.messages("portfolio-owner-missing"),
              ElementsAre("Retail: has no accountable owner: \"TBA\" is a placeholder; ask eve"));
  EXPECT_THAT(names_in(estate.only("portfolio-owner-missing"), "candidates"), ElementsAre("eve"));
}

TEST(PortfolioOwnerMissing, JudgesNestedPortfoliosByTheirOwnOwner) {
  EXPECT_THAT(given("portfolio Company @cio; portfolio Retail in:Company")
                  .subjects("portfolio-owner-missing"),
              ElementsAre("Retail"));
}

TEST(PortfolioOwnerMissing, JudgesTaxonomyNodes) {
  const Given estate = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name,owned_by\np1,Retail,Ann Lind\n"},
       {"spm_taxonomy_node.csv", "sys_id,name,owned_by,service_portfolio\nn1,Web shops,,p1\n"}});
  EXPECT_THAT(estate.subjects("portfolio-owner-missing"), ElementsAre("Web shops"));
}

TEST(PortfolioOwnerMissing, IsMedium) {
  EXPECT_EQ(given("portfolio Retail").only("portfolio-owner-missing").severity, Severity::medium);
}

TEST(PortfolioOwnerMissing, IsHighForCriticalPortfolios) {
  EXPECT_EQ(given("portfolio Retail critical").only("portfolio-owner-missing").severity,
            Severity::high);
}

TEST(PortfolioOwnerMissing, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nRetail,portfolio,lines\n"}});
  EXPECT_THAT(estate.subjects("portfolio-owner-missing"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("portfolio-owner-missing"),
              ElementsAre("the export of class 'lines' lacks owner"));
}

TEST(PortfolioOwnerMissing, IsNotEvaluatedWithoutPortfolios) {
  EXPECT_THAT(given("external Shop").not_evaluated("portfolio-owner-missing"),
              ElementsAre("the export has no portfolios"));
}

}  // namespace
}  // namespace tierline
