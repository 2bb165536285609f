#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OwnerInactive, FlagsAnOwnerWhoLeft) {
  const Given estate =
      given("internal Payroll @ann; internal Shop @bob; person ann left; person bob");
  EXPECT_THAT(estate.messages("owner-inactive"),
              ElementsAre("Payroll: its owner ann is no longer active"));
  EXPECT_THAT(names_in(estate.only("owner-inactive"), "owners"), ElementsAre("ann"));
}

TEST(OwnerInactive, FlagsWhatAllOwnersHaveLeft) {
  const Given estate = given("internal Payroll @ann @bob; person ann left; person bob left");
  EXPECT_THAT(estate.messages("owner-inactive"),
              ElementsAre("Payroll: its owners ann and bob are no longer active"));
}

TEST(OwnerInactive, IsContentWithOneOwnerWhoIsThere) {
  EXPECT_THAT(
      given("internal Payroll @ann @bob; person ann left; person bob").subjects("owner-inactive"),
      IsEmpty());
}

TEST(OwnerInactive, TakesAnOwnerWhomNoTableHoldsForActive) {
  EXPECT_THAT(given("internal Payroll @ann @ghost; person ann left").subjects("owner-inactive"),
              IsEmpty());
}

TEST(OwnerInactive, FlagsALeaveDateBeforeTheDayOfTheAudit) {
  EXPECT_THAT(
      given("internal Payroll @ann; person ann until:2026-11-20").subjects("owner-inactive"),
      ElementsAre("Payroll"));
}

TEST(OwnerInactive, LetsPeopleStayTheirLastDay) {
  EXPECT_THAT(
      given("internal Payroll @ann; person ann until:2026-11-21").subjects("owner-inactive"),
      IsEmpty());
}

TEST(OwnerInactive, FlagsAGroupThatIsNoMore) {
  EXPECT_THAT(given("internal Payroll @hr; group hr left").subjects("owner-inactive"),
              ElementsAre("Payroll"));
}

TEST(OwnerInactive, NamesWhoCouldTakeOver) {
  const Given estate = given("internal Payroll @ann +hr ?eve; person ann left");
  EXPECT_THAT(estate.messages("owner-inactive"),
              ElementsAre("Payroll: its owner ann is no longer active; ask hr and eve"));
  EXPECT_THAT(names_in(estate.only("owner-inactive"), "candidates"), ElementsAre("hr", "eve"));
}

TEST(OwnerInactive, LeavesAServiceWithoutOwnerToOwnerMissing) {
  EXPECT_THAT(
      given("internal Payroll; internal Shop @TBD; person ann left").subjects("owner-inactive"),
      IsEmpty());
}

TEST(OwnerInactive, IgnoresCandidatesWhoLeft) {
  EXPECT_THAT(
      given("internal Payroll @bob ?ann; person ann left; person bob").subjects("owner-inactive"),
      IsEmpty());
}

TEST(OwnerInactive, JudgesEveryTier) {
  const Given estate = given(
      "portfolio Retail @ann; external Shop @ann; system Cart @ann; component Rack @ann;"
      "person ann left");
  EXPECT_THAT(estate.subjects("owner-inactive"), ElementsAre("Cart", "Rack", "Retail", "Shop"));
}

TEST(OwnerInactive, IgnoresWhatIsNotLive) {
  const Given estate =
      given("external Shop @ann retired; external Pipe @ann planned; person ann left");
  EXPECT_THAT(estate.subjects("owner-inactive"), IsEmpty());
}

TEST(OwnerInactive, ReadsTheActiveFlagOfAUserTable) {
  const Given estate = from_files(
      {{"cmdb_ci_service.csv", "sys_id,name,owned_by\ns1,Shop,u1\ns2,Bank,u2\n"},
       {"sys_user.csv", "sys_id,user_name,name,active\nu1,ann,Ann,false\nu2,bob,Bob,true\n"}});
  EXPECT_THAT(estate.subjects("owner-inactive"), ElementsAre("Shop"));
}

TEST(OwnerInactive, IsHigh) {
  EXPECT_EQ(given("system Cart @ann; person ann left").only("owner-inactive").severity,
            Severity::high);
}

TEST(OwnerInactive, IsCriticalForCriticalItems) {
  EXPECT_EQ(given("system Cart @ann critical; person ann left").only("owner-inactive").severity,
            Severity::critical);
}

TEST(OwnerInactive, IsNotEvaluatedWithoutATableOfParties) {
  const Given estate = given("internal Payroll @ann");
  EXPECT_THAT(estate.subjects("owner-inactive"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-inactive"),
              ElementsAre("the export has no table of persons or groups"));
}

TEST(OwnerInactive, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nShop,service,shop\n"},
                                   {"parties.csv", "id,kind\nann,person\n"}});
  EXPECT_THAT(estate.subjects("owner-inactive"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-inactive"),
              ElementsAre("the export of class 'shop' lacks owner"));
}

}  // namespace
}  // namespace tierline
