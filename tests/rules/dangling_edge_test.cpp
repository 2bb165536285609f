#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "dangling-edge";

/// An export of two applications, with these rows of cmdb_rel_ci.
Given related(const std::string& rows) {
  return from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                     {"cmdb_rel_ci.csv", "sys_id,parent,child,type\n" + rows}});
}

TEST(DanglingEdge, FlagsAnEndThatIsNotThere) {
  const Given estate = given("system Cart; system Crm; Cart -> Crm; Cart -> Ghost");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Cart -> Ghost (needs): its end Ghost is no item of the export"));
  EXPECT_THAT(names_in(estate.only(rule), "missing"), ElementsAre("Ghost"));
}

TEST(DanglingEdge, FlagsTheFirstEndAsWell) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Crm; Ghost -> Cart").subjects(rule),
              ElementsAre("Ghost -> Cart (needs)"));
}

TEST(DanglingEdge, MakesOneFindingOfTwoEndsThatAreNotThere) {
  const Given estate = given("system Cart; system Crm; Cart -> Crm; Ghost -> Spook");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre("Ghost -> Spook (needs): its ends Ghost and Spook are no items of the export"));
}

TEST(DanglingEdge, FlagsAnEmptyEnd) {
  const Given estate = related("r1,a1,,Uses::Used by\n");
  ASSERT_EQ(estate.subjects(rule).size(), 1U);
  EXPECT_EQ(estate.only(rule).message, "one of its ends is empty");
}

TEST(DanglingEdge, FlagsTwoEmptyEnds) {
  const Given estate = related("r1,,,Uses::Used by\n");
  EXPECT_EQ(estate.only(rule).message, "both of its ends are empty");
}

TEST(DanglingEdge, FlagsAnEmptyEndBesideOneThatIsNotThere) {
  const Given estate = related("r1,a9,,Uses::Used by\n");
  EXPECT_EQ(estate.only(rule).message,
            "its end a9 is no item of the export, and its other end is empty");
}

TEST(DanglingEdge, IsContentWithRelationsBetweenItems) {
  EXPECT_THAT(given("system Cart; system Crm; Cart -> Crm; Crm ~> Cart").subjects(rule), IsEmpty());
}

TEST(DanglingEdge, IsContentWithARetiredEnd) {
  EXPECT_THAT(given("system Cart; system Old retired; Cart -> Old").subjects(rule), IsEmpty());
}

TEST(DanglingEdge, FlagsAFieldThatNamesNoItem) {
  const Given estate =
      from_files({{"items.csv", "id,tier,needs\nShop,service,Ghost\nCart,system,\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop -> Ghost (needs): its end Ghost is no item of the export"));
}

TEST(DanglingEdge, FlagsAPortfolioThatIsNotThere) {
  EXPECT_THAT(
      given("portfolio Retail; external Shop in:Ghost; system Cart; Shop -> Cart").subjects(rule),
      ElementsAre("Ghost -> Shop (portfolio)"));
}

TEST(DanglingEdge, MissesNoPortfolioWhereNoneWasLoaded) {
  EXPECT_THAT(given("external Shop in:Ghost; system Cart; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(DanglingEdge, IsContentWithAnEmptyField) {
  const Given estate = from_files({{"items.csv", "id,tier,needs\nShop,service,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DanglingEdge, KnowsAnItemByItsName) {
  EXPECT_THAT(related("r1,Cart,Crm,Uses::Used by\n").subjects(rule), IsEmpty());
}

TEST(DanglingEdge, TakesANameThatFitsSeveralItemsForNoneAndNoticesIt) {
  const Given estate =
      from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\na3,Crm\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,Crm,Uses::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  ASSERT_EQ(estate.inventory().notices().size(), 1U);
  EXPECT_EQ(estate.inventory().notices()[0].kind, "ambiguous-reference");
  EXPECT_THAT(estate.graph().dependencies_of(estate.item("Cart")).size(), 0U);
}

TEST(DanglingEdge, TellsItemsOfOneNameApartByTheClassThatTheRowNames) {
  const Given estate = from_files({{"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                                   {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,Crm\n"},
                                   {"cmdb_rel_ci.csv",
                                    "sys_id,parent,child,child.sys_class_name,type\n"
                                    "r1,Cart,Crm,cmdb_ci_linux_server,Runs on::Runs\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(*estate.graph().dependencies_of(estate.item("Cart")).begin(), estate.item("c1"));
}

TEST(DanglingEdge, LooksOnlyAmongItemsOfTheSameSource) {
  const Given estate = from_files(
      {{"estate.json", R"({"items": [{"id": "Shop", "tier": "service", "source": "north"},
                                     {"id": "Cart", "tier": "system", "source": "south"}],
        "relations": [{"id": "r1", "from": "Shop", "to": "Cart", "type": "needs", "source": "north"}]})"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Shop -> Cart (needs)"));
}

TEST(DanglingEdge, ReadsAFieldOfAnItemInTheItemsSource) {
  const Given estate = from_files({{"estate.json", R"({"items": [
          {"id": "Shop", "tier": "service", "source": "north", "needs": "Cart"},
          {"id": "Cart", "tier": "system", "source": "north"}]})"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DanglingEdge, IsMedium) {
  EXPECT_EQ(given("system Cart; Cart -> Ghost").only(rule).severity, Severity::medium);
}

TEST(DanglingEdge, AssumesThatTheItemsAreComplete) {
  EXPECT_EQ(given("system Cart; Cart -> Ghost").only(rule).certainty,
            Certainty::assumes_complete_export);
}

TEST(DanglingEdge, IsNotEvaluatedWhenATableOfItemsIsCutOff) {
  std::string page = "sys_id,name\n";
  for (int i = 0; i < 10'000; ++i) {
    page += "c" + std::to_string(i) + ",server\n";
  }
  const Given estate =
      from_files({{"cmdb_ci_linux_server.csv", page},
                  {"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Crm\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,a1,c10001,Runs on::Runs\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.not_evaluated(rule).size(), 1U);
}

}  // namespace
}  // namespace tierline
