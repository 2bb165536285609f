#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "it-service-owned-outside-it";

const std::string organisations =
    "organisation Corp; organisation IT in:Corp; organisation Networks in:IT;"
    "organisation Sales in:Corp; person ann in:Networks; person bob in:Sales; person eve;"
    "group ops; group shops in:Sales;";

TEST(ItServiceOwnedOutsideIt, FlagsASupportingServiceNoneOfWhoseOwnersIsIt) {
  EXPECT_THAT(given(organisations + "supporting Mail @bob; supporting Disk @ann;"
                                    "supporting Both @ann @bob; supporting Till @shops;"
                                    "external Shop @bob")
                  .messages(rule),
              ElementsAre("Mail: supports other services, and is owned outside IT: bob (Sales)",
                          "Till: supports other services, and is owned outside IT: shops (Sales)"));
}

TEST(ItServiceOwnedOutsideIt, CannotTellOfOwnersWhoBelongNowhere) {
  const Given estate = given(organisations + "supporting Mail @eve; supporting Disk @ops");
  EXPECT_THAT(estate.subjects(rule), IsEmpty());
  EXPECT_THAT(estate.not_evaluated(rule), ElementsAre("nothing says where its owner belongs"));
}

TEST(ItServiceOwnedOutsideIt, IsNotEvaluatedWhereNoOrganisationIsCalledAsItIs) {
  EXPECT_THAT(
      given("organisation Sales; person ann in:Sales; supporting Mail @ann").not_evaluated(rule),
      ElementsAre("no organisation of the export is IT by its name"));
}

}  // namespace
}  // namespace tierline
