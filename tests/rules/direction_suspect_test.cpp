#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

constexpr const char* rule = "direction-suspect";

/// An application App and hosts h1 to hCOUNT, each of which it has a relation with.
std::string hosted(int count, const std::string& arrow = "->") {
  std::string statements = "component App class:app;";
  for (int i = 1; i <= count; ++i) {
    statements += fmt::format("component h{} class:host; App {} h{};", i, arrow, i);
  }
  return statements;
}

/// One more of both, drawn the other way.
std::string one_turned_round(const std::string& arrow = "->") {
  return fmt::format("component Odd class:app; component hX class:host; hX {} Odd", arrow);
}

TEST(DirectionSuspect, FlagsOneThatRunsAgainstNineteen) {
  EXPECT_THAT(given(hosted(19) + one_turned_round()).messages(rule),
              ElementsAre("hX -> Odd (needs): the host hX needs the app Odd, though 19 of 20 "
                          "relations of this type between these classes run the other way: App "
                          "needs h1, for example"));
}

TEST(DirectionSuspect, IsContentWithOneThatRunsAgainstEighteen) {
  EXPECT_THAT(given(hosted(18) + one_turned_round()).subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, IsContentWhenMoreThanFivePercentRunTheOtherWay) {
  EXPECT_THAT(
      given(hosted(30) + "component hX class:host; component hY class:host; hX -> App; hY -> App")
          .subjects(rule),
      IsEmpty());
}

TEST(DirectionSuspect, FlagsEachThatRunsAgainstTheOthers) {
  EXPECT_THAT(
      given(hosted(38) + "component hX class:host; component hY class:host; hX -> App; hY -> App")
          .subjects(rule),
      ElementsAre("hX -> App (needs)", "hY -> App (needs)"));
}

TEST(DirectionSuspect, IsContentWhenAllRunOneWay) {
  EXPECT_THAT(given(hosted(40)).subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, FlagsContainmentToo) {
  EXPECT_THAT(given(hosted(19, "=>") + one_turned_round("=>")).subjects(rule),
              ElementsAre("hX -> Odd (contains)"));
}

TEST(DirectionSuspect, JudgesEachTypeByItself) {
  EXPECT_THAT(given(hosted(40) + one_turned_round("=>")).subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, JudgesEachPairOfClassesByItself) {
  EXPECT_THAT(given(hosted(40) + "component Odd class:appliance; h1 -> Odd").subjects(rule),
              IsEmpty());
}

TEST(DirectionSuspect, JudgesEachSourceByItself) {
  std::string items = "id,tier,class,source\n";
  std::string relations = "id,from,to,type,source\n";
  for (int i = 0; i < 40; ++i) {
    const char* source = i == 0 ? "south" : "north";
    items += fmt::format("a{0},system,app,{1}\nh{0},component,host,{1}\n", i, source);
    relations += fmt::format("r{0},{1}{0},{2}{0},needs,{3}\n", i, i == 0 ? "h" : "a",
                             i == 0 ? "a" : "h", source);
  }
  const Given estate = from_files({{"items.csv", items}, {"relations.csv", relations}});
  ASSERT_THAT(estate.inventory().sources(), IsSupersetOf({"north", "south"}));
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, IsContentWithinAClass) {
  std::string chain = "component n0 class:node;";
  for (int i = 1; i <= 40; ++i) {
    chain += fmt::format("component n{} class:node; n{} -> n{};", i, i - 1, i);
  }
  EXPECT_THAT(given(chain + "n1 -> n0").subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, IsContentWithDataThatGoesBothWays) {
  EXPECT_THAT(given(hosted(40, "~>") + one_turned_round("~>")).subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, LeavesMembershipsAlone) {
  std::string served = "supporting Hosting class:technical;";
  for (int i = 1; i <= 40; ++i) {
    served += fmt::format("supporting s{} class:app; Hosting -|> s{};", i, i);
  }
  EXPECT_THAT(given(served + "supporting Odd class:app; Odd -|> Hosting").subjects(rule),
              IsEmpty());
}

TEST(DirectionSuspect, TakesMembershipsForNoCustom) {
  std::string served = "supporting Hosting class:technical;";
  for (int i = 1; i <= 40; ++i) {
    served += fmt::format("supporting s{} class:app; Hosting -|> s{};", i, i);
  }
  EXPECT_THAT(given(served + "supporting Odd class:app; Odd => Hosting").subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, TakesWhatRunsAgainstTheTiersForNoCustom) {
  std::string drawn_backwards = "system Cart class:app; component h0 class:host; Cart => h0;";
  for (int i = 1; i <= 40; ++i) {
    drawn_backwards += fmt::format("component h{} class:host; h{} => Cart;", i, i);
  }
  const Given estate = given(drawn_backwards);
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.subjects("tier-inversion"), SizeIs(40));
}

TEST(DirectionSuspect, LeavesWhatRunsAgainstTheTiersToTierInversion) {
  std::string drawn = "system Cart class:app;";
  for (int i = 1; i <= 40; ++i) {
    drawn += fmt::format("component h{} class:host; Cart => h{};", i, i);
  }
  const Given estate = given(drawn + "component h0 class:host; h0 => Cart");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.subjects("tier-inversion"), SizeIs(1));
}

TEST(DirectionSuspect, IsContentWithWhatFollowsTheTiersAgainstCustom) {
  std::string hosting = "supporting Hosting class:technical;";
  for (int i = 1; i <= 40; ++i) {
    hosting += fmt::format("system s{} class:app; s{} -> Hosting;", i, i);
  }
  EXPECT_THAT(given(hosting + "system Console class:app; Hosting -> Console").subjects(rule),
              IsEmpty());
}

TEST(DirectionSuspect, FlagsAComponentThatNeedsACustomerFacingService) {
  EXPECT_THAT(
      given("component Rack; external Shop; internal Payroll; Rack -> Shop; Rack -> Payroll")
          .messages(rule),
      ElementsAre("Rack -> Payroll (needs): the component Rack needs the customer-facing service "
                  "Payroll",
                  "Rack -> Shop (needs): the component Rack needs the customer-facing service "
                  "Shop"));
}

TEST(DirectionSuspect, IsContentWithComponentsThatNeedOtherThings) {
  EXPECT_THAT(given("component Rack; supporting Backup; service Chat; system Ldap; external Old "
                    "retired; Rack -> Backup; Rack -> Chat; Rack -> Ldap; Rack -> Old")
                  .subjects(rule),
              IsEmpty());
}

TEST(DirectionSuspect, IsContentWithASystemThatNeedsACustomerFacingService) {
  EXPECT_THAT(given("system Cart; external Payments; Cart -> Payments").subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, IsContentWhereComponentsUsuallyNeedACustomerFacingService) {
  std::string probes = "external Shop class:business;";
  for (int i = 1; i <= 20; ++i) {
    probes += fmt::format("component p{} class:probe; p{} -> Shop;", i, i);
  }
  EXPECT_THAT(given(probes).subjects(rule), IsEmpty());
}

TEST(DirectionSuspect, CountsTheTwoDirectionsAndGivesAnExample) {
  const Given estate = given(hosted(39) + one_turned_round());
  EXPECT_EQ(number_in(estate.only(rule), "relationCount"), 40U);
  EXPECT_EQ(number_in(estate.only(rule), "otherWay"), 39U);
  EXPECT_THAT(names_in(estate.only(rule), "example"), ElementsAre("App", "h1"));
}

TEST(DirectionSuspect, NamesTheRowAndItsEnds) {
  const Given estate = given(hosted(19) + one_turned_round());
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::relation);
  EXPECT_EQ(estate.only(rule).subject.id, "r20");
}

TEST(DirectionSuspect, KnowsTheDirectionThatATypeHas) {
  std::string rows;
  for (int i = 1; i <= 19; ++i) {
    rows += fmt::format("r{0},c1,s{0},Cools::Cooled By\n", i);
  }
  std::string servers;
  for (int i = 1; i <= 20; ++i) {
    servers += fmt::format("s{0},srv{0}\n", i);
  }
  const Given estate = from_files(
      {{"cmdb_ci_ups.csv", "sys_id,name\nc1,Fan\n"},
       {"cmdb_ci_linux_server.csv", "sys_id,name\n" + servers},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\n" + rows + "r20,s20,c1,Cools::Cooled By\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("srv20 -> Fan (Cools::Cooled By): the cmdb_ci_ups Fan needs the "
                          "cmdb_ci_linux_server srv20, though 19 of 20 relations of this type "
                          "between these classes run the other way: srv1 needs Fan, for example"));
}

TEST(DirectionSuspect, SaysTheSameInWhateverOrderTheRowsStand) {
  std::string backwards = one_turned_round() + "; component App class:app;";
  for (int i = 19; i >= 1; --i) {
    backwards += fmt::format("component h{} class:host; App -> h{};", i, i);
  }
  const Given one = given(hosted(19) + one_turned_round());
  const Given other = given(backwards);
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
  EXPECT_EQ(one.only(rule).message, other.only(rule).message);
  EXPECT_EQ(one.only(rule).evidence, other.only(rule).evidence);
}

TEST(DirectionSuspect, IsLow) {
  EXPECT_EQ(given(hosted(19) + one_turned_round()).only(rule).severity, Severity::low);
}

TEST(DirectionSuspect, IsNotEvaluatedWithoutRelations) {
  EXPECT_THAT(given("component Rack; external Shop").not_evaluated(rule),
              ElementsAre("the export has no relations between items"));
}

}  // namespace
}  // namespace tierline
