#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* users = "sys_id,user_name,name,active\nu1,ann,Ann Lind,true\n";

/// A Table API page with one service whose owner is a reference into `table`.
std::string owned_by(const std::string& table, const std::string& id) {
  return R"({"result": [{"sys_id": "s1", "name": "Shop", "sys_class_name": "cmdb_ci_service",
             "owned_by": {"link": "https://cmdb.example/api/now/table/)" +
         table + "/" + id + R"(", "value": ")" + id + R"("}}]})";
}

TEST(OwnerDangling, FlagsAnOwnerWhomNoTableHolds) {
  const Given estate = given("internal Payroll @ghost; internal Shop @ann; person ann");
  EXPECT_THAT(estate.messages("owner-dangling"),
              ElementsAre("Payroll: its owner ghost is in no table of persons or groups"));
  EXPECT_THAT(names_in(estate.only("owner-dangling"), "owners"), ElementsAre("ghost"));
}

TEST(OwnerDangling, FlagsOneDanglingOwnerAmongSeveral) {
  const Given estate = given("internal Payroll @ann @ghost; person ann");
  EXPECT_THAT(names_in(estate.only("owner-dangling"), "owners"), ElementsAre("ghost"));
}

TEST(OwnerDangling, NamesEveryOwnerWhoIsNotThere) {
  const Given estate = given("internal Payroll @ghost @spook; person ann");
  EXPECT_THAT(names_in(estate.only("owner-dangling"), "owners"), ElementsAre("ghost", "spook"));
}

TEST(OwnerDangling, JudgesEveryTier) {
  const Given estate = given(
      "portfolio Retail @ghost; external Shop @ghost; system Cart @ghost; component Rack @ghost;"
      "person ann");
  EXPECT_THAT(estate.subjects("owner-dangling"), ElementsAre("Cart", "Rack", "Retail", "Shop"));
}

TEST(OwnerDangling, IgnoresWhatIsNotLive) {
  const Given estate =
      given("external Shop @ghost retired; external Pipe @ghost planned; person ann");
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
}

TEST(OwnerDangling, LeavesEmptyFieldsAndPlaceholdersToOwnerMissing) {
  EXPECT_THAT(given("external Shop; external Bank @TBD; person ann").subjects("owner-dangling"),
              IsEmpty());
}

TEST(OwnerDangling, IgnoresCandidatesWhomNoTableHolds) {
  EXPECT_THAT(given("external Shop @ann +ghosts ?ghost; person ann").subjects("owner-dangling"),
              IsEmpty());
}

TEST(OwnerDangling, AloneSpeaksOfAnOwnerWhoIsNotThere) {
  const Given estate = given("internal Payroll @ghost; person ann");
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-inactive"), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerDangling, KnowsAPersonByTheirAddress) {
  const Given estate = from_files(
      {{"estate.json", R"({"items": [{"id": "Shop", "tier": "service", "owner": "Ann@Example.org"}],
        "parties": [{"id": "u1", "name": "Ann Lind", "kind": "person", "email": "ann@example.org"}]})"}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
}

TEST(OwnerDangling, KnowsAPersonByALabelThatNamesOne) {
  const Given estate =
      from_files({{"cmdb_ci_service.csv", "sys_id,name,owned_by\ns1,Shop,Ann Lind\n"},
                  {"sys_user.csv", users}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
}

TEST(OwnerDangling, TakesALabelThatNamesTwoForAnOwnerAndNoticesIt) {
  const Given estate =
      from_files({{"cmdb_ci_service.csv", "sys_id,name,owned_by\ns1,Shop,Jo Berg\n"},
                  {"sys_user.csv",
                   "sys_id,user_name,name,active\n"
                   "u1,jo,Jo Berg,true\nu2,joan,Jo Berg,true\n"}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  ASSERT_FALSE(estate.inventory().notices().empty());
  EXPECT_EQ(estate.inventory().notices().front().kind, "ambiguous-reference");
}

TEST(OwnerDangling, FlagsADeletedUser) {
  const Given estate =
      from_files({{"cmdb_ci_service.json", owned_by("sys_user", "u9")}, {"sys_user.csv", users}});
  EXPECT_THAT(estate.subjects("owner-dangling"), ElementsAre("Shop"));
}

TEST(OwnerDangling, IgnoresAReferenceIntoATableThatWasNotLoaded) {
  const Given estate = from_files(
      {{"cmdb_ci_service.json", owned_by("sys_user_group", "g9")}, {"sys_user.csv", users}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
}

TEST(OwnerDangling, FlagsAReferenceIntoTheTableOfGroupsWhenThatWasLoaded) {
  const Given estate =
      from_files({{"cmdb_ci_service.json", owned_by("sys_user_group", "g9")},
                  {"sys_user_group.csv", "sys_id,name,manager\ng1,Web team,u1\n"}});
  EXPECT_THAT(estate.subjects("owner-dangling"), ElementsAre("Shop"));
}

TEST(OwnerDangling, IsHigh) {
  EXPECT_EQ(given("internal Payroll @ghost; person ann").only("owner-dangling").severity,
            Severity::high);
}

TEST(OwnerDangling, IsCriticalForExternalServices) {
  EXPECT_EQ(given("external Shop @ghost; person ann").only("owner-dangling").severity,
            Severity::critical);
}

TEST(OwnerDangling, AssumesThatTheTableOfPersonsIsComplete) {
  EXPECT_EQ(given("internal Payroll @ghost; person ann").only("owner-dangling").certainty,
            Certainty::assumes_complete_export);
}

TEST(OwnerDangling, IsNotEvaluatedWithoutATableOfParties) {
  const Given estate = given("internal Payroll @ghost");
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-dangling"),
              ElementsAre("the export has no table of persons or groups"));
}

TEST(OwnerDangling, IsNotEvaluatedWhenTheTableOfPersonsIsCutOff) {
  std::string page = "sys_id,user_name,name,active\n";
  for (int i = 0; i < 10'000; ++i) {
    page += "u" + std::to_string(i) + ",n" + std::to_string(i) + ",N,true\n";
  }
  const Given estate = from_files(
      {{"cmdb_ci_service.csv", "sys_id,name,owned_by\ns1,Shop,ghost\n"}, {"sys_user.csv", page}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-dangling"),
              ElementsAre("table 'sys_user' looks cut off (it has exactly as many records as "
                          "exports stop at); --assume-complete judges all the same"));
}

TEST(OwnerDangling, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nShop,service,shop\n"},
                                   {"parties.csv", "id,kind\nann,person\n"}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-dangling"),
              ElementsAre("the export of class 'shop' lacks owner"));
}

}  // namespace
}  // namespace tierline
