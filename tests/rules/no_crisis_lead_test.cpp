#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "no-crisis-lead";

TEST(NoCrisisLead, FlagsACriticalServiceWithoutOwner) {
  EXPECT_THAT(given("internal Payroll critical; person ann").messages(rule),
              ElementsAre("Payroll: is of criticality 1 and has nobody to lead in a crisis: it has "
                          "no owner"));
}

TEST(NoCrisisLead, FlagsOneWhoseOwnersHaveLeft) {
  EXPECT_THAT(
      given("external Shop criticality:2 @ann; external Mail criticality:2 @ann @bob;"
            "person ann left; person bob until:2026-01-31")
          .messages(rule),
      ElementsAre("Mail: is of criticality 2 and has nobody to lead in a crisis: its owners ann "
                  "and bob are no longer active",
                  "Shop: is of criticality 2 and has nobody to lead in a crisis: its owner ann is "
                  "no longer active"));
}

TEST(NoCrisisLead, FlagsAGroupAsOwner) {
  const Given estate = given("external Shop critical @ops; group ops");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Shop: is of criticality 1 and has nobody to lead in a crisis: its owner "
                          "ops is not one person"));
  EXPECT_THAT(names_in(estate.only(rule), "owners"), ElementsAre("ops"));
}

TEST(NoCrisisLead, FlagsSeveralPersons) {
  EXPECT_THAT(given("external Shop critical @ann @bob; person ann; person bob").messages(rule),
              ElementsAre("Shop: is of criticality 1 and has nobody to lead in a crisis: its "
                          "owners ann and bob are not one person"));
}

TEST(NoCrisisLead, IsContentWithOneActivePerson) {
  EXPECT_THAT(given("external Shop critical @ann; person ann").subjects(rule), IsEmpty());
  EXPECT_THAT(given("external Shop critical @ann @bob; person ann; person bob left").subjects(rule),
              IsEmpty());
}

TEST(NoCrisisLead, IsContentWithLessCriticalServices) {
  EXPECT_THAT(given("external Shop criticality:3; external Mail; external Old critical retired;"
                    "system Cart critical; person ann")
                  .subjects(rule),
              IsEmpty());
}

TEST(NoCrisisLead, CannotTellOfAnOwnerWhoIsInNoTable) {
  const Given estate = given("external Shop critical @eve; person ann");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says which person its owner is"));
}

TEST(NoCrisisLead, IsContentWithADelegateWhoIsThere) {
  EXPECT_THAT(given("external Shop critical @ann delegate:bob; external Mail critical "
                    "delegate:bob; external Bank critical delegate:gus; person ann left;"
                    "person bob; person gus left")
                  .subjects(rule),
              ElementsAre("Bank"));
}

TEST(NoCrisisLead, CannotTellOfADelegateWhoIsInNoTable) {
  const Given estate = given("external Shop critical delegate:eve; person ann");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says which person its owner is"));
}

TEST(NoCrisisLead, IsNotEvaluatedWherePersonsWereNotExported) {
  EXPECT_THAT(given("external Shop critical @ann").not_evaluated(rule),
              ElementsAre("the export has no table of persons or groups"));
}

TEST(NoCrisisLead, TakesAServiceAndItsOfferingsForOne) {
  EXPECT_THAT(
      from_files(
          {{"cmdb_ci_service_business.csv",
            "sys_id,name,busines_criticality,owned_by\ns1,Shop,,u1\ns2,Bank,,\n"},
           {"service_offering.csv",
            "sys_id,name,parent,busines_criticality,owned_by\no1,Gold,s1,1,\no2,Giro,s2,1,u1\n"},
           {"sys_user.csv", "sys_id,name,active\nu1,Ann,true\n"}})
          .messages(rule),
      ElementsAre("Bank: is of criticality 1 and has nobody to lead in a crisis: it has no owner"));
}

TEST(NoCrisisLead, NamesWhomToAsk) {
  EXPECT_THAT(names_in(given("external Shop critical ?eve; person eve").only(rule), "candidates"),
              ElementsAre("eve"));
}

TEST(NoCrisisLead, IsNotEvaluatedWhereOwnersWereNotExported) {
  EXPECT_THAT(from_files({{"items.csv", "id,tier,class,criticality\nShop,service,service,1\n"},
                          {"parties.csv", "id,kind\nann,person\n"}})
                  .not_evaluated(rule),
              ElementsAre("the export of class 'service' lacks owner"));
}

TEST(NoCrisisLead, IsNotEvaluatedWhereNoServiceSaysHowCriticalItIs) {
  EXPECT_THAT(given("external Shop; person ann").not_evaluated(rule),
              ElementsAre("no service says how critical it is"));
}

TEST(NoCrisisLead, IsHighAndWorseForCriticality1) {
  EXPECT_EQ(given("internal Shop criticality:2; person ann").only(rule).severity, Severity::high);
  EXPECT_EQ(given("internal Shop critical; person ann").only(rule).severity, Severity::critical);
}

}  // namespace
}  // namespace tierline
