// Records of one id are one item: pages that overlap, a base table beside a subclass table.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<std::string> owners_of(const Given& estate, std::string_view item) {
  std::vector<std::string> names;
  for (const PartyId owner : estate.inventory().owners(estate.item(item))) {
    names.push_back(label(estate.inventory().party(owner)));
  }
  return names;
}

/// The notices of records that disagree, as `file:line: message`.
std::vector<std::string> disagreements(const Given& estate) {
  std::vector<std::string> lines;
  for (const Notice& notice : estate.inventory().notices()) {
    if (notice.kind == "records-disagree") {
      const std::string path = notice.place.file;
      lines.push_back(path.substr(path.rfind('/') + 1) + ":" + std::to_string(notice.place.line) +
                      ": " + notice.message);
    }
  }
  return lines;
}

TEST(Merge, RecordsOfABaseAndASubclassTableAreOneItem) {
  const Given estate = from_files(
      {{"cmdb_ci_service.csv", "sys_id,name,owned_by\na1,Shop,Ann\n"},
       {"cmdb_ci_service_business.csv", "sys_id,name,consumer_type\na1,Shop,external\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 1U);
  EXPECT_EQ(estate.inventory().class_name(estate.item("Shop")), "cmdb_ci_service_business");
  EXPECT_EQ(estate.inventory().facing(estate.item("Shop")), Facing::external);
  EXPECT_THAT(owners_of(estate, "Shop"), ElementsAre("Ann"));
  EXPECT_THAT(disagreements(estate), IsEmpty());
}

TEST(Merge, TheMoreSpecificClassCountsInWhicheverFileItStands) {
  for (const bool first : {true, false}) {
    const Given estate =
        from_files({{first ? "a.csv" : "b.csv",
                     "sys_id,name,sys_class_name,owned_by,sys_updated_on\n"
                     "a1,Shop,cmdb_ci_service,Ann,2026-11-20 10:00:00\n"},
                    {first ? "b.csv" : "a.csv",
                     "sys_id,name,sys_class_name,owned_by,sys_updated_on\n"
                     "a1,Store,cmdb_ci_service_business,Bob,2026-11-01 10:00:00\n"}});
    EXPECT_THAT(owners_of(estate, "Store"), ElementsAre("Bob"));
    EXPECT_EQ(estate.inventory().item_count(), 1U);
  }
}

TEST(Merge, ARecordWithoutANameTakesNoneAway) {
  for (const bool first : {true, false}) {
    const Given estate =
        from_files({{first ? "a.csv" : "b.csv",
                     "sys_id,name,sys_class_name,owned_by\na1,Shop,cmdb_ci_service,Ann\n"},
                    {first ? "b.csv" : "a.csv",
                     "sys_id,name,sys_class_name,owned_by\na1,,cmdb_ci_service_business,Bob\n"}});
    EXPECT_THAT(owners_of(estate, "Shop"), ElementsAre("Bob"));
  }
}

TEST(Merge, RecordsWithoutANameAreOneItemWithoutOne) {
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,,Ann\na1,,Ann\n"}});
  ASSERT_EQ(estate.inventory().item_count(), 1U);
  EXPECT_EQ(estate.inventory().name(ItemId{0}), "");
}

TEST(Merge, TheNewestRecordOfOneClassCounts) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv",
                                    "sys_id,name,owned_by,operational_status,sys_updated_on\n"
                                    "a1,Shop,Ann,6,2026-11-20 10:00:00\n"
                                    "a1,Shop,Bob,1,2026-11-20 09:59:59\n"}});
  EXPECT_THAT(owners_of(estate, "Shop"), ElementsAre("Ann"));
  EXPECT_EQ(estate.inventory().state(estate.item("Shop")), State::retired);
}

TEST(Merge, TheGreaterValueCountsWhereNothingElseDecides) {
  for (const char* rows : {"a1,Shop,Ann\na1,Shop,Bob\n", "a1,Shop,Bob\na1,Shop,Ann\n"}) {
    const Given estate = from_files(
        {{"cmdb_ci_service_business.csv", std::string("sys_id,name,owned_by\n") + rows}});
    EXPECT_THAT(owners_of(estate, "Shop"), ElementsAre("Bob"));
  }
}

TEST(Merge, APageThatLacksAFieldSaysNothingOfIt) {
  const Given estate = from_files({{"a.csv",
                                    "sys_id,name,sys_class_name,sys_updated_on\n"
                                    "a1,Shop,cmdb_ci_service_business,2026-11-20 10:00:00\n"},
                                   {"b.csv",
                                    "sys_id,name,sys_class_name,owned_by,sys_updated_on\n"
                                    "a1,Shop,cmdb_ci_service_business,Ann,2020-01-01 10:00:00\n"}});
  EXPECT_THAT(owners_of(estate, "Shop"), ElementsAre("Ann"));
  EXPECT_THAT(disagreements(estate), IsEmpty());
}

TEST(Merge, AFieldThatWasEmptiedCountsAsEmpty) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv",
                                    "sys_id,name,owned_by,sys_updated_on\n"
                                    "a1,Shop,Ann,2026-01-01 10:00:00\n"
                                    "a1,Shop,,2026-11-20 10:00:00\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
}

TEST(Merge, DisagreementIsANoticeWithBothPlaces) {
  const Given estate =
      from_files({{"cmdb_ci_service.csv", "sys_id,name,owned_by\nz9,Bank,Ann\na1,Shop,Ann\n"},
                  {"cmdb_ci_service_business.csv", "sys_id,name,owned_by\na1,Shop,Bob\n"}});
  EXPECT_THAT(disagreements(estate),
              ElementsAre(AllOf(HasSubstr("cmdb_ci_service.csv:3: "), HasSubstr("'owned_by'"),
                                HasSubstr("cmdb_ci_service_business.csv:2"))));
}

TEST(Merge, DisagreementsInOneFieldOfOneFileAreCountedTogether) {
  std::string old = "sys_id,name,owned_by\n";
  std::string current = old;
  for (const char* id : {"a1", "a2", "a3"}) {
    old += std::string(id) + ",Shop " + id + ",Ann\n";
    current += std::string(id) + ",Shop " + id + ",Bob\n";
  }
  const Given estate =
      from_files({{"cmdb_ci_service.csv", old}, {"cmdb_ci_service_business.csv", current}});
  EXPECT_THAT(disagreements(estate), SizeIs(1));
  EXPECT_THAT(estate.inventory().notices(), ElementsAre(Field(&Notice::count, 3U)));
}

TEST(Merge, RecordsThatSayTheSameAreNoNotice) {
  const Given estate = from_files({{"cmdb_ci_service_business_1.csv", "sys_id,name\na1,Shop\n"},
                                   {"cmdb_ci_service_business_2.csv", "sys_id,name\na1,Shop\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 1U);
  EXPECT_EQ(estate.inventory().class_name(estate.item("Shop")), "cmdb_ci_service_business");
  EXPECT_THAT(estate.inventory().notices(), IsEmpty());
}

TEST(Merge, AnItemStandsWhereItWasReadFirst) {
  const Given estate = from_files({{"cmdb_ci_service.csv", "sys_id,name\nz9,Bank\na1,Shop\n"},
                                   {"cmdb_ci_service_business.csv", "sys_id,name\na1,Shop\n"}});
  const Place place = estate.inventory().place(estate.item("Shop"));
  EXPECT_THAT(place.file, HasSubstr("cmdb_ci_service.csv"));
  EXPECT_EQ(place.line, 3U);
}

TEST(Merge, RelationsOfEveryRecordAreKept) {
  const Given estate = from_files(
      {{"items_1.csv",
        "id,name,tier,facing,needs\ns1,Shop,service,external,y1\ny1,Till,system,,\n"},
       {"items_2.csv",
        "id,name,tier,facing,needs\ns1,Shop,service,external,y2\ny2,Scales,system,,\n"}});
  EXPECT_THAT(estate.subjects("orphan-system"), IsEmpty());
  EXPECT_THAT(estate.graph().dependencies_of(estate.item("Shop")), SizeIs(2));
}

TEST(Merge, IdsOfSysIdShapeAreOneInEitherCase) {
  const Given estate = from_files({{"cmdb_ci_service_business.csv",
                                    "sys_id,name\n"
                                    "0a0a0bb4c0a8010e01f074cbe6bd73c3,Shop\n"
                                    "0A0A0BB4C0A8010E01F074CBE6BD73C3,Shop\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 1U);
}

TEST(Merge, OneIdInTwoSourcesIsTwoItems) {
  const Given estate = from_files({{"items.csv",
                                    "id,name,tier,source\n"
                                    "s1,Shop,service,emea\n"
                                    "s1,Shop,service,apac\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 2U);
}

TEST(Merge, WithoutIdsNoRecordsAreOneItem) {
  const Given estate = from_files({{"cmdb_ci.csv",
                                    "name,sys_class_name,operational_status\n"
                                    "web1,cmdb_ci_linux_server,1\n"
                                    "web1,Linux Server,1\n"
                                    "web1,cmdb_ci_win_server,1\n"}});
  EXPECT_EQ(estate.inventory().item_count(), 3U);
  EXPECT_THAT(estate.subjects("duplicate-name"), ElementsAre("web1"));
}

TEST(Merge, SourcesBeyondTheLastThatHasANumberAreToldOf) {
  std::string items = "id,tier,source\n";
  for (int i = 0; i < 66'000; ++i) {
    items += fmt::format("a,service,s{}\n", i);
  }
  const Given estate = from_files({{"items.csv", items}});
  EXPECT_THAT(estate.inventory().notices(),
              Contains(Field(&Notice::kind, std::string("too-many-sources"))));
}

}  // namespace
}  // namespace tierline
