// What people read first: the answers to the two questions that they come with.

#include "tierline/text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "reports/written.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;

/// The sentences between what was examined and the first table.
std::vector<std::string> answers(const Given& estate) {
  const std::string text = written(estate.audit(), "text");
  std::vector<std::string> lines;
  std::size_t begin = text.find("\n\n") + 2;
  const std::string_view paragraph =
      std::string_view(text).substr(begin, text.find("\n\n", begin) - begin);
  for (const std::string_view line : split(paragraph, "\n")) {
    lines.emplace_back(line);
  }
  return lines;
}

TEST(TextAnswers, SayHowManyServicesNobodyAnswersForAndHowManySupportNobody) {
  EXPECT_THAT(answers(given("external Shop; internal Payroll @ann; supporting Tape @ann;"
                            "supporting Disk @ann; Shop -> Disk; system Cart; Cart -> Tape")),
              ElementsAre("1 of 4 live services has no accountable owner.",
                          "1 of 2 supporting services supports nobody."));
}

TEST(TextAnswers, SayThatAllIsWell) {
  EXPECT_THAT(answers(given("external Shop @ann; supporting Disk @ann; Shop -> Disk")),
              ElementsAre("Every live service has an accountable owner.",
                          "No supporting service supports nobody."));
}

TEST(TextAnswers, CountLiveServicesOnly) {
  EXPECT_THAT(answers(given("external Shop @ann; external Old retired; supporting Tape retired;"
                            "system Cart; Shop -> Cart")),
              ElementsAre("Every live service has an accountable owner.",
                          "There is no live supporting service."));
}

TEST(TextAnswers, SayHowManyCouldNotBeJudged) {
  EXPECT_THAT(answers(given("external Shop @ann; service Riddle @ann; supporting Disk @ann;"
                            "supporting Tape @ann; Shop -> Disk; Riddle -> Tape")),
              ElementsAre("Every live service has an accountable owner.",
                          "No supporting service is known to support nobody. 1 could not be "
                          "judged."));
  EXPECT_THAT(
      answers(from_files({{"cmdb_ci_service_business.csv", "sys_id,name\nb1,Shop\n"},
                          {"cmdb_ci_service_technical.csv", "sys_id,name,owned_by\nt1,Tape,ann\n"}},
                         assuming_complete()))
          .front(),
      "1 of 2 live services has an accountable owner. 1 could not be judged.");
}

TEST(TextAnswers, SayWhyNothingCouldBeJudged) {
  EXPECT_THAT(answers(from_files({{"items.csv", "id,tier,facing\nShop,service,external\n"}})),
              ElementsAre("Who answers for live services could not be judged: no field says it.",
                          "Whom supporting services support could not be judged: the export has "
                          "no relations of services."));
}

TEST(TextAnswers, LeaveOutWhatNobodyAsked) {
  EXPECT_THAT(answers(given("external Shop", {.only = {"owner-missing"}, .skip = {}})),
              ElementsAre("1 of 1 live service has no accountable owner."));
}

TEST(TextAnswers, AreOfWhatIsInScope) {
  AuditOptions options;
  options.where = {{"environment", "production"}};
  options.rules.only = {"owner-missing"};
  EXPECT_THAT(answers(from_files({{"items.csv",
                                   "id,tier,facing,owner,environment\n"
                                   "Shop,service,external,,production\n"
                                   "Lab,service,internal,,test\n"}},
                                 options)),
              ElementsAre("1 of 1 live service has no accountable owner."));
}

/// The lines below a heading, up to the next blank one.
std::vector<std::string> lines_below(const Given& estate, std::string_view heading) {
  const std::string text = written(estate.audit(), "text");
  const std::string below = fmt::format("\n{}\n", heading);
  const std::size_t found = text.find(below);
  std::vector<std::string> lines;
  if (found != std::string::npos) {
    const std::size_t begin = found + below.size();
    for (const std::string_view line :
         split(std::string_view(text).substr(begin, text.find("\n\n", begin) - begin), "\n")) {
      lines.emplace_back(line);
    }
  }
  return lines;
}

TEST(TextToDoFirst, PutsWhatMostServicesRelyOnFirst) {
  const Given estate = given(
      "external Shop @ann; external Bank @ann; supporting Tape; supporting Disk;"
      "system Cart @ann; Shop -> Cart; Bank -> Cart; Shop -> Tape; Shop -> Disk;"
      "Bank -> Disk; Cart -> Cart; Tape -> Cart; Disk -> Cart",
      {.only = {"owner-missing", "self-loop"}, .skip = {}});
  EXPECT_THAT(lines_below(estate, "To do first"),
              ElementsAre("  high     Disk: has no accountable owner; 2 customer-facing services "
                          "rely on it",
                          "           Name one person in the service's accountable field "
                          "(ServiceNow: owned_by).",
                          "  high     Tape: has no accountable owner; 1 customer-facing service "
                          "relies on it",
                          "           Name one person in the service's accountable field "
                          "(ServiceNow: owned_by).",
                          "  medium   Cart -> Cart (needs): is related to itself",
                          "           Correct the end that is wrong, or delete the row."));
}

TEST(TextToDoFirst, NamesASubjectOnceAndTenAtMost) {
  std::string statements = "system Cart @ann; Cart -> Cart";
  for (int i = 10; i < 30; ++i) {
    statements += fmt::format("; supporting s{0}; s{0} -> Cart", i);
  }
  const auto lines = lines_below(given(statements), "To do first");
  EXPECT_EQ(lines.size(), 20U);
  EXPECT_EQ(std::ranges::count_if(
                lines, [](const std::string& line) { return line.find(" s10: ") < line.size(); }),
            1);
}

TEST(TextToDoFirst, IsLeftOutWhereOneRuleSaysAll) {
  EXPECT_THAT(
      lines_below(given("external Shop; external Bank", {.only = {"owner-missing"}, .skip = {}}),
                  "To do first"),
      testing::IsEmpty());
}

TEST(TextCauses, TellRelationsToOneMissingItemTogether) {
  AuditOptions options;
  options.rules.only = {"dangling-edge"};
  const Given estate = from_files({{"export.json", R"({"items": [
      {"id": "A", "tier": "system", "needs": ["gone", "lost"]},
      {"id": "B", "tier": "system", "needs": "gone"}, {"id": "C", "tier": "system", "needs": "gone"},
      {"id": "D", "tier": "system", "needs": "lost"}]})"}},
                                  options);
  const auto lines =
      lines_below(estate, "Relation leads nowhere (dangling-edge: 5), if nothing else is missing");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_THAT(lines[0], testing::HasSubstr("3 relations lead to gone, which is not in the export"));
  EXPECT_THAT(lines[1], testing::HasSubstr("A -> lost"));
}

TEST(TextNotices, TellValuesWithoutMeaningOnceAField) {
  std::string items;
  for (const char* state : {"odd", "queer", "strange", "peculiar"}) {
    items += fmt::format("{}{{\"id\": \"{}\", \"tier\": \"system\", \"state\": \"{}\"}}",
                         items.empty() ? "" : ",", state, state);
  }
  const Given estate = from_files({{"export.json", R"({"items": [)" + items + "]}"}});
  const auto lines = lines_below(estate, "Noticed while reading");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], testing::HasSubstr("has no meaning for the value 'odd' of 'state'"));
  EXPECT_EQ(lines[1], "    and the same of 3 more values of 'state'");
}

TEST(TextCauses, TellWhoseOwnerHasLeftTogether) {
  const Given estate = given(
      "person ann left; system A @ann; system B @ann; system C @ann; system D @ann; system E @ann",
      {.only = {"owner-inactive"}, .skip = {}});
  EXPECT_THAT(lines_below(estate, "Owner has left (owner-inactive: 5)"),
              ElementsAre(testing::HasSubstr(
                  "5 items are owned by ann, no longer active: A, B, C and 2 more")));
}

}  // namespace
}  // namespace tierline
