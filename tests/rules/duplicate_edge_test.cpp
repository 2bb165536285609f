#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* rule = "duplicate-edge";

/// An export with these rows of cmdb_rel_ci between two applications.
Given related(const std::string& rows) {
  return from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                     {"cmdb_rel_ci.csv", "sys_id,parent,child,type\n" + rows}});
}

TEST(DuplicateEdge, FlagsTwoRowsThatSayTheSame) {
  const Given estate = given("system Cart; system Crm; Cart -> Crm; Cart -> Crm");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Cart -> Crm (needs): 2 rows say the same"));
  EXPECT_THAT(names_in(estate.only(rule), "rows"), ElementsAre("r1", "r2"));
}

TEST(DuplicateEdge, MakesOneFindingOfAnyNumberOfRows) {
  const Given estate = given("system Cart; system Crm; Cart -> Crm; Cart -> Crm; Cart -> Crm");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Cart -> Crm (needs): 3 rows say the same"));
}

TEST(DuplicateEdge, IsContentWithTwoTypesBetweenTwoItems) {
  EXPECT_THAT(
      given("system Cart; system Crm; Cart -> Crm; Cart => Crm; Cart ~> Crm").subjects(rule),
      IsEmpty());
}

TEST(DuplicateEdge, IsContentWithARelationInEachDirection) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Crm; Crm -> Cart").subjects(rule), IsEmpty());
}

TEST(DuplicateEdge, IsContentWithTwoRelationsOfOneItem) {
  EXPECT_THAT(given("system Cart; system Crm; system Till; Cart -> Crm; Cart -> Till; Till -> Crm")
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicateEdge, TakesTheSameRowInTwoPagesForOne) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"1/cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a2,Uses::Used by\n"},
                  {"2/cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a2,Uses::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DuplicateEdge, FlagsTwoRowsInTwoPages) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"1/cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a2,Uses::Used by\n"},
                  {"2/cmdb_rel_ci.csv", "sys_id,parent,child,type\nr2,a1,a2,Uses::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), SizeIs(1));
}

TEST(DuplicateEdge, TakesRowsWithoutIdsInTwoPagesForOne) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"1/cmdb_rel_ci.csv", "parent,child,type\na1,a2,Uses::Used by\n"},
                  {"2/cmdb_rel_ci.csv", "parent,child,type\na1,a2,Uses::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DuplicateEdge, KnowsATypeByItsIdAndByItsName) {
  EXPECT_THAT(related("r1,a1,a2,1a9cb166f1571100a92eb60da2bce5c5\nr2,a1,a2,depends on::Used By\n")
                  .subjects(rule),
              SizeIs(1));
}

TEST(DuplicateEdge, IsContentWithTypesThatOnlyMeanTheSame) {
  EXPECT_THAT(related("r1,a1,a2,Depends on::Used by\nr2,a1,a2,Uses::Used by\n"
                      "r3,a2,a1,Provides::Provided by\n")
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicateEdge, FlagsRowsOfAnUnknownType) {
  EXPECT_THAT(related("r1,a1,a2,Haunts::Haunted by\nr2,a1,a2,Haunts::Haunted by\n").subjects(rule),
              SizeIs(1));
}

TEST(DuplicateEdge, IsContentWithAnAssociationBesideARelation) {
  const Given estate =
      from_files({{"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\n"},
                  {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,c1,Depends on::Used by\n"},
                  {"svc_ci_assoc.csv", "sys_id,service_id,ci_id\nm1,a1,c1\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DuplicateEdge, FlagsTwoAssociationsThatSayTheSame) {
  const Given estate =
      from_files({{"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\n"},
                  {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
                  {"svc_ci_assoc.csv", "sys_id,service_id,ci_id\nm1,a1,c1\nm2,a1,c1\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Shop app -> web1 (svc_ci_assoc)"));
}

TEST(DuplicateEdge, IsContentWithAFieldBesideARow) {
  const Given estate =
      from_files({{"estate.json", R"({"items": [{"id": "Shop", "tier": "service", "needs": "Cart"},
                                     {"id": "Cart", "tier": "system"}],
                           "relations": [{"id": "r1", "from": "Shop", "to": "Cart", "type": "needs"}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DuplicateEdge, LeavesRowsThatLeadNowhereToDanglingEdge) {
  EXPECT_THAT(related("r1,a1,a9,Uses::Used by\nr2,a1,a9,Uses::Used by\n").subjects(rule),
              IsEmpty());
}

TEST(DuplicateEdge, IsLow) {
  EXPECT_EQ(given("system A; system B; A -> B; A -> B").only(rule).severity, Severity::low);
}

TEST(DuplicateEdge, IsTheSameInWhateverOrderTheRowsStand) {
  const Given one = related("r1,a1,a2,Uses::Used by\nr2,a1,a2,Uses::Used by\n");
  const Given other = related("r2,a1,a2,Uses::Used by\nr1,a1,a2,Uses::Used by\n");
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
  EXPECT_EQ(one.only(rule).evidence, other.only(rule).evidence);
}

TEST(DuplicateEdge, NamesTheSameRowInWhateverOrderTheRowsStand) {
  const Given one = related("r1,a1,a2,Uses::Used by\nr2,a1,a2,Uses::Used by\n");
  const Given other = related("r2,a1,a2,Uses::Used by\nr1,a1,a2,Uses::Used by\n");
  EXPECT_EQ(one.only(rule).subject.id, other.only(rule).subject.id);
}

}  // namespace
}  // namespace tierline
