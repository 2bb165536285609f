#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "orphan-component";

TEST(OrphanComponent, FlagsAComponentThatNoServiceReliesOn) {
  EXPECT_THAT(given("external Shop; system Cart; component Disk; component Rack;"
                    "Shop -> Cart -> Disk")
                  .messages(rule),
              ElementsAre("Rack: no service relies on it"));
}

TEST(OrphanComponent, IsContentWithAServiceOfAnyFacing) {
  const Given estate = given(
      "external A; internal B; supporting C; service D;"
      "component W; component X; component Y; component Z; A -> W; B -> X; C -> Y; D -> Z");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanComponent, FlagsWhatOnlyAnOrphanedSystemReliesOn) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart; system Old; component Rack;"
                    "Old -> Rack")
                  .subjects(rule),
              ElementsAre("Rack"));
}

TEST(OrphanComponent, FollowsNoPathThroughRetiredItems) {
  EXPECT_THAT(given("external Shop; system Cart retired; component Rack; Shop -> Cart -> Rack")
                  .subjects(rule),
              ElementsAre("Rack"));
}

TEST(OrphanComponent, FollowsPathsThroughItemsOfNoTier) {
  EXPECT_THAT(
      given("external Shop; thing Cable; component Rack; Shop -> Cable -> Rack").subjects(rule),
      IsEmpty());
}

TEST(OrphanComponent, TakesADataFlowForNoUse) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart; component Rack; Cart ~> Rack")
                  .subjects(rule),
              ElementsAre("Rack"));
}

TEST(OrphanComponent, LeavesWhatARetiredServiceReachesToItsOwnRule) {
  const Given estate =
      given("external Shop retired; system Cart retired; component Rack; Shop -> Cart -> Rack");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.subjects("retired-service-live-infrastructure"), ElementsAre("Rack"));
}

TEST(OrphanComponent, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("external Shop; system Cart; Shop -> Cart; component Old retired;"
                    "component Next planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanComponent, LeavesOtherTiersToOtherRules) {
  EXPECT_THAT(
      given("external Shop; system Cart; Shop -> Cart; system Old; thing Cable").subjects(rule),
      IsEmpty());
}

TEST(OrphanComponent, FollowsTheAssociationsOfApplicationServices) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\n"},
                  {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\nc2,web2\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,a1,Depends on::Used by\n"},
                  {"svc_ci_assoc.csv", "sys_id,service_id,ci_id\nm1,a1,c1\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("web2"));
}

TEST(OrphanComponent, FollowsPowerAndCoolingFromWhatNeedsThem) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                                   {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
                                   {"cmdb_ci_ups.csv", "sys_id,name\nu1,battery\n"},
                                   {"cmdb_ci_crac.csv", "sys_id,name\nk1,cooler\n"},
                                   {"cmdb_rel_ci.csv",
                                    "sys_id,parent,child,type\nr1,b1,c1,Depends on::Used by\n"
                                    "r2,u1,c1,Provides power for::Powered by\n"
                                    "r3,k1,c1,Cools::Cooled By\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanComponent, IsLow) {
  EXPECT_EQ(given("external Shop; system Cart; Shop -> Cart; component Rack").only(rule).severity,
            Severity::low);
}

TEST(OrphanComponent, IsMediumForCriticalComponents) {
  EXPECT_EQ(given("external Shop; system Cart; Shop -> Cart; component Rack critical")
                .only(rule)
                .severity,
            Severity::medium);
}

TEST(OrphanComponent, IsNotEvaluatedWithoutRelationsOfServices) {
  EXPECT_THAT(given("external Shop; system Cart; component Rack; Cart -> Rack").not_evaluated(rule),
              ElementsAre("the export has no relations of services"));
}

}  // namespace
}  // namespace tierline
