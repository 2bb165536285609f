#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* rule = "duplicate-name";
constexpr const char* header = "id,name,tier,class,state\n";

Given of_items(const std::string& rows) {
  return from_files({{"items.csv", header + rows}});
}

TEST(DuplicateName, FlagsANameThatTwoLiveItemsOfAClassShare) {
  const Given estate = of_items("a,Mail,system,app,\nb,Mail,system,app,\nc,Shop,system,app,\n");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Mail: is the name of 2 live items of class 'app'"));
  EXPECT_EQ(estate.only(rule).severity, Severity::info);
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::group);
}

TEST(DuplicateName, FlagsRecordsWithoutIds) {
  const Given estate =
      from_files({{"cmdb_ci_server.csv", "name,owned_by\nPrinter,Ann\nPrinter,Bob\nDesk,Ann\n"}});
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Printer"));
}

TEST(DuplicateName, IsContentWithOneNameInTwoClasses) {
  EXPECT_THAT(of_items("a,Mail,system,app,\nb,Mail,component,server,\n").subjects(rule), IsEmpty());
}

TEST(DuplicateName, LeavesRetiredItemsTheirNames) {
  EXPECT_THAT(of_items("a,Mail,system,app,\nb,Mail,system,app,retired\n").subjects(rule),
              IsEmpty());
}

TEST(DuplicateName, LeavesSourcesTheirNames) {
  EXPECT_THAT(from_files({{"items.csv",
                           "id,name,tier,class,source\n"
                           "a,Mail,system,app,North\nb,Mail,system,app,South\n"}})
                  .subjects(rule),
              IsEmpty());
}

TEST(DuplicateName, IsContentWithItemsWithoutANameAndWithoutATier) {
  EXPECT_THAT(of_items("a,,system,app,\nb,,system,app,\n").subjects(rule), IsEmpty());
  EXPECT_THAT(of_items("a,Mail,,app,\nb,Mail,,app,\n").subjects(rule), IsEmpty());
}

TEST(DuplicateName, CountsAllAndListsTwenty) {
  std::string rows;
  for (int i = 0; i < 30; ++i) {
    rows += fmt::format("d{:02},Disk,component,disk,\n", i);
  }
  const Given estate = of_items(rows);
  const Finding finding = estate.only(rule);
  EXPECT_EQ(number_in(finding, "memberCount"), 30U);
  ASSERT_THAT(finding.subject.members, SizeIs(20));
  EXPECT_EQ(estate.inventory().id(finding.subject.members.front()), "d00");
}

TEST(DuplicateName, IsTheSameFindingWhenOneMoreHasTheName) {
  const std::string two = "a,Mail,system,app,\nb,Mail,system,app,\n";
  const std::string before = of_items(two).only(rule).fingerprint;
  EXPECT_EQ(of_items(two + "0,Mail,system,app,\n").only(rule).fingerprint, before);
  EXPECT_NE(of_items("a,Post,system,app,\nb,Post,system,app,\n").only(rule).fingerprint, before);
}

TEST(DuplicateName, IsTheSameFindingWherePersonsAreRedacted) {
  const std::vector<ExportFile> files = {
      {"items.csv", "id,name,tier,class\na,Ann Bell's PC,system,app\nb,Ann Bell's PC,system,app\n"},
      {"parties.csv", "id,name,kind\nann,Ann Bell,person\n"}};
  AuditOptions redacting;
  redacting.import.redact_people = true;
  const Given redacted = from_files(files, redacting);
  EXPECT_EQ(redacted.only(rule).fingerprint, from_files(files).only(rule).fingerprint);
  EXPECT_EQ(redacted.only(rule).subject.name.find("Ann"), std::string::npos);
}

}  // namespace
}  // namespace tierline
