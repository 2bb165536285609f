#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "accountability-chain-broken";

TEST(AccountabilityChainBroken, FlagsAPortfolioThatNobodyAnswersFor) {
  const Given estate = given_all("portfolio Retail; external Shop @ann in:Retail");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: nobody answers for its portfolio Retail, though ann for it"));
  EXPECT_EQ(word_in(estate.only(rule), "brokenAt"), "portfolio");
  EXPECT_THAT(names_in(estate.only(rule), "path"), ElementsAre("Retail", "Shop"));
  EXPECT_THAT(names_in(estate.only(rule), "answeredBy"), ElementsAre("ann"));
}

TEST(AccountabilityChainBroken, FlagsAServiceWhoseSystemsSomebodyAnswersFor) {
  const Given estate =
      given_all("external Shop; system Cart @ann; system Ads @bob; Shop -> Cart; Shop => Ads");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: nobody answers for it, though bob for the system Ads"));
  EXPECT_THAT(names_in(estate.only(rule), "path"), ElementsAre("Shop", "Ads"));
}

TEST(AccountabilityChainBroken, FlagsSystemsWhoseComponentsAGroupRuns) {
  const Given estate =
      given_all("external Shop @ann; system Cart; component Rack +ops; Shop -> Cart -> Rack");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: nobody answers for its systems, such as Cart, though ops for the "
                          "component Rack"));
  EXPECT_EQ(word_in(estate.only(rule), "brokenAt"), "system");
  EXPECT_THAT(names_in(estate.only(rule), "path"), ElementsAre("Shop", "Cart", "Rack"));
}

TEST(AccountabilityChainBroken, TellsTheFirstLevelAndTheWayDownToWhoAnswers) {
  const Given estate = given_all(
      "portfolio Retail; external Shop in:Retail; system Cart; component Rack @ann;"
      "Shop -> Cart -> Rack");
  EXPECT_THAT(names_in(estate.only(rule), "path"), ElementsAre("Retail", "Shop", "Cart", "Rack"));
  EXPECT_EQ(word_in(estate.only(rule), "brokenAt"), "portfolio");
}

TEST(AccountabilityChainBroken, IsContentWhereAccountabilityEndsAndDoesNotGoOn) {
  EXPECT_THAT(given_all("portfolio Retail @ann; external Shop @bob in:Retail; system Cart;"
                        "component Rack; Shop -> Cart -> Rack")
                  .subjects(rule),
              IsEmpty());
}

TEST(AccountabilityChainBroken, IsContentWithOneOwnerOnALevel) {
  EXPECT_THAT(given_all("external Shop @bob; system Cart; system Ads @ann; component Rack +ops;"
                        "Shop -> Cart -> Rack; Shop -> Ads")
                  .subjects(rule),
              IsEmpty());
}

TEST(AccountabilityChainBroken, LeavesOutLevelsWithoutItems) {
  EXPECT_THAT(given_all("external Shop @ann; component Rack @ann; Shop -> Rack").subjects(rule),
              IsEmpty());
}

TEST(AccountabilityChainBroken, LooksAtTheNearestPortfolios) {
  EXPECT_THAT(
      given_all("portfolio Group; portfolio Retail @ann in:Group; external Shop @bob in:Retail")
          .subjects(rule),
      IsEmpty());
  EXPECT_THAT(given_all("portfolio Group @ann; portfolio Retail in:Group; external Shop @bob "
                        "in:Retail; internal Desk @bob; Shop => Desk")
                  .subjects(rule),
              ElementsAre("Desk", "Shop"));
}

TEST(AccountabilityChainBroken, CountsNoGroupForASystem) {
  EXPECT_THAT(given_all("external Shop; system Cart +ops; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(AccountabilityChainBroken, CountsLiveItemsOnly) {
  EXPECT_THAT(given_all("portfolio Old retired; external Shop in:Old; system Cart @ann retired;"
                        "external Past retired; system Stock @ann; Shop -> Cart; Past -> Stock")
                  .subjects(rule),
              IsEmpty());
}

TEST(AccountabilityChainBroken, IsNotEvaluatedWhereTheExportDoesNotSayIt) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\ns1,Shop\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name,owned_by\na1,Cart,u1\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\n"},
                  {"sys_user.csv", "sys_id,name,active\nu1,Ann,true\n"}},
                 options);
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("the export does not say who answers for what is above some item that "
                          "somebody answers for"));
}

TEST(AccountabilityChainBroken, IsMediumAndWorseForExternalOnes) {
  EXPECT_EQ(given_all("internal Shop; system Cart @ann; Shop -> Cart").only(rule).severity,
            Severity::medium);
  EXPECT_EQ(given_all("external Shop; system Cart @ann; Shop -> Cart").only(rule).severity,
            Severity::high);
}

TEST(AccountabilityChainBroken, IsNoCoreRule) {
  EXPECT_THAT(given("external Shop; system Cart @ann; Shop -> Cart").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
