#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "restore-element-unknown";

TEST(RestoreElementUnknown, FlagsARelationOfACriticalServiceThatLeadsNowhere) {
  const Given estate = given_all("internal Payroll critical; Payroll -> Pay");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Payroll: relies on what is not in the export: a "
                                                 "relation of its own leads to Pay"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Payroll"));
  EXPECT_THAT(names_in(estate.only(rule), "missing"), ElementsAre("Pay"));
}

TEST(RestoreElementUnknown, FlagsOneBelowTheService) {
  EXPECT_THAT(given_all("external Shop criticality:2; system Cart; system Stock;"
                        "Shop -> Cart -> Stock => Disk")
                  .messages(rule),
              ElementsAre("Shop: relies on what is not in the export: a relation of Stock leads to "
                          "Disk"));
}

TEST(RestoreElementUnknown, NamesTheNearestThree) {
  const Given estate = given_all(
      "external Shop critical; system A; system B; system C; system D; Shop -> A -> B -> C -> D;"
      "D -> gone; C -> lost; B -> stolen; A -> strayed; A -> left");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(names_in(estate.only(rule), "missing"), ElementsAre("left", "stolen", "lost"));
}

TEST(RestoreElementUnknown, IsContentWithWhatRestsAbove) {
  EXPECT_THAT(given_all("external Shop critical; system Cart; Shop -> Cart; Portal -> Shop;"
                        "external Mail; Mail -> Post; Mail -> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(RestoreElementUnknown, LooksAtUseAlone) {
  EXPECT_THAT(
      given_all("external Shop critical; system Cart; Shop -> Cart; Cart ~> Ledger").subjects(rule),
      IsEmpty());
}

TEST(RestoreElementUnknown, FollowsLiveItemsOnly) {
  EXPECT_THAT(
      given_all("external Shop critical; system Cart retired; Shop -> Cart -> Disk").subjects(rule),
      IsEmpty());
}

TEST(RestoreElementUnknown, FlagsAnEndThatIsEmpty) {
  const auto estate = [](const char* child) {
    AuditOptions options;
    options.rules.set = RuleSet::all;
    return from_files(
        {{"cmdb_ci_service_business.csv", "sys_id,name,busines_criticality\ns1,Shop,1\n"},
         {"cmdb_ci_business_app.csv", "sys_id,name\na1,Cart\na2,Cart\n"},
         {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,s1,a1,Depends on::Used by\nr2,s1," +
                                 std::string(child) + ",Depends on::Used by\n"}},
        options);
  };
  EXPECT_THAT(estate("").messages(rule), ElementsAre("Shop: relies on what is not in the export: a "
                                                     "relation of its own leads nowhere"));
  // A notice tells of that one.
  EXPECT_THAT(estate("Cart").subjects(rule), IsEmpty());
}

TEST(RestoreElementUnknown, IsNoCoreRule) {
  EXPECT_THAT(given("external Shop critical; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(RestoreElementUnknown, IsHighAndWorseForCriticality1) {
  EXPECT_EQ(given_all("internal Shop criticality:2; Shop -> Cart").only(rule).severity,
            Severity::high);
  EXPECT_EQ(given_all("internal Shop critical; Shop -> Cart").only(rule).severity,
            Severity::critical);
}

}  // namespace
}  // namespace tierline
