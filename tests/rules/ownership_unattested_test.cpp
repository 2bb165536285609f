#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "ownership-unattested";

TEST(OwnershipUnattested, FlagsAServiceThatWasNotConfirmedForAYear) {
  EXPECT_THAT(given_all("external Shop attested:2025-11-20; external Mail attested:2025-11-21;"
                        "external Bank attested:; system Cart attested:")
                  .messages(rule),
              ElementsAre("Bank: was never confirmed by its owner",
                          "Shop: was last confirmed by its owner on 2025-11-20"));
}

TEST(OwnershipUnattested, TakesTheDayAsEvidence) {
  EXPECT_EQ(word_in(given_all("external Shop attested:2024-02-29").only(rule), "attested"),
            "2024-02-29");
}

TEST(OwnershipUnattested, IsNotEvaluatedWhereNobodyConfirms) {
  EXPECT_THAT(given_all("external Shop attested:").not_evaluated(rule),
              ElementsAre("nobody fills in the date of attestation"));
  EXPECT_THAT(given_all("external Shop").not_evaluated(rule),
              ElementsAre("the export has no field for the date of attestation"));
}

TEST(OwnershipUnattested, TellsOfADateThatIsNone) {
  const Given estate = given_all("external Shop attested:soon; external Mail attested:2026-01-01");
  EXPECT_THAT(estate.subjects(rule), ElementsAre("Shop"));
  EXPECT_THAT(estate.inventory().notices(),
              ElementsAre(::testing::Field(&Notice::kind, "unreadable-date")));
}

}  // namespace
}  // namespace tierline
