#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "crisis-team-incomplete";

TEST(CrisisTeamIncomplete, FlagsASystemThatNobodyOwnsOrRuns) {
  const Given estate = given_all(
      "internal Payroll criticality:2 @ann; system Pay @ann; system Bank;"
      "Payroll -> Pay -> Bank");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Payroll: relies on Bank, which has neither owner nor group"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Bank"));
}

TEST(CrisisTeamIncomplete, NamesTheNearestThree) {
  const Given estate = given_all(
      "external Shop critical; system D; system C; system B; system A; Shop -> D -> C -> B -> A");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("D", "C", "B"));
  EXPECT_THAT(estate.messages(rule), ElementsAre("Shop: relies on systems with neither owner nor "
                                                 "group, nearest D, C and B"));
}

TEST(CrisisTeamIncomplete, DecidesEqualDistancesByKey) {
  EXPECT_THAT(names_in(given_all("external Shop critical; system D; system C; system B; system A;"
                                 "Shop -> D; Shop -> C; Shop -> B; Shop -> A; A -> B")
                           .only(rule),
                       "nearest"),
              ElementsAre("A", "B", "C"));
}

TEST(CrisisTeamIncomplete, FindsThemInCircles) {
  EXPECT_THAT(names_in(given_all("external Shop critical; system A @ann; system B; system C;"
                                 "Shop -> A -> B -> C -> A")
                           .only(rule),
                       "nearest"),
              ElementsAre("B", "C"));
}

TEST(CrisisTeamIncomplete, IsContentWithAnOwnerOrAGroup) {
  EXPECT_THAT(given_all("external Shop critical; system A @ann; system B +ops; system C @eve;"
                        "person ann; person eve left; group ops; Shop -> A; Shop -> B; Shop -> C")
                  .subjects(rule),
              IsEmpty());
}

TEST(CrisisTeamIncomplete, LooksAtLiveSystemsOnly) {
  EXPECT_THAT(given_all("external Shop critical; component Disk; system Old retired; supporting "
                        "Mail; Shop -> Disk; Shop -> Old; Shop -> Mail")
                  .subjects(rule),
              IsEmpty());
}

TEST(CrisisTeamIncomplete, IsContentWithLessCriticalServices) {
  EXPECT_THAT(given_all("external Shop criticality:3; system Cart; Shop -> Cart").subjects(rule),
              IsEmpty());
}

TEST(CrisisTeamIncomplete, IsNotEvaluatedForSystemsWhoseGroupsWereNotExported) {
  AuditOptions options;
  options.rules.set = RuleSet::all;
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,class,criticality,owner,needs\nShop,service,service,1,ann,Cart\n"
                   "Cart,system,system,,,\n"}},
                 options);
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'system' lacks group"));
}

TEST(CrisisTeamIncomplete, IsNoCoreRule) {
  EXPECT_THAT(given("external Shop critical; system Cart; Shop -> Cart").subjects(rule), IsEmpty());
}

TEST(CrisisTeamIncomplete, IsMediumAndWorseForCriticality1) {
  EXPECT_EQ(given_all("internal Shop criticality:2; system A; Shop -> A").only(rule).severity,
            Severity::medium);
  EXPECT_EQ(given_all("internal Shop critical; system A; Shop -> A").only(rule).severity,
            Severity::high);
}

}  // namespace
}  // namespace tierline
