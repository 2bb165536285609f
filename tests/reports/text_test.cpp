// What people read first: the answers to the two questions that they come with.

#include "support/text.h"

#include <gmock/gmock.h>

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

}  // namespace
}  // namespace tierline
