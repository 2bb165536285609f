#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "status-contradiction";

Given servers(const std::string& rows) {
  return from_files(
      {{"cmdb_ci_server.csv",
        "sys_id,name,life_cycle_stage,life_cycle_stage_status,operational_status,install_status\n" +
            rows}},
      by_all_rules());
}

TEST(StatusContradiction, FlagsWhatIsInUseAndRetiredAtOnce) {
  EXPECT_THAT(servers("c1,Disk,,,Operational,Retired\n").messages(rule),
              ElementsAre("Disk: is in two states at once: operational_status says Operational, "
                          "but install_status says Retired"));
}

TEST(StatusContradiction, TakesRetiringForInUse) {
  EXPECT_THAT(servers("c1,Disk,Operational,End of Support,Operational,Installed\n").subjects(rule),
              IsEmpty());
}

TEST(StatusContradiction, SaysNothingOfWhatIsRetiredByTheFieldThatCounts) {
  EXPECT_THAT(servers("c1,Disk,,,Retired,Installed\n").subjects(rule), IsEmpty());
}

TEST(StatusContradiction, SaysNothingOfValuesWithoutMeaning) {
  EXPECT_THAT(servers("c1,Disk,,,Operational,Somewhere\n").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
