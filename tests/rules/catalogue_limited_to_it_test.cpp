#include <gmock/gmock.h>

#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "catalogue-limited-to-it";
constexpr const char* four = "supporting A; supporting B; supporting C; supporting D";

TEST(CatalogueLimitedToIt, FlagsASourceWithoutServicesThatFaceCustomers) {
  const Given estate = given_all(std::string(four) + "; supporting E");
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("tierline: none of its 5 live services faces customers"));
  EXPECT_EQ(estate.only(rule).subject.kind, SubjectKind::source);
}

TEST(CatalogueLimitedToIt, IsContentWithOneThatDoes) {
  EXPECT_THAT(given_all(std::string(four) + "; internal Payroll").subjects(rule), IsEmpty());
}

TEST(CatalogueLimitedToIt, SaysNothingOfFew) {
  EXPECT_THAT(given_all(four).subjects(rule), IsEmpty());
}

TEST(CatalogueLimitedToIt, CountsLiveServicesOnly) {
  EXPECT_THAT(given_all(std::string(four) + "; supporting E retired").subjects(rule), IsEmpty());
  EXPECT_THAT(given_all(std::string(four) + "; supporting E; external Old retired").subjects(rule),
              ElementsAre("tierline"));
}

TEST(CatalogueLimitedToIt, IsNotEvaluatedWhereNobodyKnowsWhomSomeFace) {
  const Given estate = given_all(std::string(four) + "; service Riddle");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says whom some services face"));
}

TEST(CatalogueLimitedToIt, IsNoCoreRule) {
  EXPECT_THAT(given(std::string(four) + "; supporting E").subjects(rule), IsEmpty());
}

}  // namespace
}  // namespace tierline
