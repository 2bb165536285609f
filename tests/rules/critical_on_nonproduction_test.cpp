#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "critical-on-nonproduction";

TEST(CriticalOnNonproduction, FlagsACriticalServiceThatNeedsATestSystem) {
  const Given estate = given("internal Payroll critical; system Pay env:Test; Payroll -> Pay");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Payroll: is of criticality 1 and needs what is not in production: "
                          "Pay (Test)"));
  EXPECT_THAT(names_in(estate.only(rule), "nonproduction"), ElementsAre("Pay"));
}

TEST(CriticalOnNonproduction, MakesOneFindingOfAllThatAServiceNeeds) {
  const Given estate = given(
      "external Shop criticality:2 env:PROD; system Cart env:dev; component Disk env:QA;"
      "Shop -> Disk; Shop -> Cart");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: is of criticality 2 and needs what is not in production: "
                          "Cart (dev) and Disk (QA)"));
}

TEST(CriticalOnNonproduction, IsContentWithLessCriticalServices) {
  EXPECT_THAT(given("external Shop criticality:3; external Mail; external Bank critical;"
                    "system Cart env:test; Shop -> Cart; Mail -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalOnNonproduction, KnowsProductionByItsNames) {
  EXPECT_THAT(given("external Shop critical; system A env:Production; system B env:PROD;"
                    "system C env:prd; system D env:Live; system E env:DR;"
                    "Shop -> A; Shop -> B; Shop -> C; Shop -> D; Shop -> E")
                  .subjects(rule),
              IsEmpty());
  EXPECT_THAT(from_files({{"items.csv",
                           "id,tier,facing,criticality,environment,needs\n"
                           "Shop,service,external,1,,Cart\nCart,system,,,Disaster Recovery,\n"}})
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalOnNonproduction, SaysNothingOfWhatDoesNotSayWhereItStands) {
  EXPECT_THAT(given("external Shop critical; system Cart; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(CriticalOnNonproduction, IsContentWithAServiceThatIsForTestItself) {
  EXPECT_THAT(
      given("external Shop critical env:test; system Cart env:test; Shop -> Cart").subjects(rule),
      IsEmpty());
}

TEST(CriticalOnNonproduction, LooksAtWhatTheServiceNeedsItself) {
  EXPECT_THAT(given("external Shop critical; system Cart; system Stock env:test; system Mail "
                    "env:test; Shop -> Cart -> Stock; Shop => Mail")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalOnNonproduction, LooksAtLiveItemsOnly) {
  EXPECT_THAT(given("external Shop critical; system Cart env:test retired; Shop -> Cart;"
                    "external Old critical retired; system Mail env:test; Old -> Mail")
                  .subjects(rule),
              IsEmpty());
}

/// Shop, which is not critical, and an offering of it that is; both need the test system.
Given offering_in(const std::string& environment) {
  return from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,busines_criticality\ns1,Shop,4\n"},
       {"service_offering.csv",
        "sys_id,name,parent,busines_criticality,environment\no1,Gold,s1,1," + environment + "\n"},
       {"cmdb_ci_business_app.csv", "sys_id,name,environment\na1,Cart,Test\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,o1,a1,Depends on::Used by\n"}});
}

TEST(CriticalOnNonproduction, TakesAServiceAndItsOfferingsForOne) {
  EXPECT_THAT(offering_in("Production").messages(rule),
              ElementsAre("Shop: is of criticality 1 and needs what is not in production: "
                          "Cart (Test)"));
}

TEST(CriticalOnNonproduction, IsContentWithAnOfferingThatIsForTest) {
  EXPECT_THAT(offering_in("Test").subjects(rule), IsEmpty());
}

TEST(CriticalOnNonproduction, IsNotEvaluatedWhereNoServiceSaysHowCriticalItIs) {
  EXPECT_THAT(given("external Shop; system Cart env:test; Shop -> Cart").not_evaluated(rule),
              ElementsAre("no service says how critical it is"));
}

TEST(CriticalOnNonproduction, IsHighAndWorseForCriticality1) {
  EXPECT_EQ(given("internal Shop criticality:2; system A env:test; Shop -> A").only(rule).severity,
            Severity::high);
  EXPECT_EQ(given("internal Shop critical; system A env:test; Shop -> A").only(rule).severity,
            Severity::critical);
}

}  // namespace
}  // namespace tierline
