#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "criticality-inversion";

TEST(CriticalityInversion, FlagsWhatIsTwoWeakerThanAServiceAboveIt) {
  const Given estate = given_all(
      "internal Payroll critical; system Pay; component Disk criticality:3;"
      "Payroll -> Pay -> Disk");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Disk: is of criticality 3, though Payroll, which is of criticality 1, "
                          "relies on it"));
  EXPECT_EQ(word_in(estate.only(rule), "moreCritical"), "Payroll");
  EXPECT_EQ(number_in(estate.only(rule), "itsCriticality"), 1U);
}

TEST(CriticalityInversion, JudgesServicesSystemsAndComponents) {
  EXPECT_THAT(given_all("internal Payroll criticality:2; supporting Mail criticality:4; system Pay "
                        "criticality:4; component Disk criticality:4; thing Cable criticality:4;"
                        "Payroll -> Mail -> Pay -> Disk -> Cable")
                  .subjects(rule),
              ElementsAre("Disk", "Mail", "Pay"));
}

TEST(CriticalityInversion, ComparesWithTheStrongestAndNamesTheNearestOfThese) {
  EXPECT_THAT(given_all("external Near criticality:2; external Far critical; external Farther "
                        "critical; system A; system B; system Pay criticality:4; Near -> Pay;"
                        "Far -> A -> Pay; Farther -> B -> A")
                  .messages(rule),
              ElementsAre("Pay: is of criticality 4, though Far, which is of criticality 1, relies "
                          "on it"));
}

TEST(CriticalityInversion, IsContentWithOneWeaker) {
  EXPECT_THAT(given_all("external Shop critical; external Mail criticality:2; system A "
                        "criticality:2; system B criticality:3; Shop -> A; Mail -> B")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalityInversion, SaysNothingOfWhatStatesNoCriticality) {
  EXPECT_THAT(given_all("external Shop critical; system Cart; Shop -> Cart").subjects(rule),
              IsEmpty());
}

TEST(CriticalityInversion, LooksAtServicesThatFaceCustomers) {
  EXPECT_THAT(given_all("supporting Mail critical; external Shop criticality:3; system A "
                        "criticality:4; Mail -> A; Shop -> Mail")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalityInversion, FollowsLiveItemsOnly) {
  EXPECT_THAT(given_all("external Shop critical; system Old retired; system A criticality:4;"
                        "Shop -> Old -> A")
                  .subjects(rule),
              IsEmpty());
}

TEST(CriticalityInversion, CannotTellBelowServicesOfUnknownFacing) {
  const Given estate = given_all(
      "service Riddle critical; external Shop criticality:4; system A criticality:3; Riddle -> A");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("whom some services face is unknown"));
}

TEST(CriticalityInversion, TakesAServiceAndItsOfferingsForOne) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  EXPECT_THAT(
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,busines_criticality\ns1,Shop,4\n"},
                  {"service_offering.csv",
                   "sys_id,name,parent,busines_criticality\no1,Gold,s1,1\no2,Tin,s1,4\n"},
                  {"cmdb_ci_business_app.csv", "sys_id,name,busines_criticality\na1,Cart,3\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\n"}},
                 options)
          .messages(rule),
      ElementsAre("Cart: is of criticality 3, though Shop, which is of criticality 1, relies on "
                  "it"));
}

TEST(CriticalityInversion, IsNotEvaluatedWhereNoServiceStatesOne) {
  EXPECT_THAT(
      given_all("external Shop; supporting Mail critical; system A criticality:4; Shop -> A")
          .not_evaluated(rule),
      ElementsAre("no service that may face customers says how critical it is"));
}

TEST(CriticalityInversion, IsNoCoreRule) {
  EXPECT_THAT(given("external Shop critical; system A criticality:4; Shop -> A").subjects(rule),
              IsEmpty());
}

TEST(CriticalityInversion, IsMedium) {
  EXPECT_EQ(
      given_all("external Shop critical; system A criticality:4; Shop -> A").only(rule).severity,
      Severity::medium);
}

}  // namespace
}  // namespace tierline
