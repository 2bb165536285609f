#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "live-needs-retired";

TEST(LiveNeedsRetired, FlagsALiveItemThatNeedsARetiredOne) {
  const Given estate = given("external Shop; system Cart; system Old retired; Shop -> Cart -> Old");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Cart: needs Old, which is retired"));
  EXPECT_THAT(names_in(estate.only(rule), "retired"), ElementsAre("Old"));
}

TEST(LiveNeedsRetired, MakesOneFindingOfSeveralNeeds) {
  const Given estate =
      given("system Cart; system Old retired; component Disk retired; Cart -> Old; Cart -> Disk");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Cart: needs Disk and Old, which are retired"));
  EXPECT_THAT(names_in(estate.only(rule), "retired"), ElementsAre("Disk", "Old"));
}

TEST(LiveNeedsRetired, NamesARetiredItemOnce) {
  const Given estate = given("system Cart; system Old retired; Cart -> Old; Cart -> Old");
  EXPECT_THAT(names_in(estate.only(rule), "retired"), ElementsAre("Old"));
}

TEST(LiveNeedsRetired, MakesAFindingForEachLiveItem) {
  EXPECT_THAT(
      given("system Cart; system Crm; system Old retired; Cart -> Old; Crm -> Old").subjects(rule),
      ElementsAre("Cart", "Crm"));
}

TEST(LiveNeedsRetired, JudgesItemsOfEveryTier) {
  EXPECT_THAT(given("external Shop; component Rack; thing Cable; system Old retired;"
                    "Shop -> Old; Rack -> Old; Cable -> Old")
                  .subjects(rule),
              ElementsAre("Cable", "Rack", "Shop"));
}

TEST(LiveNeedsRetired, IsContentWithWhatIsRetiring) {
  EXPECT_THAT(given("system Cart; system Old retiring; Cart -> Old").subjects(rule), IsEmpty());
}

TEST(LiveNeedsRetired, JudgesWhatIsRetiring) {
  EXPECT_THAT(given("system Cart retiring; system Old retired; Cart -> Old").subjects(rule),
              ElementsAre("Cart"));
}

TEST(LiveNeedsRetired, IgnoresNeedsOfWhatIsNotLive) {
  EXPECT_THAT(given("system Cart retired; system Next planned; system Old retired; Cart -> Old;"
                    "Next -> Old")
                  .subjects(rule),
              IsEmpty());
}

TEST(LiveNeedsRetired, LooksAtDirectNeedsOnly) {
  EXPECT_THAT(
      given("external Shop; system Cart; system Old retired; Shop -> Cart -> Old").subjects(rule),
      ElementsAre("Cart"));
}

TEST(LiveNeedsRetired, TakesContainmentForNoNeed) {
  EXPECT_THAT(given("external Shop; system Old retired; Shop => Old").subjects(rule), IsEmpty());
}

TEST(LiveNeedsRetired, TakesADataFlowForNoNeed) {
  EXPECT_THAT(given("system Cart; component Disk; Cart -> Disk; system Old retired; Cart ~> Old")
                  .subjects(rule),
              IsEmpty());
}

TEST(LiveNeedsRetired, ReadsAReversedTypeTheRightWayRound) {
  const Given estate = from_files(
      {{"cmdb_ci_service_auto.csv", "sys_id,name,operational_status\na1,Cart,1\na2,Old,6\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a2,a1,Provides::Provided by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Cart"));
}

TEST(LiveNeedsRetired, SaysTheSameInWhateverOrderTheExportStands) {
  const Given one =
      given("system Cart; system Old retired; component Disk retired; Cart -> Old; Cart -> Disk");
  const Given other =
      given("Cart -> Disk; component Disk retired; Cart -> Old; system Old retired; system Cart");
  EXPECT_EQ(one.only(rule).evidence, other.only(rule).evidence);
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
}

TEST(LiveNeedsRetired, IsHigh) {
  EXPECT_EQ(given("internal Shop; system Old retired; Shop -> Old").only(rule).severity,
            Severity::high);
}

TEST(LiveNeedsRetired, IsCriticalForExternalServices) {
  EXPECT_EQ(given("external Shop; system Old retired; Shop -> Old").only(rule).severity,
            Severity::critical);
}

TEST(LiveNeedsRetired, IsNotEvaluatedWithoutRelations) {
  EXPECT_THAT(given("system Cart; system Old retired").not_evaluated(rule),
              ElementsAre("the export has no relations between items"));
}

}  // namespace
}  // namespace tierline
