#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The plain format, in a house where teams own services.
AuditOptions where_teams_own() {
  AuditOptions options;
  for (const Profile& profile : built_in_profiles()) {
    if (profile.id() == "tierline") {
      std::string document = profile.document();
      const std::string person = R"("policy": "person")";
      document.replace(document.find(person), person.size(), R"("policy": "team")");
      options.import.profiles.push_back(*Profile::parse(document, "teams.json"));
    }
  }
  return options;
}

TEST(OwnerNotSingle, FlagsSeveralOwners) {
  const Given estate = given("internal Payroll @bob @ann; internal Shop @ann");
  EXPECT_THAT(estate.messages("owner-not-single"),
              ElementsAre("Payroll: has 2 accountable owners: ann and bob"));
  EXPECT_THAT(names_in(estate.only("owner-not-single"), "owners"), ElementsAre("ann", "bob"));
}

TEST(OwnerNotSingle, TakesOnePersonNamedTwiceForOne) {
  EXPECT_THAT(given("internal Payroll @ann @ann").subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, TakesAPersonAndTheirAddressForOne) {
  const Given estate =
      from_files({{"estate.json",
                   R"({"items": [{"id": "Shop", "tier": "service", "owner": "u1;ann@example.org"}],
        "parties": [{"id": "u1", "name": "Ann", "kind": "person", "email": "ann@example.org"}]})"}});
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, TakesAPlaceholderForNobody) {
  EXPECT_THAT(given("internal Payroll @ann @TBD").subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, TakesTheSecondFieldForACandidate) {
  const Given estate = from_files(
      {{"cmdb_ci_service.csv", "sys_id,name,owned_by,owner\ns1,Shop,Ann Lind,Bob Roth\n"}});
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, FlagsAGroupAsOnlyOwner) {
  const Given estate = given("internal Payroll @hr; group hr lead:ann; person ann");
  EXPECT_THAT(estate.messages("owner-not-single"),
              ElementsAre("Payroll: is owned by the group hr, not by one person"));
}

TEST(OwnerNotSingle, IsContentWithOnePerson) {
  EXPECT_THAT(given("internal Payroll @ann +hr; group hr; person ann").subjects("owner-not-single"),
              IsEmpty());
}

TEST(OwnerNotSingle, JudgesOnlyPluralityWithoutATableOfParties) {
  EXPECT_THAT(given("internal Payroll @hr; internal Shop @ann @bob").subjects("owner-not-single"),
              ElementsAre("Shop"));
}

TEST(OwnerNotSingle, JudgesEveryTier) {
  const Given estate = given("portfolio Retail @a @b; system Cart @a @b; component Rack @a @b");
  EXPECT_THAT(estate.subjects("owner-not-single"), ElementsAre("Cart", "Rack", "Retail"));
}

TEST(OwnerNotSingle, IgnoresWhatIsNotLive) {
  EXPECT_THAT(given("internal Payroll @a @b retired; internal Pipe @a @b planned")
                  .subjects("owner-not-single"),
              IsEmpty());
}

TEST(OwnerNotSingle, LeavesAServiceWithoutOwnerToOwnerMissing) {
  EXPECT_THAT(given("internal Payroll").subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, IsMedium) {
  EXPECT_EQ(given("internal Payroll @a @b").only("owner-not-single").severity, Severity::medium);
}

TEST(OwnerNotSingle, IsHighForExternalServices) {
  EXPECT_EQ(given("external Shop @a @b").only("owner-not-single").severity, Severity::high);
}

TEST(OwnerNotSingle, RisesOneStepForExternalAndCriticalTogether) {
  EXPECT_EQ(given("external Shop @a @b critical").only("owner-not-single").severity,
            Severity::high);
}

TEST(OwnerNotSingle, WantsATeamWhereTeamsOwn) {
  const Given estate =
      from_files({{"items.csv", "id,tier,owner\nShop,service,ann\nBank,service,web\n"},
                  {"parties.csv", "id,kind,lead\nann,person,\nweb,team,ann\n"}},
                 where_teams_own());
  EXPECT_THAT(estate.messages("owner-not-single"),
              ElementsAre("Shop: is owned by ann, not by a team"));
}

TEST(OwnerNotSingle, WantsALeadOfTheTeamWhereTeamsOwn) {
  const Given estate = from_files({{"items.csv", "id,tier,owner\nShop,service,web\n"},
                                   {"parties.csv", "id,kind,lead\nweb,team,\n"}},
                                  where_teams_own());
  EXPECT_THAT(estate.messages("owner-not-single"),
              ElementsAre("Shop: is owned by the team web, which has not exactly one lead"));
}

TEST(OwnerNotSingle, WantsOnlyOneLeadOfTheTeamWhereTeamsOwn) {
  const Given estate =
      from_files({{"estate.json", R"({"items": [{"id": "Shop", "tier": "service", "owner": "web"}],
                           "parties": [{"id": "web", "kind": "team", "lead": ["ann", "bob"]}]})"}},
                 where_teams_own());
  EXPECT_THAT(estate.subjects("owner-not-single"), ElementsAre("Shop"));
}

TEST(OwnerNotSingle, DoesNotMissLeadsThatWereNotExported) {
  const Given estate = from_files(
      {{"items.csv", "id,tier,owner\nShop,service,web\n"}, {"parties.csv", "id,kind\nweb,team\n"}},
      where_teams_own());
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(OwnerNotSingle, FlagsSeveralTeamsWhereTeamsOwn) {
  const Given estate = from_files({{"items.csv", "id,tier,owner\nShop,service,web;pos\n"},
                                   {"parties.csv", "id,kind,lead\nweb,team,ann\npos,team,bob\n"}},
                                  where_teams_own());
  EXPECT_THAT(estate.subjects("owner-not-single"), ElementsAre("Shop"));
}

TEST(OwnerNotSingle, IsNotEvaluatedWithoutTheField) {
  const Given estate = from_files({{"items.csv", "id,tier,class\nShop,service,shop\n"},
                                   {"parties.csv", "id,kind\nann,person\n"}});
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-not-single"),
              ElementsAre("the export of class 'shop' lacks owner"));
}

}  // namespace
}  // namespace tierline
