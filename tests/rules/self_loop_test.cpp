#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "self-loop";

TEST(SelfLoop, FlagsARelationOfAnItemToItself) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Cart; Cart -> Crm").messages(rule),
              ElementsAre("Cart -> Cart (needs): relates Cart to itself"));
}

TEST(SelfLoop, IsContentWithACircle) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Crm -> Cart").subjects(rule), IsEmpty());
}

TEST(SelfLoop, FlagsEveryTypeOfRelation) {
  EXPECT_THAT(given("system A; system B; A -> B; A => A; B ~> B").subjects(rule),
              ElementsAre("A -> A (contains)", "B -> B (data)"));
}

TEST(SelfLoop, FlagsAnUnknownType) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a1,Haunts::Haunted by\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Cart -> Cart (Haunts::Haunted by)"));
}

TEST(SelfLoop, FlagsAnItemThatIsItsOwnParent) {
  const Given estate =
      from_files({{"items.csv", "id,tier,facing,parent\nShop,service,external,Shop\n"}});
  EXPECT_THAT(estate.messages(rule), ElementsAre("Shop -> Shop (parent): relates Shop to itself"));
}

TEST(SelfLoop, MakesOneFindingOfRowsThatSayTheSame) {
  const Given estate = given("system Cart; Cart -> Cart; Cart -> Cart");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Cart -> Cart (needs)"));
  EXPECT_EQ(number_in(estate.only(rule), "rowCount"), 2U);
}

TEST(SelfLoop, IsContentWithTwoItemsOfOneName) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Cart\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,a2,Uses::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(SelfLoop, NamesTheRow) {
  const Given estate = given("system Cart; Cart -> Cart");
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::relation);
  EXPECT_EQ(estate.only(rule).subject.id, "r1");
}

TEST(SelfLoop, IsMedium) {
  EXPECT_EQ(given("system Cart; Cart -> Cart").only(rule).severity, Severity::medium);
}

}  // namespace
}  // namespace tierline
