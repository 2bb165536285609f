#include <fmt/format.h>
#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "owner-catch-all";

TEST(OwnerCatchAll, FlagsWhatTheHeadOfITOwnsByTitle) {
  const Given estate = given(
      "external Shop @ann; system Cart @bob; component Disk @cio; portfolio All @ann;"
      "person ann title:Chief_Information_Officer; person bob title:Head_of_Sales;"
      "person cio title:CIO,_interim");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("Disk: is owned by cio, CIO, interim",
                          "Shop: is owned by ann, Chief Information Officer"));
}

TEST(OwnerCatchAll, TakesTheTitleAsEvidence) {
  const Finding finding =
      given("external Shop @ann; person ann title:Chief_Digital_Officer").only(rule);
  EXPECT_EQ(word_in(finding, "owner"), "ann");
  EXPECT_EQ(word_in(finding, "title"), "Chief Digital Officer");
}

TEST(OwnerCatchAll, TakesNoTitleForAnotherThatBeginsLikeIt) {
  EXPECT_THAT(given("external Shop @ann; external Mail @bob; external Bank @eve;"
                    "person ann title:CIOs_Assistant; person bob title:Chieftain;"
                    "person eve title:Assistant_to_the_CIO")
                  .subjects(rule),
              IsEmpty());
}

TEST(OwnerCatchAll, FlagsTheHeadOfATreeOfManagersAndWhoReportsToThem) {
  EXPECT_THAT(given("external Shop @top; external Mail @next; external Bank @third;"
                    "person top; person next manager:top; person third manager:next")
                  .messages(rule),
              ElementsAre("Mail: is owned by next, who reports to the head of the organisation",
                          "Shop: is owned by top, who heads the organisation"));
}

TEST(OwnerCatchAll, SaysNothingOfRankInATreeOfTwoLevels) {
  EXPECT_THAT(given("external Shop @top; external Mail @next; person top; person next manager:top")
                  .subjects(rule),
              IsEmpty());
}

TEST(OwnerCatchAll, KnowsNoRankOfThoseWhoReportInACircleOrToNobodyKnown) {
  EXPECT_THAT(given("external A @a; external B @b; external C @c; external D @d;"
                    "person a manager:c; person b manager:a; person c manager:b;"
                    "person d manager:gone; person e manager:d; person f manager:e")
                  .subjects(rule),
              IsEmpty());
}

std::string services_of(std::string_view owner, int count, std::string_view portfolio) {
  std::string statements;
  for (int i = 0; i < count; ++i) {
    statements += fmt::format("internal {}{} @{} in:{};", portfolio, i, owner, portfolio);
  }
  return statements;
}

TEST(OwnerCatchAll, FlagsWhoAnswersForAFifthOfAllInThreePortfolios) {
  const std::string portfolios = "portfolio P; portfolio Q; portfolio R; person ann; person bob;";
  const Given estate = given(portfolios + services_of("ann", 4, "P") + services_of("ann", 4, "Q") +
                             services_of("ann", 2, "R"));
  EXPECT_EQ(estate.subjects(rule).size(), 10U);
  EXPECT_THAT(given(portfolios + services_of("ann", 4, "P") + services_of("ann", 5, "Q") +
                    "portfolio S;" + services_of("bob", 1, "R"))
                  .subjects(rule),
              IsEmpty());
}

TEST(OwnerCatchAll, DoesNotCountPortfoliosThatAreInAnother) {
  EXPECT_THAT(
      given("portfolio All; portfolio P; portfolio Q; portfolio R; person ann;"
            "All => P; All => Q; All => R;" +
            services_of("ann", 4, "P") + services_of("ann", 4, "Q") + services_of("ann", 4, "R"))
          .subjects(rule),
      IsEmpty());
}

TEST(OwnerCatchAll, LooksAtPersonsOnly) {
  EXPECT_THAT(given("external Shop @board; group board title:Chief_Officers").subjects(rule),
              IsEmpty());
}

TEST(OwnerCatchAll, FailsNoRun) {
  EXPECT_EQ(given("external Shop @ann; person ann title:CEO").only(rule).rule->confidence,
            Confidence::likely);
}

}  // namespace
}  // namespace tierline
