#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SystemOwnerMissing, FlagsASystemWithoutOwner) {
  const Given estate =
      given("external Shop @ann; system Cart; system Till @bob; Shop -> Cart -> Till");
  EXPECT_THAT(estate.messages("system-owner-missing"),
              ElementsAre("Cart: has no accountable owner"));
}

TEST(SystemOwnerMissing, FlagsASystemThatServesNobody) {
  EXPECT_THAT(given("system Cart").subjects("system-owner-missing"), ElementsAre("Cart"));
}

TEST(SystemOwnerMissing, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("system Cart retired; system Till planned").subjects("system-owner-missing"),
              IsEmpty());
}

TEST(SystemOwnerMissing, LeavesOtherTiersToOtherRules) {
  EXPECT_THAT(given("portfolio Retail; external Shop; component Rack; thing Cable")
                  .subjects("system-owner-missing"),
              IsEmpty());
}

TEST(SystemOwnerMissing, NeverTakesWhoRunsItForItsOwner) {
  const Given estate = given("system Cart @tbd +web ?eve");
  EXPECT_THAT(
      estate.messages("system-owner-missing"),
      ElementsAre("Cart: has no accountable owner: \"tbd\" is a placeholder; ask web and eve"));
}

TEST(SystemOwnerMissing, LeavesASharedPlatformToItsOwnRule) {
  const Given estate = given(
      "system Crm; external A @ann; external B @bob; internal C @ann; A -> Crm; B -> Crm; C -> "
      "Crm");
  EXPECT_THAT(estate.subjects("system-owner-missing"), IsEmpty());
  EXPECT_THAT(estate.subjects("shared-platform-unowned"), ElementsAre("Crm"));
}

TEST(SystemOwnerMissing, FlagsAPlatformThatTwoServicesShare) {
  const Given estate = given("system Crm; external A @ann; external B @bob; A -> Crm; B -> Crm");
  EXPECT_THAT(estate.subjects("system-owner-missing"), ElementsAre("Crm"));
  EXPECT_THAT(estate.subjects("shared-platform-unowned"), IsEmpty());
}

TEST(SystemOwnerMissing, IsMedium) {
  EXPECT_EQ(given("system Cart").only("system-owner-missing").severity, Severity::medium);
}

TEST(SystemOwnerMissing, IsHighForCriticalSystems) {
  EXPECT_EQ(given("system Cart critical").only("system-owner-missing").severity, Severity::high);
}

TEST(SystemOwnerMissing, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nCart,system,apps\n"}});
  EXPECT_THAT(estate.subjects("system-owner-missing"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("system-owner-missing"),
              ElementsAre("the export of class 'apps' lacks owner"));
}

TEST(SystemOwnerMissing, IsNotEvaluatedWithoutSystemsOrComponents) {
  EXPECT_THAT(given("external Shop").not_evaluated("system-owner-missing"),
              ElementsAre("the export has no systems or components"));
}

}  // namespace
}  // namespace tierline
