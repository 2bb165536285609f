#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "duplicate-platform";

TEST(DuplicatePlatform, FlagsTwoSupportingServicesOfOneName) {
  const Given estate = given_all(
      "supporting E-Mail; supporting e_mail; external Shop; external Bank; Shop -> E-Mail;"
      "Bank -> e_mail");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("E-Mail and e_mail: have one name, and nothing relies directly on more "
                          "than one of them"));
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::group);
}

TEST(DuplicatePlatform, MakesOneFindingOfAnyNumber) {
  EXPECT_THAT(given_all("supporting Mail; supporting MAIL; supporting mail").subjects(rule),
              ElementsAre("MAIL, Mail and mail"));
}

TEST(DuplicatePlatform, IsContentWhereOneItemReliesOnBoth) {
  EXPECT_THAT(given_all("supporting Mail1; supporting Mail-1; external Shop; external Bank;"
                        "Shop -> Mail1; Shop -> Mail-1; Bank -> Mail1")
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicatePlatform, LooksAtDirectConsumersOnly) {
  EXPECT_THAT(given_all("supporting Mail; supporting MAIL; system A; system B; external Shop;"
                        "Shop -> A -> Mail; Shop -> B -> MAIL")
                  .subjects(rule),
              ElementsAre("MAIL and Mail"));
}

TEST(DuplicatePlatform, LooksAtLiveConsumersOnly) {
  EXPECT_THAT(given_all("supporting Mail; supporting MAIL; external Old retired; Old -> Mail;"
                        "Old -> MAIL")
                  .subjects(rule),
              ElementsAre("MAIL and Mail"));
}

TEST(DuplicatePlatform, LooksAtLiveSupportingServices) {
  EXPECT_THAT(given_all("supporting Mail; supporting MAIL retired; external mail; system M-ail")
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicatePlatform, IsContentWithOneInProductionAndOneInTest) {
  EXPECT_THAT(given_all("supporting Mail env:prod; supporting MAIL env:test").subjects(rule),
              IsEmpty());
}

TEST(DuplicatePlatform, CannotTellWhereNobodyKnowsWhomOneFaces) {
  const Given estate = given_all("supporting Mail; service MAIL");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says whom the service faces"));
}

TEST(DuplicatePlatform, SaysNothingOfNamesWithoutLetters) {
  EXPECT_THAT(given_all("supporting --; supporting ---").subjects(rule), IsEmpty());
}

TEST(DuplicatePlatform, IsAHintAndNoCoreRule) {
  EXPECT_EQ(given_all("supporting Mail; supporting MAIL").only(rule).rule->confidence,
            Confidence::hint);
  EXPECT_THAT(given("supporting Mail; supporting MAIL").subjects(rule), IsEmpty());
}

TEST(DuplicatePlatform, IsInfo) {
  EXPECT_EQ(given_all("supporting Mail; supporting MAIL critical").only(rule).severity,
            Severity::info);
}

}  // namespace
}  // namespace tierline
