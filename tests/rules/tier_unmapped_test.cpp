#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "tier-unmapped";

TEST(TierUnmapped, FlagsAClassThatHasNoTier) {
  EXPECT_THAT(given("thing Cable class:cable; external Shop").messages(rule),
              ElementsAre("cable: 1 item of this class has no tier, and cannot be judged"));
}

TEST(TierUnmapped, MakesOneFindingForEachClass) {
  const Given estate =
      given("thing Cable class:cable; thing Cord class:cable; thing Desk class:furniture");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("cable: 2 items of this class have no tier, and cannot be judged",
                          "furniture: 1 item of this class has no tier, and cannot be judged"));
}

TEST(TierUnmapped, CountsTheItemsOfTheClass) {
  const Given estate = given("thing Cable class:cable; thing Cord class:cable");
  EXPECT_EQ(number_in(estate.only(rule), "itemCount"), 2U);
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::item_class);
}

TEST(TierUnmapped, IsContentWithItemsOfEveryTier) {
  EXPECT_THAT(given("portfolio Retail; external Shop; system Cart; component Rack").subjects(rule),
              IsEmpty());
}

TEST(TierUnmapped, KnowsAClassByWhatItExtends) {
  const Given estate =
      from_files({{"cmdb_ci.csv",
                   "sys_id,name,sys_class_name\nc1,web1,cmdb_ci_linux_server\n"
                   "c2,db1,cmdb_ci_db_mongodb_instance\nc3,badge,u_badge_reader\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("u_badge_reader"));
}

TEST(TierUnmapped, KnowsAClassByItsLabel) {
  const Given estate = from_files(
      {{"cmdb_ci.csv", "sys_id,name,sys_class_name\nc1,web1,Linux Server\nc2,lamp,Lampadaire\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Lampadaire"));
}

TEST(TierUnmapped, FollowsPathsThroughWhatHasNoTier) {
  const Given estate = given("external Shop; thing Cable; component Rack; Shop -> Cable -> Rack");
  EXPECT_THAT(estate.subjects("orphan-component"), IsEmpty());
}

TEST(TierUnmapped, IsInfo) {
  EXPECT_EQ(given("thing Cable").only(rule).severity, Severity::info);
}

TEST(TierUnmapped, IsTheSameInWhateverOrderTheExportStands) {
  const Given one = given("thing Cable class:cable; thing Cord class:cable");
  const Given other = given("thing Cord class:cable; thing Cable class:cable");
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
}

}  // namespace
}  // namespace tierline
