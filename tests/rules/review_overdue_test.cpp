#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "review-overdue";

TEST(ReviewOverdue, FlagsAServiceThatWasNotReviewedForAYear) {
  EXPECT_THAT(given_all("external Shop reviewed:2025-11-20; external Mail reviewed:2025-11-21;"
                        "external Bank reviewed:; external Old retired reviewed:")
                  .messages(rule),
              ElementsAre("Bank: was never reviewed", "Shop: was last reviewed on 2025-11-20"));
}

TEST(ReviewOverdue, TakesTheDayAsEvidence) {
  EXPECT_EQ(word_in(given_all("external Shop reviewed:2024-02-29").only(rule), "reviewed"),
            "2024-02-29");
}

TEST(ReviewOverdue, IsNotEvaluatedWhereNobodyReviews) {
  EXPECT_THAT(given_all("external Shop reviewed:").not_evaluated(rule),
              ElementsAre("nobody fills in the date of last review"));
}

}  // namespace
}  // namespace tierline
