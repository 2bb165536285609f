#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "pipeline-in-use";

TEST(PipelineInUse, FlagsAPlannedServiceThatSomethingLiveNeeds) {
  const Given estate =
      given_all("external Shop; supporting Pay planned; system Cart; Shop -> Pay; Cart -> Pay");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Pay: is still planned, though Cart and Shop, which are live, need it"));
  EXPECT_THAT(names_in(estate.only(rule), "neededBy"), ElementsAre("Cart", "Shop"));
  EXPECT_EQ(number_in(estate.only(rule), "neededByCount"), 2U);
}

TEST(PipelineInUse, TakesRetiringForLive) {
  EXPECT_THAT(
      given_all("external Shop retiring; supporting Pay planned; Shop -> Pay").messages(rule),
      ElementsAre("Pay: is still planned, though Shop, which is live, needs it"));
}

TEST(PipelineInUse, IsContentWithWhatIsPlannedTogether) {
  EXPECT_THAT(given_all("external Shop planned; external Old retired; supporting Pay planned;"
                        "Shop -> Pay; Old -> Pay")
                  .subjects(rule),
              IsEmpty());
}

TEST(PipelineInUse, LooksAtDirectNeedsOnly) {
  EXPECT_THAT(given_all("external Shop; system Cart planned; supporting Pay planned;"
                        "Shop -> Cart -> Pay")
                  .subjects(rule),
              IsEmpty());
}

TEST(PipelineInUse, LeavesContainmentsAndPlannedSystemsAlone) {
  EXPECT_THAT(given_all("portfolio Retail; external Shop; supporting Pay planned in:Retail;"
                        "system Cart planned; Shop => Pay; Shop -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(PipelineInUse, LeavesMembershipsAlone) {
  EXPECT_THAT(given_all("external Shop; supporting Pay planned; Pay -|> Shop").subjects(rule),
              IsEmpty());
}

TEST(PipelineInUse, NamesEachThatNeedsItOnceAndTwentyAtMost) {
  std::string estate = "supporting Pay planned";
  for (int i = 0; i < 25; ++i) {
    estate += fmt::format("; system S{0:02}; S{0:02} -> Pay; S{0:02} -> Pay", i);
  }
  const Finding finding = given_all(estate).only(rule);
  EXPECT_EQ(number_in(finding, "neededByCount"), 25U);
  EXPECT_EQ(names_in(finding, "neededBy").size(), 20U);
}

TEST(PipelineInUse, IsLowAndWorseForExternalOnes) {
  EXPECT_EQ(given_all("external Shop; internal Pay planned; Shop -> Pay").only(rule).severity,
            Severity::low);
  EXPECT_EQ(given_all("external Shop; external Pay planned; Shop -> Pay").only(rule).severity,
            Severity::medium);
}

TEST(PipelineInUse, IsNoCoreRule) {
  EXPECT_THAT(given("external Shop; internal Pay planned; Shop -> Pay").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
