#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "system-in-no-service";

TEST(SystemInNoService, FlagsTheOneThatIsInNoneWhereMostAre) {
  EXPECT_THAT(given("external Shop; system Cart; system Search; Shop => Cart; Cart -> Search")
                  .messages(rule),
              ElementsAre("Search: is in no service, though most systems are in one"));
}

TEST(SystemInNoService, SaysNothingWhereFewSystemsAreInServices) {
  EXPECT_THAT(given("external Shop; system A; system B; system C; Shop => A; Shop -> B; Shop -> C")
                  .subjects(rule),
              IsEmpty());
}

TEST(SystemInNoService, SaysNothingWhereServicesContainNone) {
  EXPECT_THAT(given("external Shop; system A; Shop -> A").subjects(rule), IsEmpty());
}

TEST(SystemInNoService, CountsLiveSystemsOnly) {
  EXPECT_THAT(given("external Shop; system A; system B; system C retired; system D retired;"
                    "Shop => A; Shop -> B")
                  .subjects(rule),
              ElementsAre("B"));
}

TEST(SystemInNoService, IsContentWithAnyService) {
  EXPECT_THAT(given("external Shop; service Old retired; system A; system B; Shop => A; Old => B")
                  .subjects(rule),
              IsEmpty());
}

TEST(SystemInNoService, IsInfo) {
  EXPECT_EQ(given("external Shop; system A; system B; Shop => A; Shop -> B").only(rule).severity,
            Severity::info);
}

TEST(SystemInNoService, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("system A").not_evaluated(rule), ElementsAre("the export has no services"));
}

}  // namespace
}  // namespace tierline
