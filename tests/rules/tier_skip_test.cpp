#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "tier-skip";

TEST(TierSkip, FlagsAServiceThatContainsComponents) {
  const Given estate = given_all(
      "external Shop; external Bank; component Rack class:rack; component Disk class:rack;"
      "Shop => Rack; Bank => Rack; Bank => Disk");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("service: contains rack past a tier, in 3 relations: the service Bank "
                          "contains the component Disk, for example"));
  const Finding finding = estate.only(rule);
  EXPECT_EQ(finding.subject.kind, SubjectKind::item_class);
  EXPECT_EQ(number_in(finding, "relationCount"), 3U);
  EXPECT_THAT(names_in(finding, "example"), ElementsAre("Bank", "Disk"));
}

TEST(TierSkip, MakesOneFindingForEachPairOfClasses) {
  EXPECT_THAT(given_all("portfolio Retail; external Shop; system Cart; component Rack class:rack;"
                        "component Disk class:disk; Retail => Cart; Shop => Rack; Shop => Disk;"
                        "Retail => Disk")
                  .subjects(rule),
              ElementsAre("portfolio", "portfolio", "service", "service"));
}

TEST(TierSkip, IsContentWithTheNextTier) {
  EXPECT_THAT(given_all("portfolio Retail; external Shop; supporting Pay; system Cart; component "
                        "Rack; Retail => Shop => Pay; Shop => Cart => Rack")
                  .subjects(rule),
              IsEmpty());
}

TEST(TierSkip, LeavesNeedsMembershipsAndInversionsAlone) {
  EXPECT_THAT(given_all("external Shop; component Rack; component Disk; portfolio Retail;"
                        "Shop -> Rack; Rack -|> Shop; Disk => Retail")
                  .subjects(rule),
              IsEmpty());
}

TEST(TierSkip, LeavesWhatHasNoTierAlone) {
  EXPECT_THAT(given_all("portfolio Retail; thing Cable; Retail => Cable").subjects(rule),
              IsEmpty());
}

TEST(TierSkip, CountsLiveItemsOnly) {
  EXPECT_THAT(given_all("external Shop; component Rack retired; external Old retired;"
                        "component Disk; Shop => Rack; Old => Disk")
                  .subjects(rule),
              IsEmpty());
}

TEST(TierSkip, IsTheSameInWhateverOrderTheExportStands) {
  const Finding one =
      given_all("external A; external B; component C; component D; A => D; B => C; A => C")
          .only(rule);
  const Finding other =
      given_all("component D; external B; component C; external A; A => C; B => C; A => D")
          .only(rule);
  EXPECT_EQ(one.fingerprint, other.fingerprint);
  EXPECT_EQ(one.evidence, other.evidence);
}

TEST(TierSkip, TellsPairsOfClassesApart) {
  const auto findings = given_all(
                            "external Shop; component Rack class:rack; component Disk class:disk;"
                            "Shop => Rack; Shop => Disk")
                            .audit()
                            .findings();
  std::vector<std::string> fingerprints;
  for (const Finding& finding : findings) {
    if (finding.rule->id == rule) {
      fingerprints.push_back(finding.fingerprint);
    }
  }
  ASSERT_EQ(fingerprints.size(), 2U);
  EXPECT_NE(fingerprints[0], fingerprints[1]);
}

TEST(TierSkip, IsInfoAndNoCoreRule) {
  constexpr const char* estate = "external Shop; component Rack; Shop => Rack";
  EXPECT_EQ(given_all(estate).only(rule).severity, Severity::info);
  EXPECT_THAT(given(estate).subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
