#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "supports-only-internal";

TEST(SupportsOnlyInternal, FlagsASupportingServiceThatOnlyInternalOnesRelyOn) {
  const Given estate = given_all(
      "external Shop; internal Payroll; system Pay; supporting Tape; Payroll -> Pay -> Tape");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Tape: supports internal services only, such as Payroll"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Payroll"));
}

TEST(SupportsOnlyInternal, IsContentWithAnExternalOne) {
  EXPECT_THAT(given_all("external Shop; internal Payroll; supporting Tape; Payroll -> Tape;"
                        "Shop -> Payroll")
                  .subjects(rule),
              IsEmpty());
}

TEST(SupportsOnlyInternal, SaysNothingWhereNobodyReliesOnIt) {
  EXPECT_THAT(given_all("external Shop; internal Payroll; supporting Tape").subjects(rule),
              IsEmpty());
}

TEST(SupportsOnlyInternal, SaysNothingWhereTheSourceHasNoExternalServices) {
  EXPECT_THAT(given_all("internal Payroll; external Old retired; supporting Tape; Payroll -> Tape")
                  .subjects(rule),
              IsEmpty());
}

TEST(SupportsOnlyInternal, CountsLiveItemsOnly) {
  EXPECT_THAT(given_all("external Shop; external Old retired; internal Payroll; supporting Tape;"
                        "Payroll -> Tape; Old -> Tape")
                  .subjects(rule),
              ElementsAre("Tape"));
}

TEST(SupportsOnlyInternal, LeavesInternalServicesAlone) {
  EXPECT_THAT(
      given_all("external Shop; internal Payroll; internal Desk; Payroll -> Desk").subjects(rule),
      IsEmpty());
}

TEST(SupportsOnlyInternal, IsUndeterminedWhereOneOfUnknownFacingReliesOnIt) {
  const Given estate = given_all(
      "external Shop; internal Payroll; service Riddle; supporting Tape; Payroll -> Tape;"
      "Riddle -> Tape");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("a live service of unknown facing relies on it"));
}

TEST(SupportsOnlyInternal, IsUndeterminedWhereNothingSaysWhomItFaces) {
  const Given estate =
      given_all("external Shop; internal Payroll; service Riddle; Payroll -> Riddle");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says whom it faces"));
}

TEST(SupportsOnlyInternal, IsDeterminedOnceAnExternalOneReliesOnIt) {
  EXPECT_THAT(given_all("external Shop; internal Payroll; service Riddle; supporting Tape;"
                        "Payroll -> Tape; Riddle -> Tape; Shop -> Tape")
                  .not_evaluated(rule),
              IsEmpty());
}

TEST(SupportsOnlyInternal, IsInfoAndNoCoreRule) {
  constexpr const char* estate =
      "external Shop; internal Payroll; supporting Tape; Payroll -> Tape";
  EXPECT_EQ(given_all(estate).only(rule).severity, Severity::info);
  EXPECT_THAT(given(estate).subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
