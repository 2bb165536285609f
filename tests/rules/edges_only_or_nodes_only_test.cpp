#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "edges-only-or-nodes-only";

TEST(EdgesOnlyOrNodesOnly, FlagsItemsWithoutRelations) {
  const Given estate = given("external Shop @ann; system Cart @bob");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre(
          "tierline: no relation connects two of its items, but for membership in portfolios"));
  EXPECT_EQ(number_in(estate.only(rule), "itemCount"), 2U);
  EXPECT_EQ(number_in(estate.only(rule), "relationCount"), 0U);
}

TEST(EdgesOnlyOrNodesOnly, TakesMembershipInPortfoliosForNoRelation) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; external Bank; Retail => Bank")
                  .subjects(rule),
              ElementsAre("tierline"));
}

TEST(EdgesOnlyOrNodesOnly, IsContentWithOneRelation) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(EdgesOnlyOrNodesOnly, FlagsRelationsWithoutItems) {
  const Given estate = from_files({{"relations.csv", "id,from,to,type\nr1,Shop,Cart,needs\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("tierline: none of its relations has an end among its items"));
}

TEST(EdgesOnlyOrNodesOnly, FlagsRelationsOfOtherItems) {
  EXPECT_THAT(given("external Shop; Ghost -> Spook").messages(rule),
              ElementsAre("tierline: none of its relations has an end among its items"));
}

TEST(EdgesOnlyOrNodesOnly, MakesTheRunIncomplete) {
  EXPECT_EQ(given("internal Shop").audit().run.exit_code, 3);
}

TEST(EdgesOnlyOrNodesOnly, KeepsRulesFromConcludingThatNothingIsThere) {
  const Given estate = given("supporting Backup; system Cart; portfolio Fax");
  for (const char* silent :
       {"orphaned-supporting-service", "orphan-system", "service-not-in-portfolio",
        "empty-portfolio", "customer-facing-unsupported"}) {
    EXPECT_THAT(estate.subjects(silent), IsEmpty()) << silent;
    EXPECT_EQ(estate.not_evaluated(silent).size(), 1U) << silent;
  }
}

TEST(EdgesOnlyOrNodesOnly, LetsOtherRulesJudge) {
  EXPECT_THAT(given("supporting Backup").subjects("owner-missing"), ElementsAre("Backup"));
}

TEST(EdgesOnlyOrNodesOnly, LetsThemConcludeWhenTheExportIsSaidToBeComplete) {
  const Given estate = from_files({{"items.csv", "id,tier,facing\nBackup,service,supporting\n"}},
                                  assuming_complete());
  EXPECT_THAT(estate.subjects("orphaned-supporting-service"), ElementsAre("Backup"));
}

TEST(EdgesOnlyOrNodesOnly, JudgesEachSourceByItself) {
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,facing,source\nShop,service,external,north\nCart,system,,north\n"
                   "Backup,service,supporting,south\n"},
                  {"relations.csv", "id,from,to,type,source\nr1,Shop,Cart,needs,north\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("south"));
}

TEST(EdgesOnlyOrNodesOnly, IsHigh) {
  EXPECT_EQ(given("internal Shop").only(rule).severity, Severity::high);
}

}  // namespace
}  // namespace tierline
