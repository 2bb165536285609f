#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "export-truncated";

constexpr const char* shop = "sys_id,name\nb1,Shop\n";
constexpr const char* backup = "sys_id,name\nt1,Backup\n";
constexpr const char* uses = "sys_id,parent,child,type\nr1,b1,c1,Depends on::Used by\n";

/// A page of servers: c1 and on.
std::string servers(int count, int first = 1) {
  std::string page = "sys_id,name\n";
  for (int i = first; i < first + count; ++i) {
    page += "c" + std::to_string(i) + ",server\n";
  }
  return page;
}

TEST(ExportTruncated, FlagsATableOfExactlyTenThousandRows) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers(10'000)}});
  EXPECT_THAT(estate.messages(rule), ElementsAre("cmdb_ci_linux_server: looks cut off: it has "
                                                 "exactly as many records as exports stop at"));
}

TEST(ExportTruncated, IsContentWithOneRowLess) {
  EXPECT_THAT(from_files({{"cmdb_ci_linux_server.csv", servers(9'999)}}).subjects(rule), IsEmpty());
}

TEST(ExportTruncated, IsContentWithOneRowMore) {
  EXPECT_THAT(from_files({{"cmdb_ci_linux_server.csv", servers(10'001)}}).subjects(rule),
              IsEmpty());
}

TEST(ExportTruncated, FlagsATableWhoseEveryPageIsFull) {
  const Given estate = from_files({{"1/cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"2/cmdb_ci_linux_server.csv", servers(10'000, 10'001)}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("cmdb_ci_linux_server"));
}

TEST(ExportTruncated, IsContentWithALastPageThatIsNotFull) {
  const Given estate = from_files({{"1/cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"2/cmdb_ci_linux_server.csv", servers(3, 10'001)}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(ExportTruncated, IsContentWithALastPageThatIsEmpty) {
  const Given estate = from_files({{"1/cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"2/cmdb_ci_linux_server.csv", servers(0)}});
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
}

TEST(ExportTruncated, JudgesEachTableByItself) {
  const Given estate = from_files(
      {{"cmdb_ci_linux_server.csv", servers(10'000)}, {"cmdb_ci_service_business.csv", shop}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("cmdb_ci_linux_server"));
}

TEST(ExportTruncated, FlagsAnExportThatSaysItWithholdsRows) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv",
                                    "sys_id,name\nc1,web1\nNumber of rows removed from this list "
                                    "by security constraints: 12\n"}});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("cmdb_ci_linux_server: looks cut off: the export says: \"Number of rows "
                          "removed from this list by security constraints: 12\""));
}

TEST(ExportTruncated, TakesTheRemarkThatRowsAreWithheldForNoRecord) {
  const Given estate = from_files(
      {{"cmdb_ci_service_business.csv", shop},
       {"cmdb_ci_linux_server.csv", "sys_id,name\nc1,web1\n"},
       {"cmdb_rel_ci.csv", std::string(uses) + "Number of rows removed from this list by security "
                                               "constraints: 12\n"}});
  EXPECT_EQ(estate.inventory().relation_count(), 1U);
  EXPECT_THAT(estate.subjects("dangling-edge"), IsEmpty());
}

TEST(ExportTruncated, KnowsNoCapOfThePlainFormat) {
  std::string items = "id,tier\n";
  for (int i = 0; i < 10'000; ++i) {
    items += "c" + std::to_string(i) + ",component\n";
  }
  EXPECT_THAT(from_files({{"items.csv", items}}).subjects(rule), IsEmpty());
}

TEST(ExportTruncated, MakesTheRunIncomplete) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"cmdb_ci_service_business.csv", shop},
                                   {"cmdb_rel_ci.csv", uses}});
  EXPECT_EQ(estate.audit().run.exit_code, 3);
}

TEST(ExportTruncated, KeepsRulesFromConcludingThatNothingIsThere) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"cmdb_ci_service_business.csv", shop},
                                   {"cmdb_ci_service_technical.csv", backup},
                                   {"cmdb_rel_ci.csv", uses}});
  for (const char* silent : {"orphaned-supporting-service", "orphan-component",
                             "customer-facing-unsupported", "dangling-edge"}) {
    EXPECT_THAT(estate.subjects(silent), IsEmpty()) << silent;
    EXPECT_EQ(estate.not_evaluated(silent).size(), 1U) << silent;
  }
}

/// As many relations as exports stop at, none of which says anything of Backup.
std::string full_page_of_uses() {
  std::string page = "sys_id,parent,child,type\n";
  for (int i = 1; i <= 10'000; ++i) {
    page += "r" + std::to_string(i) + ",b1,c1,Depends on::Used by\n";
  }
  return page;
}

TEST(ExportTruncated, KeepsRulesFromConcludingThatNothingReliesOnItWhenOnlyRelationsAreCutOff) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers(2)},
                                   {"cmdb_ci_service_business.csv", shop},
                                   {"cmdb_ci_service_technical.csv", backup},
                                   {"cmdb_rel_ci.csv", full_page_of_uses()}});
  for (const char* silent :
       {"orphaned-supporting-service", "orphan-component", "customer-facing-unsupported"}) {
    EXPECT_THAT(estate.subjects(silent), IsEmpty()) << silent;
    EXPECT_EQ(estate.not_evaluated(silent).size(), 1U) << silent;
  }
}

TEST(ExportTruncated, LetsRulesMissAnItemWhenOnlyRelationsAreCutOff) {
  const Given estate =
      from_files({{"cmdb_ci_linux_server.csv", servers(1)},
                  {"cmdb_ci_service_business.csv", shop},
                  {"cmdb_rel_ci.csv", full_page_of_uses() + "x1,b1,gone,Depends on::Used by\n"},
                  {"2/cmdb_rel_ci.csv", "sys_id,parent,child,type\n"}});
  EXPECT_EQ(estate.subjects("dangling-edge").size(), 1U);
}

TEST(ExportTruncated, KeepsRulesFromMissingAPersonWhenPersonsAreCutOff) {
  std::string users = "sys_id,name\n";
  for (int i = 1; i <= 10'000; ++i) {
    users += "u" + std::to_string(i) + ",Person " + std::to_string(i) + "\n";
  }
  const Given estate =
      from_files({{"cmdb_ci_service_business.csv", "sys_id,name,owned_by\nb1,Shop,Nobody\n"},
                  {"sys_user.csv", users}});
  EXPECT_THAT(estate.subjects("owner-dangling"), IsEmpty());
  EXPECT_EQ(estate.not_evaluated("owner-dangling").size(), 1U);
}

TEST(ExportTruncated, LetsThemConcludeWhenTheExportIsSaidToBeComplete) {
  const Given estate = from_files({{"cmdb_ci_linux_server.csv", servers(10'000)},
                                   {"cmdb_ci_service_business.csv", shop},
                                   {"cmdb_ci_service_technical.csv", backup},
                                   {"cmdb_rel_ci.csv", uses}},
                                  assuming_complete());
  EXPECT_THAT(estate.subjects("orphaned-supporting-service"), ElementsAre("Backup"));
}

TEST(ExportTruncated, LetsOtherRulesJudge) {
  const Given estate =
      from_files({{"cmdb_ci_linux_server.csv", servers(10'000)},
                  {"cmdb_ci_service_business.csv", "sys_id,name,owned_by\nb1,Shop,\n"}});
  EXPECT_THAT(estate.subjects("owner-missing"), Contains("Shop"));
}

TEST(ExportTruncated, IsHigh) {
  EXPECT_EQ(from_files({{"cmdb_ci_linux_server.csv", servers(10'000)}}).only(rule).severity,
            Severity::high);
}

}  // namespace
}  // namespace tierline
