#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "stale";

TEST(Stale, FlagsComponentsAfterSixtyDaysAndOthersAfterAYear) {
  const Given estate = given_all(
      "component Disk updated:2026-09-21; component Tape updated:2026-09-22;"
      "system Cart updated:2025-11-21; system Mail updated:2025-11-20;"
      "component New updated:2026-11-20");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Disk: was last seen or changed on 2026-09-21, 61 days ago",
                          "Mail: was last seen or changed on 2025-11-20, 366 days ago"));
}

TEST(Stale, TakesTheLaterOfTwoDates) {
  EXPECT_THAT(from_files({{"cmdb_ci_server.csv",
                           "sys_id,name,last_discovered,sys_updated_on\n"
                           "c1,Disk,2026-11-01 03:00:00,2020-01-01 03:00:00\n"
                           "c2,Tape,2020-01-01 03:00:00,2026-08-01 03:00:00\n"}},
                         by_all_rules())
                  .messages(rule),
              ElementsAre("Tape: was last seen or changed on 2026-08-01, 112 days ago"));
}

TEST(Stale, SaysNothingWhereTheExportItselfIsOld) {
  const Given estate =
      given_all("component Disk updated:2019-05-05; component Tape updated:2019-01-01");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("nothing in the export is newer: it is the export that is old"));
}

TEST(Stale, CannotTellOfWhatHasNoDate) {
  const Given estate = given_all("component Disk updated:; component New updated:2026-11-20");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule),
              ElementsAre("nothing says when it was last seen or changed"));
}

TEST(Stale, LooksAtLiveItemsOnly) {
  EXPECT_THAT(given_all("component Disk retired updated:2020-01-01; component New "
                        "updated:2026-11-20")
                  .subjects(rule),
              IsEmpty());
}

}  // namespace
}  // namespace tierline
