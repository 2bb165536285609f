#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "customer-facing-unsupported";

TEST(CustomerFacingUnsupported, FlagsAServiceThatStandsOnNothing) {
  const Given estate = given("external Shop; internal Payroll; system Cart; Payroll -> Cart");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Shop: relies on no live system or component"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), IsEmpty());
}

TEST(CustomerFacingUnsupported, FlagsAServiceThatStandsOnServicesOnly) {
  const Given estate = given(
      "external Shop; supporting Search; internal Payroll; system Cart; Payroll -> Cart;"
      "Shop -> Search");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: relies on no live system or component, only on Search"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Search"));
}

TEST(CustomerFacingUnsupported, IsContentWithASystemBehindASupportingService) {
  EXPECT_THAT(given("external Shop; supporting Search; system Index; Shop -> Search -> Index")
                  .subjects(rule),
              IsEmpty());
}

TEST(CustomerFacingUnsupported, IsContentWithAComponent) {
  EXPECT_THAT(given("external Shop; component Rack; Shop -> Rack").subjects(rule), IsEmpty());
}

TEST(CustomerFacingUnsupported, IsContentWithASystemThatItContains) {
  EXPECT_THAT(given("external Shop; system Cart; Shop => Cart").subjects(rule), IsEmpty());
}

TEST(CustomerFacingUnsupported, FlagsAServiceWhoseSystemIsRetired) {
  EXPECT_THAT(given("external Shop; system Cart retired; Shop -> Cart").subjects(rule),
              ElementsAre("Shop"));
}

TEST(CustomerFacingUnsupported, FlagsAServiceWhoseSystemIsOnlyPlanned) {
  EXPECT_THAT(given("external Shop; system Cart planned; Shop -> Cart").subjects(rule),
              ElementsAre("Shop"));
}

TEST(CustomerFacingUnsupported, FollowsNoPathThroughRetiredItems) {
  EXPECT_THAT(
      given("external Shop; supporting Search retired; system Index; Shop -> Search -> Index")
          .subjects(rule),
      ElementsAre("Shop"));
}

TEST(CustomerFacingUnsupported, TakesADataFlowForNoUse) {
  EXPECT_THAT(given("external Shop; internal Payroll; system Cart; Payroll -> Cart; Shop ~> Cart")
                  .subjects(rule),
              ElementsAre("Shop"));
}

TEST(CustomerFacingUnsupported, TakesAUseForNoSupport) {
  EXPECT_THAT(given("external Shop; internal Payroll; system Cart; Payroll -> Cart; Cart -> Shop")
                  .subjects(rule),
              ElementsAre("Shop"));
}

TEST(CustomerFacingUnsupported, IgnoresServicesThatFaceNoCustomers) {
  EXPECT_THAT(
      given("supporting Backup; service Mystery; internal Payroll; system Cart; Payroll -> Cart")
          .subjects(rule),
      IsEmpty());
}

TEST(CustomerFacingUnsupported, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("external Old retired; external Next planned; internal Payroll; system Cart;"
                    "Payroll -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(CustomerFacingUnsupported, IsHighForInternalServices) {
  EXPECT_EQ(given("internal Payroll; internal Shop; system Cart; Shop -> Cart").only(rule).severity,
            Severity::high);
}

TEST(CustomerFacingUnsupported, IsCriticalForExternalServices) {
  EXPECT_EQ(
      given("external Shop; internal Payroll; system Cart; Payroll -> Cart").only(rule).severity,
      Severity::critical);
}

TEST(CustomerFacingUnsupported, IsCriticalForCriticalServices) {
  EXPECT_EQ(given("internal Payroll critical; internal Shop; system Cart; Shop -> Cart")
                .only(rule)
                .severity,
            Severity::critical);
}

TEST(CustomerFacingUnsupported, IsNotEvaluatedWithoutSystemsOrComponents) {
  const Given estate = given("external Shop; supporting Search; Shop -> Search");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export has no systems or components"));
}

TEST(CustomerFacingUnsupported, IsNotEvaluatedWithoutRelationsOfServices) {
  EXPECT_THAT(given("external Shop; system Cart; component Rack; Cart -> Rack").not_evaluated(rule),
              ElementsAre("the export has no relations of services"));
}

TEST(CustomerFacingUnsupported, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files(
      {{"items.csv",
        "id,tier,class,needs\nShop,service,shop,Cart\nCart,system,apps,\nBank,service,shop,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'shop' lacks facing"));
}

}  // namespace
}  // namespace tierline
