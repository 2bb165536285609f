// Records that should have ids and have none are items of their own, whatever their names, and in
// whatever order they come.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>

#include "rules/evidence.h"
#include "rules/from_files.h"
#include "tierline/report.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<Notice> notices(const Given& estate, std::string_view kind) {
  std::vector<Notice> found;
  std::ranges::copy_if(estate.inventory().notices(), std::back_inserter(found),
                       [&](const Notice& notice) { return notice.kind == kind; });
  return found;
}

std::vector<std::string> keys(const Given& estate) {
  std::vector<std::string> all;
  for (const ItemId item : estate.inventory().items()) {
    all.push_back(estate.inventory().key(item));
  }
  return all;
}

/// All findings but where they are, in the order of reports.
std::vector<std::string> findings(const Given& estate) {
  std::vector<std::string> all;
  const Audit& audit = estate.audit();
  for (const RuleFacts& found : audit.results.found) {
    for (const Fact& fact : found.facts) {
      const Finding one = word(FactView(estate.inventory(), estate.graph(), found, fact));
      const std::string id =
          one.subject.item == no_item ? one.subject.id : estate.inventory().id(one.subject.item);
      all.push_back(fmt::format("{} {} {} {}", one.rule->id, id, one.message, one.fingerprint));
    }
  }
  return all;
}

TEST(Namesakes, StayApart) {
  const Given estate =
      from_files({{"cmdb_ci_server.csv", "name,owned_by\nprint,Ann\nprint,Bob\nprint,Ann\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 3U);
}

TEST(Namesakes, HaveTheKeyOfTheNameAndThenNumbers) {
  const Given estate =
      from_files({{"cmdb_ci_server.csv", "name,owned_by\nprint,Ann\nprint,Bob\nweb,Ann\n"}});
  EXPECT_THAT(keys(estate), UnorderedElementsAre("servicenow\x1f"
                                                 "cmdb_ci_server\x1fprint",
                                                 "servicenow\x1f"
                                                 "cmdb_ci_server\x1fprint\x1f"
                                                 "2",
                                                 "servicenow\x1f"
                                                 "cmdb_ci_server\x1fweb"));
}

TEST(Namesakes, HaveIdsOfTheirOwn) {
  const Given estate = from_files({{"cmdb_ci_server.csv", "name\nprint\nprint\nprint\n"}});
  std::set<std::string> ids;
  for (const ItemId item : estate.inventory().items()) {
    ids.insert(estate.inventory().id(item));
    EXPECT_EQ(estate.inventory().name(item), "print");
  }
  EXPECT_THAT(ids, ElementsAre("print", "print #2", "print #3"));
}

TEST(Namesakes, AreAlsoThoseThatLackTheIdThatOthersHave) {
  const Given estate =
      from_files({{"cmdb_ci_server.csv", "sys_id,name\na1,print\n,print\n,print\na1,print\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 3U);
}

TEST(Namesakes, AreToldOfOnceAClass) {
  const Given estate =
      from_files({{"a.csv", "name,sys_class_name\nprint,cmdb_ci_server\nprint,cmdb_ci_server\n"},
                  {"b.csv",
                   "name,sys_class_name\nalso,cmdb_ci_server\nalso,cmdb_ci_server\n"
                   "disk,cmdb_ci_disk\ndisk,cmdb_ci_disk\nweb,cmdb_ci_disk\n"}});
  const std::vector<Notice> found = notices(estate, "no-id");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0].message, HasSubstr("class 'cmdb_ci_server'"));
  EXPECT_THAT(found[0].message, HasSubstr("'also' is the first"));
  EXPECT_EQ(found[0].count, 4U);
  EXPECT_THAT(found[1].message, HasSubstr("class 'cmdb_ci_disk'"));
  EXPECT_EQ(found[1].count, 2U);
}

TEST(Namesakes, AreOneItemWhereTheProfileKnowsNoIds) {
  const Given estate =
      from_files({{"calls.json",
                   R"({"status": "success", "data": {"resultType": "vector", "result": [
            {"metric": {"client": "shop", "server": "db", "connection_type": "database"}, "value": [1, "3"]},
            {"metric": {"client": "cart", "server": "db", "connection_type": "database"}, "value": [1, "5"]}]}})"}});
  EXPECT_EQ(estate.inventory().item_count(), 3U);
  EXPECT_THAT(notices(estate, "no-id"), IsEmpty());
}

TEST(Namesakes, MakeReferencesAmbiguous) {
  const Given estate =
      from_files({{"cmdb_ci.csv",
                   "name,sys_class_name\nShop,cmdb_ci_service_business\n"
                   "print,cmdb_ci_server\nprint,cmdb_ci_server\n"},
                  {"cmdb_rel_ci.csv", "parent,child,type\nShop,print,Depends on::Used by\n"}});
  ASSERT_THAT(estate.inventory().unresolved_ends(), SizeIs(1));
  EXPECT_EQ(estate.inventory().unresolved_ends().front().reason, Unresolved::ambiguous);
  EXPECT_EQ(estate.inventory().unresolved_ends().front().text, "print");
  EXPECT_THAT(notices(estate, "ambiguous-reference"), SizeIs(1));
}

TEST(Namesakes, MakeWhatOnlyNamesThemAmbiguous) {
  constexpr const char* profile = R"({
      "profile": "ledger", "title": "Ledger",
      "records": [{"as": "item", "tables": "servers", "id": "key", "name": "name"},
                  {"as": "relation", "tables": "calls", "kind": "needs",
                   "from": {"field": "a", "implies": {"class": "servers"}},
                   "to": {"field": "b", "implies": {"class": "servers"}}}],
      "classes": {"servers": {"tier": "system"}}})";
  AuditOptions options;
  options.import.profiles.push_back(*Profile::parse(profile, "ledger.json"));
  for (const char* rows : {",db\n,db\n,web\n", "k1,db\nk2,db\n,web\n", "k1,db\n,db\n,web\n"}) {
    const Given estate = from_files(
        {{"servers.csv", std::string("key,name\n") + rows}, {"calls.csv", "a,b\nweb,db\n"}},
        options);
    EXPECT_EQ(estate.inventory().item_count(), 3U);
    ASSERT_THAT(estate.inventory().unresolved_ends(), SizeIs(1)) << rows;
    EXPECT_EQ(estate.inventory().unresolved_ends().front().reason, Unresolved::ambiguous);
    EXPECT_EQ(estate.inventory().unresolved_ends().front().text, "db");
  }
}

TEST(Namesakes, KeepTheRelationsOfTheirOwnRows) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "name\nShop\n"},
                  {"cmdb_ci_service_technical.csv", "name,parent\nPrint,Shop\nPrint,\n"}});
  EXPECT_THAT(estate.graph().dependencies_of(estate.item("Shop")), SizeIs(1));
}

// --- three thousand rows

/// 3,000 rows, 1,200 of which have names of their own; 200 are there twice word for word.
std::vector<std::string> many_rows() {
  std::vector<std::string> rows;
  for (int i = 0; i < 2800; ++i) {
    const int name = i < 1200 ? i : 10'000 + i % 500;
    const int owner = i % 7;
    rows.push_back(fmt::format("app {},{},{},{}", name,
                               owner == 0 ? std::string() : fmt::format("Owner {}", owner),
                               i % 11 == 0 ? 6 : 1, i % 3 == 0 ? "app 3" : ""));
  }
  for (int i = 0; i < 200; ++i) {
    rows.push_back(rows[static_cast<std::size_t>(2000 + i)]);
  }
  return rows;
}

/// The rows as pages of one table.
Given read(const std::vector<std::string>& rows, std::size_t pages, unsigned jobs = 1) {
  std::vector<ExportFile> files;
  const std::size_t size = (rows.size() + pages - 1) / pages;
  for (std::size_t page = 0; page < pages; ++page) {
    ExportFile& file =
        files.emplace_back(ExportFile{fmt::format("cmdb_ci_service_auto_page{}.csv", page + 1),
                                      "name,owned_by,operational_status,parent\n"});
    for (std::size_t i = page * size; i < std::min(rows.size(), (page + 1) * size); ++i) {
      file.text += rows[i] + "\n";
    }
  }
  AuditOptions options;
  options.import.jobs = jobs;
  return from_files(files, options);
}

TEST(Namesakes, AreAllAccountedFor) {
  const Given estate = read(many_rows(), 1);
  const Ledger ledger = ledger_of(estate.inventory(), estate.audit().results, false);
  EXPECT_EQ(ledger.records, 3000U);
  EXPECT_EQ(ledger.items + ledger.records_left_out, 3000U);
  ASSERT_THAT(notices(estate, "no-id"), SizeIs(1));
  EXPECT_EQ(notices(estate, "no-id").front().count, 1800U);
}

TEST(Namesakes, HaveTheSameFindingsInWhateverOrderTheyCome) {
  std::vector<std::string> rows = many_rows();
  const std::vector<std::string> expected = findings(read(rows, 1));
  EXPECT_GT(expected.size(), 800U);
  std::mt19937 random(7);
  for (const std::size_t pages : {1U, 2U, 7U}) {
    std::ranges::shuffle(rows, random);
    EXPECT_EQ(findings(read(rows, pages)), expected) << pages;
    EXPECT_EQ(findings(read(rows, pages, 4)), expected) << pages;
  }
}

}  // namespace
}  // namespace tierline
