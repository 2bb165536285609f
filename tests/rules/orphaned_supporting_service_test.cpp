#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "orphaned-supporting-service";

/// `NAME: kind` of every orphan.
std::vector<std::string> kinds(const Given& estate) {
  std::vector<std::string> kinds;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == rule) {
      kinds.push_back(estate.inventory().label(finding.subject.item) + ": " +
                      word_in(finding, "kind"));
    }
  }
  std::ranges::sort(kinds);
  return kinds;
}

/// Everything that is said of the orphans.
std::vector<std::string> all_that_is_said(const Given& estate) {
  std::vector<std::string> said;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == rule) {
      said.push_back(finding.fingerprint + " " + finding.message);
      for (const auto& [name, value] : finding.evidence) {
        if (const auto* names = std::get_if<std::vector<std::string>>(&value)) {
          for (const std::string& one : *names) {
            said.push_back(name + "=" + one);
          }
        }
      }
    }
  }
  return said;
}

// --- what an orphan is

TEST(OrphanedSupportingService, FlagsASupportingServiceThatNothingReliesOn) {
  EXPECT_THAT(
      given("external Shop; supporting Search; supporting Backup; Shop -> Search").subjects(rule),
      ElementsAre("Backup"));
}

TEST(OrphanedSupportingService, IsContentWithAnExternalService) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop -> Search").subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAnInternalService) {
  EXPECT_THAT(given("internal Payroll; supporting Search; Payroll -> Search").subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAServiceThatContainsIt) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop => Search").subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAChainThroughOtherSupportingServices) {
  EXPECT_THAT(given("external Shop; supporting A; supporting B; supporting C; Shop -> A -> B -> C")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAChainThroughSystemsAndComponents) {
  EXPECT_THAT(given("external Shop; system Cart; component Rack; supporting Power;"
                    "Shop -> Cart -> Rack -> Power")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAChainThroughItemsOfNoTier) {
  EXPECT_THAT(
      given("external Shop; thing Cable; supporting Power; Shop -> Cable -> Power").subjects(rule),
      IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAChainThroughWhatIsRetiring) {
  EXPECT_THAT(given("external Shop retiring; system Cart retiring; supporting Power;"
                    "Shop -> Cart -> Power")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithAChainThroughItemsOfUnknownState) {
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,facing,needs\nShop,service,external,Cart\nCart,system,,Power\n"
                   "Power,service,supporting,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, IsContentWithOneCustomerAmongMany) {
  EXPECT_THAT(given("external Old retired; supporting Other; external Shop; supporting Backup;"
                    "Shop -> Other; Old -> Backup; Other -> Backup")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, JudgesSupportingServicesOnly) {
  EXPECT_THAT(given("external A; internal B; service C; system D; component E; portfolio F;"
                    "supporting G; A -> G")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop -> Search; supporting Old retired;"
                    "supporting Next planned")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, JudgesWhatIsRetiring) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop -> Search; supporting Old retiring")
                  .subjects(rule),
              ElementsAre("Old"));
}

TEST(OrphanedSupportingService, JudgesWhatIsOfUnknownState) {
  const Given estate =
      from_files({{"items.csv",
                   "id,tier,facing,state,needs\nShop,service,external,live,Search\n"
                   "Search,service,supporting,,\nBackup,service,supporting,,\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Backup"));
}

// --- what is no use

TEST(OrphanedSupportingService, TakesAPortfolioForNoUser) {
  EXPECT_THAT(kinds(given("portfolio Shared; external Shop; supporting Search; Shop -> Search;"
                          "supporting Backup in:Shared")),
              ElementsAre("Backup: isolated"));
}

TEST(OrphanedSupportingService, TakesAPortfolioOfCustomersForNoUser) {
  EXPECT_THAT(given("portfolio Retail; external Shop in:Retail; system Cart; Shop -> Cart;"
                    "supporting Backup in:Retail")
                  .subjects(rule),
              ElementsAre("Backup"));
}

TEST(OrphanedSupportingService, TakesANeedOfAPortfolioForNoUse) {
  EXPECT_THAT(kinds(given("portfolio Shared; external Shop; supporting Search; supporting Backup;"
                          "Shop -> Search; Shared -> Backup")),
              ElementsAre("Backup: isolated"));
}

TEST(OrphanedSupportingService, TakesADataFlowForNoUse) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; supporting Feed; Shop -> Search;"
                          "Shop ~> Feed; Search ~> Feed")),
              ElementsAre("Feed: isolated"));
}

TEST(OrphanedSupportingService, TakesWhatItReliesOnForNoUser) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; supporting Backup; Shop -> Search;"
                          "Backup -> Shop; Backup -> Search")),
              ElementsAre("Backup: isolated"));
}

TEST(OrphanedSupportingService, TakesItsOwnLoopForNoUse) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; supporting Backup; Shop -> Search;"
                          "Backup -> Backup")),
              ElementsAre("Backup: isolated"));
}

TEST(OrphanedSupportingService, TakesARelationOfUnknownTypeForNoUse) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Search\nt2,Backup\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,b1,t1,Depends on::Used by\n"
                   "r2,b1,t2,Haunts::Haunted by\n"}});
  EXPECT_THAT(kinds(estate), ElementsAre("Backup: isolated"));
}

// --- isolated

TEST(OrphanedSupportingService, CallsWhatNothingReliesOnIsolated) {
  const Given estate = given("external Shop; supporting Search; supporting Backup; Shop -> Search");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Backup: nothing live relies on it"));
  EXPECT_EQ(word_in(estate.only(rule), "kind"), "isolated");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), IsEmpty());
}

TEST(OrphanedSupportingService, NamesThePortfolioThatListsIt) {
  const Given estate = given(
      "portfolio Shared; external Shop; supporting Search; Shop -> Search;"
      "supporting Backup in:Shared");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: nothing live relies on it; only portfolio Shared lists it"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Shared"));
}

// --- outlived

TEST(OrphanedSupportingService, CallsWhatARetiredCustomerFacingServiceUsedOutlived) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; internal Archive retired;"
      "supporting Backup; Archive -> Backup");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: supports only Archive, which is retired"));
  EXPECT_EQ(word_in(estate.only(rule), "kind"), "outlived");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Archive"));
}

TEST(OrphanedSupportingService, CallsWhatACustomerReachesThroughARetiredItemOutlived) {
  const Given estate =
      given("external Shop; system Cart retired; supporting Backup; Shop -> Cart -> Backup");
  EXPECT_THAT(estate.messages(rule), ElementsAre("Backup: supports only Cart, which is retired"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Cart"));
}

TEST(OrphanedSupportingService, SaysThatARetiredItemStandsFurtherUp) {
  const Given estate = given(
      "external Shop; system Cart retired; system Store; supporting Backup;"
      "Shop -> Cart -> Store -> Backup");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre(
          "Backup: nothing live that serves customers relies on it; Cart, which is retired, did"));
}

TEST(OrphanedSupportingService, CallsWhatSeveralRetiredItemsSeparateFromCustomersOutlived) {
  EXPECT_THAT(kinds(given("external Shop retired; system Cart retired; supporting A retired;"
                          "supporting Backup; Shop -> Cart -> A -> Backup")),
              ElementsAre("Backup: outlived"));
}

TEST(OrphanedSupportingService, NamesTheNearestOfSeveralRetiredItems) {
  const Given estate = given(
      "external Shop retired; system Cart retired; supporting Backup; Shop -> Cart -> Backup");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Cart"));
}

TEST(OrphanedSupportingService, CallsEachServiceOfAnOutlivedChainOutlived) {
  EXPECT_THAT(kinds(given("external Shop retired; supporting A; supporting B; Shop -> A -> B")),
              ElementsAre("A: outlived", "B: outlived"));
}

TEST(OrphanedSupportingService, TakesARetiredServiceOfUnknownFacingForNoCustomer) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; Shop -> Search;"
                          "service Mystery retired; supporting Backup; Mystery -> Backup")),
              ElementsAre("Backup: island"));
}

// --- awaited

TEST(OrphanedSupportingService, CallsWhatOnlyAPlannedCustomerFacingServiceUsesAwaited) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; external Next planned;"
      "supporting Backup; Next -> Backup");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: supports only Next, which is still planned"));
  EXPECT_EQ(word_in(estate.only(rule), "kind"), "awaited");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Next"));
}

TEST(OrphanedSupportingService, CallsWhatACustomerReachesThroughAPlannedItemAwaited) {
  EXPECT_THAT(kinds(given("external Shop; system Cart planned; supporting Backup;"
                          "Shop -> Cart -> Backup")),
              ElementsAre("Backup: awaited"));
}

// --- island

TEST(OrphanedSupportingService, NamesTheRetiredServiceThatServedNobody) {
  const Given estate = given(
      "portfolio Shared; external Shop; supporting Search; Shop -> Search; supporting Old retired;"
      "supporting Backup in:Shared; Old -> Backup");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: relied on only by Old, which is retired"));
  EXPECT_THAT(kinds(estate), ElementsAre("Backup: island"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Old"));
}

TEST(OrphanedSupportingService, NamesThePlannedSystemThatWillServeNobody) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; system Next planned; supporting Backup;"
      "Next -> Backup");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: relied on only by Next, which is still planned"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Next"));
}

TEST(OrphanedSupportingService, NamesWhatIsLiveBeforeWhatIsNot) {
  const Given estate = given(
      "external Shop; system Cart; Shop -> Cart; system A retired; system B retired; system C;"
      "system D planned; supporting Backup; A -> Backup; B -> Backup; C -> Backup; D -> Backup");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Backup: relied on only by C, which serves no customer-facing service, "
                          "and by A and B, which are retired, and by D, which is still planned"));
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("C", "A", "B"));
}

TEST(OrphanedSupportingService, CallsServicesThatOnlySupportOneAnotherAnIsland) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; supporting A; supporting B; A -> B -> A");
  EXPECT_THAT(kinds(estate), ElementsAre("A: island", "B: island"));
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("A: relied on only by B, which serves no customer-facing service; an "
                          "island of 2 services: A and B",
                          "B: relied on only by A, which serves no customer-facing service; an "
                          "island of 2 services: A and B"));
}

TEST(OrphanedSupportingService, ListsTheMembersOfAnIsland) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search;"
      "supporting A; supporting B; supporting C; A -> B -> C -> A");
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == rule) {
      EXPECT_THAT(names_in(finding, "members"), ElementsAre("A", "B", "C"));
      EXPECT_EQ(number_in(finding, "memberCount"), 3U);
    }
  }
}

TEST(OrphanedSupportingService, TellsIslandsApart) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search;"
      "supporting A; supporting B; A -> B -> A; supporting C; supporting D; C -> D -> C");
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.rule->id == rule) {
      EXPECT_EQ(names_in(finding, "members").size(), 2U);
    }
  }
}

TEST(OrphanedSupportingService, CallsTheFootOfAnUnusedChainAnIslandAndItsHeadIsolated) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; Shop -> Search;"
                          "supporting A; supporting B; A -> B")),
              ElementsAre("A: isolated", "B: island"));
}

TEST(OrphanedSupportingService, CallsWhatOnlyAnUnusedSystemReliesOnAnIsland) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; system Old; supporting Backup;"
      "Old -> Backup");
  EXPECT_THAT(
      estate.messages(rule),
      ElementsAre("Backup: relied on only by Old, which serves no customer-facing service"));
  EXPECT_EQ(word_in(estate.only(rule), "kind"), "island");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("Old"));
}

TEST(OrphanedSupportingService, NamesThreeUsersAtMost) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; supporting Backup;"
      "system A; system B; system C; system D; A -> Backup; B -> Backup; C -> Backup; D -> Backup");
  EXPECT_THAT(names_in(estate.only(rule), "nearest"), ElementsAre("A", "B", "C"));
}

// --- which kind comes first

TEST(OrphanedSupportingService, CallsWhatIsOutlivedAndAwaitedOutlived) {
  EXPECT_THAT(kinds(given("external Old retired; external Next planned; supporting Backup;"
                          "Old -> Backup; Next -> Backup")),
              ElementsAre("Backup: outlived"));
}

TEST(OrphanedSupportingService, CallsAnIslandWithARetiredCustomerOutlived) {
  EXPECT_THAT(kinds(given("external Old retired; supporting A; supporting B; A -> B -> A;"
                          "Old -> A")),
              ElementsAre("A: outlived", "B: outlived"));
}

TEST(OrphanedSupportingService, CallsAnIslandWithAPlannedCustomerAwaited) {
  EXPECT_THAT(kinds(given("external Next planned; supporting A; supporting B; A -> B -> A;"
                          "Next -> A")),
              ElementsAre("A: awaited", "B: awaited"));
}

TEST(OrphanedSupportingService, CountsInRetiredItemsOrPlannedOnesButNotBoth) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; Shop -> Search;"
                          "external Old retired; system Next planned; supporting Backup;"
                          "Old -> Next -> Backup")),
              ElementsAre("Backup: island"));
}

TEST(OrphanedSupportingService, CallsEachServiceByItsOwnKind) {
  EXPECT_THAT(kinds(given("external Shop; supporting Search; Shop -> Search; external Old retired;"
                          "external Next planned; supporting A; supporting B; supporting C;"
                          "supporting D; supporting E; Old -> A; Next -> B; D -> E -> D")),
              ElementsAre("A: outlived", "B: awaited", "C: isolated", "D: island", "E: island"));
}

// --- unknown facing

TEST(OrphanedSupportingService, JudgesNothingThatAServiceOfUnknownFacingReachesAndListsIt) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; service Mystery; supporting Backup;"
      "Mystery -> Backup");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  ASSERT_EQ(estate.not_evaluated(rule),
            std::vector<std::string>{"a live service of unknown facing relies on it"});
  for (const NotEvaluated& one : estate.audit().results.not_evaluated) {
    if (one.rule->id == rule) {
      EXPECT_THAT(one.subjects, ElementsAre(estate.item("Backup")));
      EXPECT_EQ(one.count, 1U);
    }
  }
}

TEST(OrphanedSupportingService, IsUndeterminedAtAnyDistanceFromUnknownFacing) {
  const Given estate = given(
      "external Shop; supporting Search; Shop -> Search; service Mystery; system Store;"
      "supporting A; supporting B; Mystery -> Store -> A -> B");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, IsUndeterminedRatherThanOutlived) {
  const Given estate = given(
      "external Old retired; service Mystery; supporting Backup; Old -> Backup; Mystery -> Backup");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.not_evaluated(rule).size(), 1U);
}

TEST(OrphanedSupportingService, IsSoundWhenACustomerReachesItBesideAnUnknownFacing) {
  const Given estate =
      given("external Shop; service Mystery; supporting Backup; Shop -> Backup; Mystery -> Backup");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), IsEmpty());
}

TEST(OrphanedSupportingService, IgnoresAnUnknownFacingThatReachesItThroughARetiredItem) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop -> Search; service Mystery;"
                    "system Old retired; supporting Backup; Mystery -> Old -> Backup")
                  .subjects(rule),
              ElementsAre("Backup"));
}

// --- serving and offerings

TEST(OrphanedSupportingService, IsContentWithServingWhatACustomerUses) {
  EXPECT_THAT(given("external Shop; system Cart; supporting Backup; Shop -> Cart; Backup -|> Cart")
                  .subjects(rule),
              IsEmpty());
}

TEST(OrphanedSupportingService, FlagsAServiceThatServesWhatNobodyUses) {
  EXPECT_THAT(kinds(given("external Shop; system Cart; Shop -> Cart; system Old; supporting Backup;"
                          "Backup -|> Old")),
              ElementsAre("Backup: island"));
}

TEST(OrphanedSupportingService, TakesContainmentForNoServingInThePlainFormat) {
  EXPECT_THAT(kinds(given("external Shop; system Cart; Shop -> Cart; supporting Backup;"
                          "Backup => Cart")),
              ElementsAre("Backup: isolated"));
}

TEST(OrphanedSupportingService, TakesContainmentForServingInServiceNow) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\na2,Old app\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Hosting\nt2,Old hosting\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,b1,a1,Depends on::Used by\n"
                   "r2,t1,a1,Contains::Contained by\nr3,t2,a2,Contains::Contained by\n"}});
  EXPECT_THAT(kinds(estate), ElementsAre("Old hosting: island"));
}

TEST(OrphanedSupportingService, IsContentWhenATechnicalOfferingServesForIt) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
       {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\n"},
       {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Hosting\n"},
       {"service_offering.csv",
        "sys_id,name,parent,service_classification\no1,Hosting Linux,t1,Technical Service\n"},
       {"cmdb_rel_ci.csv",
        "sys_id,parent,child,type\nr1,b1,a1,Depends on::Used by\n"
        "r2,o1,a1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, TakesAUseOfAnOfferingForAUseOfItsService) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Mail\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Mail for shops,t1\n"},
                  {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,o1,Depends on::Used by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(OrphanedSupportingService, CallsAServiceThatOnlyItsOwnOfferingsRelyOnIsolated) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
       {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Search\nt2,Mail\n"},
       {"service_offering.csv", "sys_id,name,parent\no1,Mail large,t2\no2,Mail small,t2\n"},
       {"cmdb_rel_ci.csv", "sys_id,parent,child,type\nr1,b1,t1,Depends on::Used by\n"}});
  EXPECT_THAT(kinds(estate),
              ElementsAre("Mail large: isolated", "Mail small: isolated", "Mail: isolated"));
}

TEST(OrphanedSupportingService, CallsAServiceWhoseOfferingOnlyAnUnusedServiceUsesAnIsland) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                  {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Search\nt2,Mail\nt3,Fax\n"},
                  {"service_offering.csv", "sys_id,name,parent\no1,Mail large,t2\n"},
                  {"cmdb_rel_ci.csv",
                   "sys_id,parent,child,type\nr1,b1,t1,Depends on::Used by\n"
                   "r2,t3,o1,Depends on::Used by\n"}});
  EXPECT_THAT(kinds(estate), ElementsAre("Fax: isolated", "Mail large: island", "Mail: island"));
}

TEST(OrphanedSupportingService, CallsAServiceOutlivedWhenTheUserOfItsOfferingIsRetired) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv",
        "sys_id,name,operational_status\nb1,Shop,1\nb2,Old shop,6\n"},
       {"cmdb_ci_service_technical.csv",
        "sys_id,name,operational_status\nt1,Search,1\nt2,Mail,1\n"},
       {"service_offering.csv", "sys_id,name,parent,operational_status\no1,Mail large,t2,1\n"},
       {"cmdb_rel_ci.csv",
        "sys_id,parent,child,type\nr1,b1,t1,Depends on::Used by\n"
        "r2,b2,o1,Depends on::Used by\n"}});
  EXPECT_THAT(kinds(estate), ElementsAre("Mail large: outlived", "Mail: outlived"));
}

TEST(OrphanedSupportingService, FollowsTheAssociationsOfApplicationServices) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                                   {"cmdb_ci_service_auto.csv", "sys_id,name\na1,Shop app\n"},
                                   {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
                                   {"cmdb_ci_service_technical.csv", "sys_id,name\nt1,Patching\n"},
                                   {"svc_ci_assoc.csv", "sys_id,service_id,ci_id\nm1,a1,c1\n"},
                                   {"cmdb_rel_ci.csv",
                                    "sys_id,parent,child,type\nr1,b1,a1,Depends on::Used by\n"
                                    "r2,t1,c1,Contains::Contained by\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

// --- how it is reported

TEST(OrphanedSupportingService, MakesOneFindingForEachService) {
  EXPECT_THAT(given("external Shop; supporting Search; Shop -> Search; supporting A; supporting B;"
                    "system X; X -> A; A -> B; B -> A; X -> B")
                  .subjects(rule),
              ElementsAre("A", "B"));
}

TEST(OrphanedSupportingService, IsHigh) {
  EXPECT_EQ(given("external Shop; supporting A; supporting Backup; Shop -> A").only(rule).severity,
            Severity::high);
}

TEST(OrphanedSupportingService, IsCriticalForCriticalServices) {
  EXPECT_EQ(given("external Shop; supporting A; supporting Backup critical; Shop -> A")
                .only(rule)
                .severity,
            Severity::critical);
}

TEST(OrphanedSupportingService, AssumesACompleteExport) {
  EXPECT_EQ(given("external Shop; supporting A; supporting Backup; Shop -> A").only(rule).certainty,
            Certainty::assumes_complete_export);
}

TEST(OrphanedSupportingService, SaysTheSameInWhateverOrderTheExportStands) {
  const Given one = given(
      "external Shop; supporting Search; Shop -> Search; external Old retired; external Gone "
      "retired;"
      "supporting A; supporting B; supporting C; supporting D; system X; system Y;"
      "Old -> A; Gone -> A; B -> C -> B; X -> D; Y -> D");
  const Given other = given(
      "Y -> D; X -> D; C -> B -> C; Gone -> A; Old -> A; system Y; system X; supporting D;"
      "supporting C; supporting B; supporting A; external Gone retired; external Old retired;"
      "Shop -> Search; supporting Search; external Shop");
  EXPECT_EQ(all_that_is_said(one), all_that_is_said(other));
}

TEST(OrphanedSupportingService, KeepsItsFingerprintWhenItsKindChanges) {
  const Given one = given("external Shop; supporting A; Shop -> A; supporting Backup");
  const Given other = given(
      "external Shop; supporting A; Shop -> A; supporting Backup critical; system X; X -> Backup");
  EXPECT_EQ(one.only(rule).fingerprint, other.only(rule).fingerprint);
}

TEST(OrphanedSupportingService, WalksDeepChains) {
  std::string statements = "external Shop; supporting S0; Shop -> S0;";
  std::string chain = "S0";
  for (int i = 1; i < 2'000; ++i) {
    statements += "supporting S" + std::to_string(i) + ";";
    chain += " -> S" + std::to_string(i);
  }
  EXPECT_THAT(given(statements + chain).subjects(rule), IsEmpty());
}

// --- when it is not judged

TEST(OrphanedSupportingService, IsNotEvaluatedWithoutRelationsOfServices) {
  const Given estate = given("external Shop; supporting Backup; system A; system B; A -> B");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export has no relations of services"));
}

TEST(OrphanedSupportingService, IsNotEvaluatedWithPortfoliosForRelationsOnly) {
  const Given estate =
      given("portfolio Shared; external Shop in:Shared; supporting Backup in:Shared");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_EQ(estate.not_evaluated(rule).size(), 1U);
}

TEST(OrphanedSupportingService, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("system A; system B; A -> B").not_evaluated(rule),
              ElementsAre("the export has no services"));
}

TEST(OrphanedSupportingService, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv",
                                    "id,tier,class,needs\nShop,service,shop,Backup\n"
                                    "Backup,service,shop,\n"}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("the export of class 'shop' lacks facing"));
}

}  // namespace
}  // namespace tierline
