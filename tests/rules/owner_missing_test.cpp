#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OwnerMissing, FlagsAServiceWithoutOwner) {
  const Given estate = given("external Shop; external Bank @ann");
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
}

TEST(OwnerMissing, IgnoresARetiredService) {
  EXPECT_THAT(given("external Shop retired; external Pipe planned").subjects("owner-missing"),
              IsEmpty());
}

TEST(OwnerMissing, JudgesWhatIsRetiring) {
  EXPECT_THAT(given("supporting Fax retiring").subjects("owner-missing"), ElementsAre("Fax"));
}

TEST(OwnerMissing, TakesAServiceOfUnknownStateForLive) {
  const Given estate = from_files(
      {{"items.csv", "id,tier,state,owner\nShop,service,,\nBank,service,mothballed,\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Bank", "Shop"));
}

TEST(OwnerMissing, JudgesServicesWithoutAFieldForTheirState) {
  const Given estate = from_files({{"items.csv", "id,tier,owner\nShop,service,\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
}

TEST(OwnerMissing, JudgesServicesWhateverTheyFace) {
  const Given estate = given("external A; internal B; supporting C; service D");
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("A", "B", "C", "D"));
}

TEST(OwnerMissing, LeavesOtherTiersToOtherRules) {
  const Given estate = given("portfolio Retail; system Cart; component Rack; thing Cable");
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
}

TEST(OwnerMissing, TakesAPlaceholderForNobodyAndSaysSo) {
  const Given estate = given("internal Payroll @TBD");
  EXPECT_THAT(estate.messages("owner-missing"),
              ElementsAre("Payroll: has no accountable owner: \"TBD\" is a placeholder"));
}

TEST(OwnerMissing, TakesAnOwnerBesideAPlaceholder) {
  EXPECT_THAT(given("internal Payroll @TBD @ann").subjects("owner-missing"), IsEmpty());
}

TEST(OwnerMissing, TakesTheFirstFieldThatIsNotEmpty) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv",
                                    "sys_id,name,owned_by,owner\n"
                                    "s1,Payroll,n/a,Ann Lind\n"
                                    "s2,Expenses,,\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Expenses"));
}

TEST(OwnerMissing, NeverTakesWhoRunsItForItsOwner) {
  const Given estate = given("internal Payroll +hr ?eve");
  EXPECT_THAT(estate.messages("owner-missing"),
              ElementsAre("Payroll: has no accountable owner; ask hr and eve"));
  EXPECT_THAT(names_in(estate.only("owner-missing"), "candidates"), ElementsAre("hr", "eve"));
}

TEST(OwnerMissing, CallsTheManagerAndTheSupportGroupCandidates) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv",
                                    "sys_id,name,owned_by,managed_by,support_group\n"
                                    "s1,Payroll,,Eve Roth,HR Systems\n"}});
  EXPECT_THAT(names_in(estate.only("owner-missing"), "candidates"),
              ElementsAre("HR Systems", "Eve Roth"));
}

TEST(OwnerMissing, AsksNobodyWhoHasLeft) {
  const Given estate =
      given("internal Payroll +hr ?eve ?dan; group hr left; person eve until:2026-11-20");
  EXPECT_THAT(names_in(estate.only("owner-missing"), "candidates"), ElementsAre("dan"));
  const Given alone = given("internal Payroll ?eve; person eve left");
  EXPECT_THAT(alone.messages("owner-missing"), ElementsAre("Payroll: has no accountable owner"));
  EXPECT_FALSE(has_evidence(alone.only("owner-missing"), "candidates"));
}

TEST(OwnerMissing, LooksPastAHolderWhoseOwnersHaveLeft) {
  const Given estate = given(
      "portfolio Company @cio; portfolio Staff @ann in:Company; internal Payroll in:Staff;"
      "person ann left");
  EXPECT_EQ(word_in(estate.only("owner-missing"), "heldBy"), "Company");
  EXPECT_THAT(names_in(estate.only("owner-missing"), "inheritedOwners"), ElementsAre("cio"));
}

TEST(OwnerMissing, NamesOnlyThoseOwnersOfTheHolderWhoAreThere) {
  const Given estate =
      given("portfolio Staff @ann @bob; internal Payroll in:Staff; person ann left");
  EXPECT_THAT(names_in(estate.only("owner-missing"), "inheritedOwners"), ElementsAre("bob"));
}

TEST(OwnerMissing, NeverTakesTheHoldersOwnerForItsOwn) {
  const Given estate = given("portfolio Staff @ann; internal Payroll in:Staff");
  EXPECT_EQ(word_in(estate.only("owner-missing"), "heldBy"), "Staff");
  EXPECT_THAT(names_in(estate.only("owner-missing"), "inheritedOwners"), ElementsAre("ann"));
}

TEST(OwnerMissing, NamesTheOwnersOfTheNearestHolder) {
  const Given estate = given(
      "portfolio Company @cio; portfolio Staff in:Company; internal People @bob in:Staff;"
      "internal Payroll; People => Payroll");
  EXPECT_EQ(word_in(estate.only("owner-missing"), "heldBy"), "People");
}

TEST(OwnerMissing, LooksPastAHolderThatNobodyOwns) {
  const Given estate =
      given("portfolio Company @cio; portfolio Staff in:Company; internal Payroll in:Staff");
  EXPECT_EQ(word_in(estate.only("owner-missing"), "heldBy"), "Company");
}

TEST(OwnerMissing, TakesNeedsForNoHolder) {
  const Given estate = given("internal People @bob; internal Payroll; People -> Payroll");
  EXPECT_FALSE(has_evidence(estate.only("owner-missing"), "heldBy"));
}

TEST(OwnerMissing, NamesTheServicesThatShareIt) {
  const Given estate = given(
      "supporting Mail; external A @ann; external B @bob; internal C @ann;"
      "A -> Mail; B -> Mail; C -> Mail");
  EXPECT_THAT(names_in(estate.only("owner-missing"), "sharedBy"), ElementsAre("A", "B", "C"));
}

TEST(OwnerMissing, CallsTwoServicesNotShared) {
  const Given estate =
      given("supporting Mail; external A @ann; external B @bob; A -> Mail; B -> Mail");
  EXPECT_FALSE(has_evidence(estate.only("owner-missing"), "sharedBy"));
}

TEST(OwnerMissing, CallsServicesOfOneOwnerNotShared) {
  const Given estate = given(
      "supporting Mail; external A @ann; external B @ann; internal C @ann;"
      "A -> Mail; B -> Mail; C -> Mail");
  EXPECT_FALSE(has_evidence(estate.only("owner-missing"), "sharedBy"));
}

TEST(OwnerMissing, CountsAnOwnerWhomNoTableHolds) {
  const Given estate = given("internal Payroll @ghost; person ann");
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
}

TEST(OwnerMissing, IsHighForInternalServices) {
  EXPECT_EQ(given("internal Payroll").only("owner-missing").severity, Severity::high);
}

TEST(OwnerMissing, IsCriticalForExternalServices) {
  EXPECT_EQ(given("external Shop").only("owner-missing").severity, Severity::critical);
}

TEST(OwnerMissing, IsCriticalForCriticalServices) {
  EXPECT_EQ(given("supporting Backup critical").only("owner-missing").severity, Severity::critical);
}

TEST(OwnerMissing, IsProvenByTheRow) {
  EXPECT_EQ(given("internal Payroll").only("owner-missing").certainty, Certainty::proven);
}

TEST(OwnerMissing, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nShop,service,shop\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-missing"),
              ElementsAre("the export of class 'shop' lacks owner"));
}

TEST(OwnerMissing, JudgesEachClassByItsOwnFields) {
  const Given estate = from_files(
      {{"estate.json", R"({"items": [{"id": "Shop", "class": "web", "tier": "service", "owner": ""},
                                     {"id": "Till", "class": "pos", "tier": "service"}]})"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
  EXPECT_THAT(estate.not_evaluated("owner-missing"),
              ElementsAre("the export of class 'pos' lacks owner"));
}

TEST(OwnerMissing, TakesAKeyThatOnlyOneRecordLeavesOutForEmpty) {
  const Given estate = from_files({{"estate.json", R"({"items": [
      {"id": "Shop", "tier": "service", "owner": "ann"}, {"id": "Till", "tier": "service"}]})"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Till"));
}

TEST(OwnerMissing, ReadsTheOwnerAfterARecordThatLeavesAnotherKeyOut) {
  const Given estate = from_files({{"estate.json", R"({"items": [
      {"id": "Shop", "tier": "service", "facing": "external", "owner": "ann"},
      {"id": "Till", "tier": "service", "owner": "ann"},
      {"id": "Bank", "tier": "service", "facing": "external", "owner": "ann"}]})"}});
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
}

TEST(OwnerMissing, CountsTheItemsOfAPageThatLacksTheField) {
  const Given estate = from_files({{"1/cmdb_ci_service_business.csv",
                                    "sys_id,name,sys_class_name,owned_by\n"
                                    "s1,Shop,cmdb_ci_service_business,\n"},
                                   {"2/cmdb_ci_service_business.csv",
                                    "sys_id,name,sys_class_name\n"
                                    "s2,Till,cmdb_ci_service_business\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
  EXPECT_THAT(estate.not_evaluated("owner-missing"),
              ElementsAre("some pages of class 'cmdb_ci_service_business' lack owned_by or owner"));
}

TEST(OwnerMissing, IsNotEvaluatedWithoutServices) {
  EXPECT_THAT(given("system Cart").not_evaluated("owner-missing"),
              ElementsAre("the export has no services"));
}

}  // namespace
}  // namespace tierline
