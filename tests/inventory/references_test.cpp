// How the ends of relations become items: by id, else by class and name, else by name; and never by
// a guess.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A business service Shop and what `rows` add, with relations that `header` names the columns of.
Given related(const std::string& rows, const std::string& header, const std::string& relations) {
  return from_files({{"cmdb_ci.csv",
                      "sys_id,name,sys_class_name\n"
                      "a1,Shop,cmdb_ci_service_business\n" +
                          rows},
                     {"cmdb_rel_ci.csv", header + "\n" + relations}});
}

/// What an item relies on, as `class name`.
std::vector<std::string> relied_on(const Given& estate, std::string_view item) {
  std::vector<std::string> names;
  for (const ItemId other : estate.graph().dependencies_of(estate.item(item))) {
    names.push_back(
        fmt::format("{} {}", estate.inventory().class_name(other), estate.inventory().name(other)));
  }
  return names;
}

std::vector<std::string> notices(const Given& estate, std::string_view kind) {
  std::vector<std::string> messages;
  for (const Notice& notice : estate.inventory().notices()) {
    if (notice.kind == kind) {
      messages.push_back(notice.message);
    }
  }
  return messages;
}

constexpr const char* plain = "parent,child,type";
constexpr const char* with_classes = "parent,child,type,child.sys_class_name";

TEST(References, AreFoundById) {
  const Given estate =
      related("b1,web,cmdb_ci_linux_server\n", plain, "a1,b1,Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_linux_server web"));
}

TEST(References, AreFoundByNameWhereTheyAreNoIds) {
  const Given estate =
      related("b1,web,cmdb_ci_linux_server\n", plain, "Shop,web,Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_linux_server web"));
}

TEST(References, AnIdGoesBeforeAName) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb2,b1,cmdb_ci_win_server\n", plain,
                               "a1,b1,Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_linux_server web"));
}

TEST(References, AClassTellsNamesApart) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb2,web,cmdb_ci_win_server\n",
                               with_classes, "a1,web,Depends on::Used by,cmdb_ci_win_server\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_win_server web"));
}

TEST(References, AClassMayBeSaidByItsLabel) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb2,web,cmdb_ci_win_server\n",
                               with_classes, "a1,web,Depends on::Used by,Windows Server\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_win_server web"));
}

TEST(References, ANameOfSeveralItemsIsReportedAndNeverPicked) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb2,web,cmdb_ci_win_server\n", plain,
                               "a1,web,Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), IsEmpty());
  EXPECT_THAT(notices(estate, "ambiguous-reference"),
              ElementsAre("'web' names several items: a relation with it is left out"));
  EXPECT_THAT(estate.subjects("dangling-edge"), IsEmpty());
}

TEST(References, ANameOfTwoItemsOfOneClassIsNotPickedByClass) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb2,web,cmdb_ci_linux_server\n",
                               with_classes, "a1,web,Depends on::Used by,cmdb_ci_linux_server\n");
  EXPECT_THAT(relied_on(estate, "Shop"), IsEmpty());
  EXPECT_THAT(notices(estate, "ambiguous-reference"), SizeIs(1));
}

TEST(References, TwoRecordsOfOneItemAreNotSeveralItems) {
  const Given estate = related("b1,web,cmdb_ci_linux_server\nb1,web,cmdb_ci_linux_server\n", plain,
                               "a1,web,Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_linux_server web"));
}

TEST(References, BlanksAroundANameAndNoBreakSpacesInItDoNotMatter) {
  const Given estate = related("b1,web one,cmdb_ci_linux_server\n", plain,
                               "Shop ,\" web\xC2\xA0one\",Depends on::Used by\n");
  EXPECT_THAT(relied_on(estate, "Shop"), ElementsAre("cmdb_ci_linux_server web one"));
}

TEST(References, AnIdThatNothingHasIsDangling) {
  const Given estate =
      related("b1,web,cmdb_ci_linux_server\n", plain, "a1,gone,Depends on::Used by\n");
  EXPECT_THAT(estate.subjects("dangling-edge"), ElementsAre("Shop -> gone (Depends on::Used by)"));
}

TEST(References, AnItemOfAnotherSourceIsNotMeant) {
  const Given estate = from_files({{"items.csv",
                                    "id,name,tier,facing,source\n"
                                    "s1,Shop,service,external,emea\n"
                                    "y1,Till,system,,apac\n"},
                                   {"relations.csv", "from,to,source\ns1,y1,emea\n"}});
  EXPECT_THAT(relied_on(estate, "Shop"), IsEmpty());
  EXPECT_THAT(estate.subjects("dangling-edge"), SizeIs(1));
}

TEST(References, ALinkWithoutValueNamesItsRecord) {
  const Given estate = from_files(
      {{"cmdb_ci.json",
        R"([{"sys_id":"00000000000000000000000000000001","name":"Shop","sys_class_name":"cmdb_ci_service_business"},
            {"sys_id":"00000000000000000000000000000002","name":"web","sys_class_name":"cmdb_ci_linux_server"},
            {"sys_id":"00000000000000000000000000000003","name":"web","sys_class_name":"cmdb_ci_linux_server"}])"},
       {"cmdb_rel_ci.json",
        R"([{"parent":{"display_value":"Shop","link":"https://x/api/now/table/cmdb_ci/00000000000000000000000000000001"},
             "child":{"display_value":"web","link":"https://x/api/now/table/cmdb_ci/00000000000000000000000000000003"},
             "type":{"display_value":"Depends on::Used by","link":"https://x/api/now/table/cmdb_rel_type/1a9cb166f1571100a92eb60da2bce5c5"}}])"}});
  const ItemSpan found = estate.graph().dependencies_of(estate.item("Shop"));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(estate.inventory().id(*found.begin()), "00000000000000000000000000000003");
}

}  // namespace
}  // namespace tierline
