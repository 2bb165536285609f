// Who answers for what: words that stand for nobody, persons and groups, names that fit several.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* users =
    "sys_id,name,user_name,email,active\n"
    "u1,Ann Archer,aarcher,ann@example.com,true\n"
    "u2,Bob Builder,bbuilder,bob@example.com,true\n"
    "u3,Default Owner,default.owner,,true\n";
constexpr const char* groups = "sys_id,name,manager,active\ng1,Operations,u1,true\n";

/// A business service Shop that this owns, with tables of users and groups.
Given owned_by(const std::string& owner) {
  return from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,\"" + owner + "\"\n"},
       {"sys_user.csv", users},
       {"sys_user_group.csv", groups}});
}

/// The same without these tables.
Given owned_by_somebody(const std::string& owner) {
  return from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,\"" + owner + "\"\n"}});
}

/// The owners of Shop, as `kind id`.
std::vector<std::string> owners(const Given& estate) {
  std::vector<std::string> found;
  for (const PartyId owner : estate.inventory().owners(estate.item("Shop"))) {
    const Party& party = estate.inventory().party(owner);
    found.push_back(fmt::format("{} {}", to_string(party.kind), party.id));
  }
  return found;
}

TEST(Parties, APlaceholderIsNoOwner) {
  for (const char* word : {"TBD", " tbd ", "n/a", "N/A", "None", "unassigned", "Not  Assigned", "-",
                           "?", "Owner??", "xxx",
                           "To\xC2\xA0"
                           "be determined"}) {
    SCOPED_TRACE(word);
    EXPECT_THAT(owned_by_somebody(word).subjects("owner-missing"), ElementsAre("Shop"));
  }
}

TEST(Parties, ANameThatOnlyBeginsLikeAPlaceholderIsAnOwner) {
  for (const char* name : {"Nona", "Tbdson", "Xavier", "Nobody's Home Ltd", "Unassigned Pool 3"}) {
    SCOPED_TRACE(name);
    EXPECT_THAT(owned_by_somebody(name).subjects("owner-missing"), IsEmpty());
  }
}

TEST(Parties, AFindingSaysWhichPlaceholderStandsThere) {
  EXPECT_THAT(owned_by_somebody("TBD").messages("owner-missing"),
              ElementsAre(HasSubstr("\"TBD\" is a placeholder")));
}

TEST(Parties, AUserWhoStandsForNobodyIsAPlaceholderToo) {
  EXPECT_THAT(owned_by("u3").messages("owner-missing"),
              ElementsAre(HasSubstr("\"Default Owner\" is a placeholder")));
}

TEST(Parties, APlaceholderDoesNotHideTheNextField) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by,owner\na1,Shop,TBD,u1\n"},
                  {"sys_user.csv", users}});
  EXPECT_THAT(owners(estate), ElementsAre("person u1"));
  EXPECT_THAT(estate.inventory().parties_of(estate.item("Shop")), SizeIs(1));
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
}

TEST(Parties, TheFirstFieldWithSomebodyNamesTheOwnerAndTheOthersAreCandidates) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by,owner\na1,Shop,u1,u2\n"},
                  {"sys_user.csv", users}});
  EXPECT_THAT(owners(estate), ElementsAre("person u1"));
  EXPECT_THAT(estate.inventory().parties_of(estate.item("Shop")), SizeIs(2));
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(Parties, AreFoundByIdNameUserNameAndAddress) {
  for (const char* reference :
       {"u1", "U1", "Ann Archer", "ann  archer", "aarcher", "Ann@Example.com"}) {
    SCOPED_TRACE(reference);
    EXPECT_THAT(owners(owned_by(reference)), ElementsAre("person u1"));
  }
}

TEST(Parties, AGroupIsAGroupThoughTheFieldIsForPersons) {
  const Given estate = owned_by("g1");
  EXPECT_THAT(owners(estate), ElementsAre("group g1"));
  EXPECT_THAT(estate.subjects("owner-not-single"), ElementsAre("Shop"));
}

TEST(Parties, WithoutAPartyTableTheKindIsUnknown) {
  const Given estate = owned_by_somebody("Operations");
  EXPECT_THAT(owners(estate), ElementsAre("unknown Operations"));
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
  EXPECT_THAT(estate.not_evaluated("owner-dangling"), SizeIs(1));
}

TEST(Parties, SomebodyWhomNoTableHoldsIsAnOwnerButADanglingOne) {
  const Given estate = owned_by("u9");
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-dangling"), ElementsAre("Shop"));
}

TEST(Parties, ANameOfSeveralPartiesIsPresentWithANotice) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,Ann Archer\n"},
                  {"sys_user.csv", "sys_id,name,user_name\nu1,Ann Archer,a1\nu2,Ann Archer,a2\n"}});
  EXPECT_THAT(owners(estate), ElementsAre("unknown Ann Archer"));
  EXPECT_THAT(estate.subjects("owner-missing"), IsEmpty());
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  ASSERT_THAT(estate.inventory().notices(), SizeIs(1));
  EXPECT_EQ(estate.inventory().notices()[0].kind, "ambiguous-reference");
  EXPECT_THAT(estate.inventory().notices()[0].message, HasSubstr("'Ann Archer'"));
}

TEST(Parties, ANameOfSeveralPartiesIsToldOnceWithItsFirstItem) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv",
                   "sys_id,name,owned_by\na1,Fax,u1\na2,Shop,Ann Archer\na3,Bank,Ann Archer\n"},
                  {"sys_user.csv", "sys_id,name,user_name\nu1,Ann Archer,a1\nu2,Ann Archer,a2\n"}});
  ASSERT_THAT(estate.inventory().notices(), SizeIs(1));
  const Notice& notice = estate.inventory().notices()[0];
  EXPECT_THAT(notice.message, HasSubstr("(first of Shop)"));
  EXPECT_THAT(notice.place.file, HasSubstr("cmdb_ci_service_business.csv"));
  EXPECT_EQ(notice.place.line, 3U);
  EXPECT_EQ(notice.count, 2U);
}

/// A service whose owner is a reference with a link to a table.
Given linked(const std::string& table, const std::string& party_file, const std::string& parties) {
  return from_files({{"cmdb_ci_service_business.json",
                      fmt::format(R"([{{"sys_id":"a1","name":"Shop","owned_by":)"
                                  R"({{"link":"https://x/api/now/table/{}/u9","value":"u9"}}}}])",
                                  table)},
                     {party_file, parties}});
}

TEST(Parties, AnOwnerIsNotDanglingWhenItsTableWasNotLoaded) {
  EXPECT_THAT(linked("sys_user_group", "sys_user.csv", users).subjects("owner-dangling"),
              IsEmpty());
  EXPECT_THAT(linked("core_company", "sys_user.csv", users).subjects("owner-dangling"), IsEmpty());
}

TEST(Parties, AnOwnerIsDanglingWhenTheTableThatItsLinkNamesWasLoaded) {
  EXPECT_THAT(linked("sys_user", "sys_user.csv", users).subjects("owner-dangling"),
              ElementsAre("Shop"));
  EXPECT_THAT(linked("sys_user_group", "sys_user_group.csv", groups).subjects("owner-dangling"),
              ElementsAre("Shop"));
}

TEST(Parties, AKindThatMeansNothingIsToldOnceWithItsPlaceAndCount) {
  const Given estate =
      from_files({{"items.csv", "id,name,tier,owner\ns1,Shop,system,ann\n"},
                  {"parties.csv", "id,kind\nann,user\nbob,user\nops,Team\nzoe,\n"}});
  ASSERT_THAT(estate.inventory().notices(), SizeIs(1));
  const Notice& notice = estate.inventory().notices()[0];
  EXPECT_EQ(notice.kind, "unmapped-value");
  EXPECT_EQ(notice.message, "profile 'tierline' has no meaning for the value 'user' of 'kind'");
  EXPECT_EQ(notice.place.line, 2U);
  EXPECT_EQ(notice.count, 2U);
}

/// A service and its owner, whose table has a column with that value.
Given owned_by_a_person_with(std::string_view column, std::string_view value) {
  return from_files(
      {{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,u1\n"},
       {"sys_user.csv", fmt::format("sys_id,name,user_name,{}\nu1,Ann,ann,{}\n", column, value)}});
}

TEST(Parties, AWordForNoMakesAPersonInactive) {
  for (const char* word : {"false", "FALSE", "0", "Faux", "falso"}) {
    SCOPED_TRACE(word);
    EXPECT_THAT(owned_by_a_person_with("active", word).subjects("owner-inactive"),
                ElementsAre("Shop"));
  }
}

TEST(Parties, AnyOtherWordLeavesAPersonActive) {
  for (const char* word : {"true", "TRUE", "1", "Vrai", ""}) {
    SCOPED_TRACE(word);
    EXPECT_THAT(owned_by_a_person_with("active", word).subjects("owner-inactive"), IsEmpty());
  }
}

TEST(Parties, WhoIsInactiveInOneOfTwoRecordsIsInactive) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,u1\n"},
                  {"sys_user_1.csv", "sys_id,name,user_name,active\nu1,Ann,ann,true\n"},
                  {"sys_user_2.csv", "sys_id,name,user_name,active\nu1,Ann,ann,false\n"}});
  EXPECT_THAT(estate.subjects("owner-inactive"), ElementsAre("Shop"));
}

/// The notices of records that disagree, as `file:line count: message`.
std::vector<std::string> disagreements(const Given& estate) {
  std::vector<std::string> lines;
  for (const Notice& notice : estate.inventory().notices()) {
    if (notice.kind == "records-disagree") {
      const std::string path = notice.place.file;
      lines.push_back(fmt::format("{}:{} {}: {}", path.substr(path.rfind('/') + 1),
                                  notice.place.line, notice.count, notice.message));
    }
  }
  return lines;
}

/// A service of u1, about whom two files say something.
Given said_twice(const std::string& one, const std::string& other) {
  return from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,u1\n"},
                     {"1/sys_user.csv", "sys_id,name,user_name,active\n" + one},
                     {"2/sys_user.csv", "sys_id,name,user_name,active\n" + other}});
}

TEST(Parties, RecordsThatDisagreeAreToldWithBothPlaces) {
  const Given estate = said_twice("u0,Zed,zed,true\nu1,Ann,ann,true\nu2,Bob,bob,true\n",
                                  "u1,Anne,ann,false\nu2,Bob,bob,true\nu0,Zoe,zed,true\n");
  EXPECT_THAT(
      disagreements(estate),
      ElementsAre(
          AllOf(HasSubstr("sys_user.csv:2 2: records of one party say different things in 'name' "
                          "(here and at "),
                HasSubstr("2/sys_user.csv:4): the greater value counts")),
          AllOf(HasSubstr("sys_user.csv:3 1: records of one party say different things in 'active' "
                          "(here and at "),
                HasSubstr("2/sys_user.csv:2): the greater value counts, and gone is greater"))));
}

TEST(Parties, RecordsThatAgreeOrSayNothingAreNotTold) {
  EXPECT_THAT(disagreements(said_twice("u1,Ann,ann,true\n", "u1,,ann,true\n")), IsEmpty());
  EXPECT_THAT(disagreements(from_files({{"items.csv", "id,tier\na1,system\n"},
                                        {"1/parties.csv", "id,kind,active\nann,person,false\n"},
                                        {"2/parties.csv", "id,kind\nann,person\n"}})),
              IsEmpty());
}

TEST(Parties, TheGreaterValueCountsWhicheverRecordComesFirst) {
  const std::string one = "u1,Ann,ann,false\n";
  const std::string other = "u1,Zoe,ann,true\n";
  for (const bool swapped : {false, true}) {
    const Given estate = swapped ? said_twice(other, one) : said_twice(one, other);
    EXPECT_EQ(label(estate.inventory().party(estate.inventory().owners(estate.item("Shop"))[0])),
              "Zoe");
    EXPECT_THAT(estate.subjects("owner-inactive"), ElementsAre("Shop"));
  }
}

TEST(Parties, TheLaterOfTwoLeaveDatesCounts) {
  for (const char* rows : {"ann,person,2026-01-31\nann,person,2027-01-31\n",
                           "ann,person,2027-01-31\nann,person,2026-01-31\n"}) {
    const Given estate = from_files({{"items.csv", "id,name,tier,owner\ns1,Shop,system,ann\n"},
                                     {"parties.csv", std::string("id,kind,until\n") + rows}});
    EXPECT_THAT(estate.subjects("owner-inactive"), IsEmpty());
    EXPECT_THAT(disagreements(estate), SizeIs(1));
  }
}

TEST(Parties, BothNamesOfOnePersonLeadToThem) {
  for (const char* owner : {"Ann Archer", "Ann Bow"}) {
    const Given estate =
        from_files({{"items.csv", fmt::format("id,name,tier,owner\ns1,Shop,system,{}\n", owner)},
                    {"parties.csv", "id,name,kind\nann,Ann Archer,person\nann,Ann Bow,person\n"}});
    EXPECT_THAT(owners(estate), ElementsAre("person ann"));
  }
}

TEST(Parties, OnePersonNamedTwiceIsOneOwner) {
  const Given estate = from_files(
      {{"items.csv", "id,name,tier,facing,owner\ns1,Shop,service,external,ann;Ann Archer\n"},
       {"parties.csv", "id,name,kind\nann,Ann Archer,person\n"}});
  EXPECT_THAT(owners(estate), ElementsAre("person ann"));
  EXPECT_THAT(estate.subjects("owner-not-single"), IsEmpty());
}

TEST(Parties, SeveralOwnersAreAllOwners) {
  const Given estate = from_files(
      {{"items.csv", "id,name,tier,facing,owner\ns1,Shop,service,external,ann; bob ;TBD\n"},
       {"parties.csv", "id,name,kind\nann,Ann,person\nbob,Bob,person\n"}});
  EXPECT_THAT(owners(estate), ElementsAre("person ann", "person bob"));
}

}  // namespace
}  // namespace tierline
