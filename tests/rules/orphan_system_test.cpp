#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "orphan-system";

TEST(OrphanSystem, FlagsASystemThatNoServiceReliesOn) {
  EXPECT_THAT(given("external Shop; system Cart; system Legacy; Shop -> Cart").messages(rule),
              ElementsAre("Legacy: no service relies on it"));
}

TEST(OrphanSystem, IsContentWithAServiceOfAnyFacing) {
  const Given estate = given(
      "external A; internal B; supporting C; service D; system W; system X; system Y; system Z;"
      "A -> W; B -> X; C -> Y; D -> Z");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanSystem, IsContentWithAPathThroughOthers) {
  EXPECT_THAT(given("external Shop; system Cart; system Crm; Shop => Cart -> Crm").subjects(rule),
              IsEmpty());
}

TEST(OrphanSystem, FlagsSystemsThatOnlyRelyOnOneAnother) {
  const Given estate =
      given("external Shop; system Cart; system A; system B; Shop -> Cart; A -> B -> A");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("A", "B"));
}

TEST(OrphanSystem, FlagsASystemThatReliesOnAServiceOnly) {
  EXPECT_THAT(given("external Shop; system Cart; Cart -> Shop").subjects(rule),
              ElementsAre("Cart"));
}

TEST(OrphanSystem, TakesAPortfolioForNoUser) {
  EXPECT_THAT(given("portfolio Retail; external Shop; system Cart; system Legacy in:Retail;"
                    "Shop -> Cart")
                  .subjects(rule),
              ElementsAre("Legacy"));
}

TEST(OrphanSystem, TakesADataFlowForNoUse) {
  EXPECT_THAT(given("external Shop; system Cart; system Legacy; Shop -> Cart; Shop ~> Legacy")
                  .subjects(rule),
              ElementsAre("Legacy"));
}

TEST(OrphanSystem, FollowsNoPathThroughRetiredItems) {
  EXPECT_THAT(
      given("external Shop; system Cart retired; system Crm; Shop -> Cart -> Crm").subjects(rule),
      ElementsAre("Crm"));
}

TEST(OrphanSystem, TakesAPlannedServiceForNoUserYet) {
  EXPECT_THAT(given("external Shop; external Next planned; system Cart; system Crm; Shop -> Cart;"
                    "Next -> Crm")
                  .subjects(rule),
              ElementsAre("Crm"));
}

TEST(OrphanSystem, IsContentWithAServiceThatIsRetiring) {
  EXPECT_THAT(given("external Shop retiring; system Cart; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(OrphanSystem, LeavesWhatARetiredServiceReachesToItsOwnRule) {
  const Given estate = given("external Shop retired; system Cart; Shop -> Cart");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.subjects("retired-service-live-infrastructure"), ElementsAre("Cart"));
}

TEST(OrphanSystem, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart; system Old retired;"
                    "system Next planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanSystem, LeavesOtherTiersToOtherRules) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart; component Rack; supporting Mail")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanSystem, FlagsWhatATechnicalServiceServesAndNobodyUses) {
  const Given estate =
      from_files({{"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Hosting\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\na2,Old app\n"},
                  {"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,t1,a1,Contains::Contained by\n"
                   "r2,t1,a2,Contains::Contained by\nr3,b1,a1,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Old app"));
}

TEST(OrphanSystem, IsMedium) {
  EXPECT_EQ(given("external Shop; system Cart; system Old; Shop -> Cart").only(rule).severity,
            Severity::medium);
}

TEST(OrphanSystem, IsHighForCriticalSystems) {
  EXPECT_EQ(
      given("external Shop; system Cart; system Old critical; Shop -> Cart").only(rule).severity,
      Severity::high);
}

TEST(OrphanSystem, AssumesACompleteExport) {
  EXPECT_EQ(given("external Shop; system Cart; system Old; Shop -> Cart").only(rule).certainty,
            Certainty::assumes_complete_export);
}

TEST(OrphanSystem, IsNotEvaluatedWithoutRelationsOfServices) {
  const Given estate = given("external Shop; system Cart; system Crm; Cart -> Crm");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export has no relations of services"));
}

TEST(OrphanSystem, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Crm").not_evaluated(rule),
              ElementsAre("the export has no services"));
}

}  // namespace
}  // namespace tierline
