#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "retiring-without-plan";

TEST(RetiringWithoutPlan, FlagsAServiceThatHasNoEndOrIsPastIt) {
  EXPECT_THAT(given("internal Old retiring ends:; internal Late retiring ends:2026-11-20;"
                    "internal Soon retiring ends:2026-11-21; internal Live ends:")
                  .messages(rule),
              ElementsAre("Late: was to be retired by 2026-11-20, and is still there",
                          "Old: is to be retired, and nothing says when"));
}

TEST(RetiringWithoutPlan, TakesTheDayAsEvidence) {
  EXPECT_EQ(word_in(given("internal Late retiring ends:2026-11-20").only(rule), "endDate"),
            "2026-11-20");
}

TEST(RetiringWithoutPlan, LooksAtServicesThatAreBeingRetiredOnly) {
  EXPECT_THAT(given("internal Live ends:2020-01-01; internal Gone retired ends:2020-01-01;"
                    "system Cart retiring ends:2020-01-01")
                  .subjects(rule),
              IsEmpty());
}

TEST(RetiringWithoutPlan, IsNotEvaluatedWhereEndsWereNotExported) {
  EXPECT_THAT(given("internal Old retiring").not_evaluated(rule),
              ElementsAre("the export has no field for the end date"));
}

TEST(RetiringWithoutPlan, IsNotEvaluatedWhereNobodyFillsThemIn) {
  const Given estate = given("internal Old retiring ends:; internal Older retiring ends:");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nobody fills in the end date"));
}

TEST(RetiringWithoutPlan, ReadsTheFieldsOfServiceNow) {
  EXPECT_THAT(from_files({{"cmdb_ci_service_business.csv",
                           "sys_id,name,life_cycle_stage_status,end_date\n"
                           "s1,Shop,End of Support,2026-01-31 00:00:00\ns2,Bank,In Use,\n"}})
                  .messages(rule),
              ElementsAre("Shop: was to be retired by 2026-01-31, and is still there"));
}

}  // namespace
}  // namespace tierline
