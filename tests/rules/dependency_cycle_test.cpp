#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "dependency-cycle";

TEST(DependencyCycle, FlagsItemsThatNeedOneAnother) {
  const Given estate = given("system A; system B; A -> B -> A");
  EXPECT_THAT(estate.messages(rule), ElementsAre("A and B: rely on one another in a circle of 2"));
  EXPECT_EQ(estate.only(rule).severity, Severity::medium);
}

TEST(DependencyCycle, ListsItsMembersInOrder) {
  const Given estate = given("system C; system B; external A; C -> B -> A -> C");
  const Finding& finding = estate.only(rule);
  EXPECT_EQ(finding.subject.kind, SubjectKind::group);
  EXPECT_THAT(finding.subject.members,
              ElementsAre(estate.item("A"), estate.item("B"), estate.item("C")));
  EXPECT_EQ(number_in(finding, "memberCount"), 3U);
}

TEST(DependencyCycle, IsContentWithAChain) {
  EXPECT_THAT(given("system A; system B; system C; A -> B -> C; A -> C").subjects(rule), IsEmpty());
}

TEST(DependencyCycle, TakesAnItemAloneForNoCircle) {
  EXPECT_THAT(given("system A; system B; A -> A; A -> B").subjects(rule), IsEmpty());
}

TEST(DependencyCycle, MakesOneFindingOfAllThatHangTogether) {
  EXPECT_THAT(given("system A; system B; system C; A -> B -> A; B -> C -> B").subjects(rule),
              ElementsAre("A, B and C"));
}

TEST(DependencyCycle, MakesAFindingForEachCircle) {
  EXPECT_THAT(given("system A; system B; system C; system D; A -> B -> A; B -> C; C -> D -> C")
                  .subjects(rule),
              ElementsAre("A and B", "C and D"));
}

TEST(DependencyCycle, IsHighWhenContainmentAloneClosesIt) {
  const Given estate = given("system A; system B; A => B => A");
  EXPECT_EQ(estate.only(rule).severity, Severity::high);
  EXPECT_EQ(word_in(estate.only(rule), "closedBy"), "containment");
  EXPECT_EQ(estate.only(rule).message,
            "rely on one another in a circle of 2, by containment alone");
}

TEST(DependencyCycle, SaysWhichMembersContainmentAloneMakesACircleOf) {
  const Given estate = given("system S; component C1; component C2; S => C1 => S; C1 -> C2 -> C1");
  EXPECT_EQ(estate.only(rule).severity, Severity::high);
  EXPECT_EQ(estate.only(rule).message,
            "rely on one another in a circle of 3; C1 and S contain one another");
  EXPECT_EQ(word_in(estate.only(rule), "closedBy"), "containment");
  EXPECT_THAT(names_in(estate.only(rule), "closedAmong"), ElementsAre("C1", "S"));
}

TEST(DependencyCycle, SaysThatContainmentAloneMakesSeveralCirclesOfItsMembers) {
  const Given estate =
      given("system A; system B; system C; system D; A => B => A -> C => D => C -> A");
  EXPECT_EQ(estate.only(rule).message,
            "rely on one another in a circle of 4; A and B contain one another, so do C and D");
  EXPECT_THAT(names_in(estate.only(rule), "closedAmong"), ElementsAre("A", "B", "C", "D"));
}

TEST(DependencyCycle, IsMediumWhenContainmentClosesItWithANeed) {
  const Given estate = given("system A; system B; A => B -> A");
  EXPECT_EQ(estate.only(rule).severity, Severity::medium);
  EXPECT_EQ(word_in(estate.only(rule), "closedBy"), "needs");
}

TEST(DependencyCycle, FlagsPortfoliosThatContainOneAnother) {
  const Given estate =
      given("portfolio P; portfolio Q; external Shop in:P; system Cart; Shop -> Cart; P => Q => P");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("P and Q"));
  EXPECT_EQ(estate.only(rule).severity, Severity::high);
}

TEST(DependencyCycle, TakesWhatAPortfolioListsForNoNeedOfIt) {
  EXPECT_THAT(given("portfolio P; internal A; system S; P => A; A -> P; A -> S").subjects(rule),
              IsEmpty());
  EXPECT_THAT(given("portfolio P; internal A; system S; P => A => P; A -> S").subjects(rule),
              IsEmpty());
  EXPECT_THAT(given("portfolio P; portfolio Q; internal A; system S; P => Q => A -> P; A -> S")
                  .subjects(rule),
              IsEmpty());
}

TEST(DependencyCycle, DoesNotDrawThePortfolioOfItsMembersIn) {
  EXPECT_THAT(given("portfolio P; internal A; internal B; system S; A -> B -> S -> A; P => A;"
                    "A -> P")
                  .subjects(rule),
              ElementsAre("A, B and S"));
}

TEST(DependencyCycle, TakesThePortfolioOfAServiceNowServiceForNoNeedOfIt) {
  const Given estate = from_files(
      {{"spm_service_portfolio.csv", "sys_id,name\np1,Retail\n"},
       {"cmdb_ci_service_business.csv", "sys_id,name,spm_service_portfolio\nb1,Shop,p1\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,p1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.subjects("service-not-in-portfolio"), IsEmpty());
}

TEST(DependencyCycle, RunsThroughLiveItemsOnly) {
  EXPECT_THAT(given("system A; system B retired; system C planned; A -> B -> A; A -> C -> A")
                  .subjects(rule),
              IsEmpty());
}

TEST(DependencyCycle, RunsThroughWhatIsRetiring) {
  EXPECT_THAT(given("system A; system B retiring; A -> B -> A").subjects(rule),
              ElementsAre("A and B"));
}

TEST(DependencyCycle, TakesADataFlowForNoNeed) {
  EXPECT_THAT(given("system A; system B; A -> B; B ~> A").subjects(rule), IsEmpty());
}

TEST(DependencyCycle, TakesServingForNoNeed) {
  EXPECT_THAT(
      given("supporting Backup; system Store; Backup -> Store; Backup -|> Store").subjects(rule),
      IsEmpty());
}

TEST(DependencyCycle, TakesAnOfferingAndItsServiceForOne) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Mail\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Mail for staff,b1\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Mail app\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,o1,a1,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DependencyCycle, TakesATechnicalServiceThatStandsOnWhatItServesForNoCircle) {
  const Given estate = from_files({{"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Hosting\n"},
                                   {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
                                   {"cmdb_rel_ci.csv",
                                    "sys_id,parent,child,type\nr1,t1,c1,Contains::Contained by\n"
                                    "r2,t1,c1,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(DependencyCycle, NamesTheCriticalServicesThatRelyOnIt) {
  const Given estate = given(
      "external Pay critical; internal Till criticality:2; internal Wiki criticality:3;"
      "supporting Mail critical; system A; system B; A -> B -> A; Pay -> A; Till -> Pay;"
      "Wiki -> A; internal Other critical");
  EXPECT_THAT(names_in(estate.only(rule), "criticalServices"), ElementsAre("Pay", "Till"));
}

TEST(DependencyCycle, NamesCriticalServicesOfTheCircleItself) {
  EXPECT_THAT(names_in(given("external Pay critical; system A; Pay -> A -> Pay").only(rule),
                       "criticalServices"),
              ElementsAre("Pay"));
}

TEST(DependencyCycle, NamesNoneWhereNoneRelyOnIt) {
  EXPECT_FALSE(
      has_evidence(given("internal Wiki; system A; system B; A -> B -> A; Wiki -> A").only(rule),
                   "criticalServices"));
}

TEST(DependencyCycle, IsTheSameInWhateverOrderTheExportStands) {
  const Given one = given("system A; system B; system C; A -> B -> C -> A");
  const Given other = given("C -> A; B -> C; system C; A -> B; system B; system A");
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
  EXPECT_EQ(one.only(rule).message, other.only(rule).message);
}

TEST(DependencyCycle, IsAnotherOneWithAnotherMember) {
  const Given one = given("system A; system B; A -> B -> A");
  const Given other = given("system A; system B; system C; A -> B -> C -> A");
  EXPECT_NE(one.only(rule).fingerprint, other.only(rule).fingerprint);
}

TEST(DependencyCycle, IsNotEvaluatedWithoutRelations) {
  EXPECT_THAT(given("system A; system B").not_evaluated(rule),
              ElementsAre("the export has no relations between items"));
}

}  // namespace
}  // namespace tierline
