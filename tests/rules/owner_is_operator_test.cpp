#include <gmock/gmock.h>

#include "given.h"
#include "rules/evidence.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "owner-is-operator";

TEST(OwnerIsOperator, FlagsAnExternalServiceWhoseOwnerManagesIt) {
  EXPECT_THAT(given_all("external Shop @ann manager:ann; external Mail @ann manager:bob;"
                        "internal Wiki @ann manager:ann; person ann; person bob")
                  .messages(rule),
              ElementsAre("Shop: faces customers outside, and is owned by ann, who also runs it"));
}

TEST(OwnerIsOperator, FlagsOneWhoseOwnerLeadsTheGroupThatRunsIt) {
  EXPECT_THAT(given_all("external Shop @ann +ops; external Mail @bob +ops; external Bank @ops +ops;"
                        "person ann; person bob; group ops lead:ann")
                  .subjects(rule),
              ElementsAre("Bank", "Shop"));
}

TEST(OwnerIsOperator, IsContentWhereOneOwnerDoesNotRunIt) {
  EXPECT_THAT(
      given_all("external Shop @ann @bob manager:ann; person ann; person bob").subjects(rule),
      IsEmpty());
}

TEST(OwnerIsOperator, IsNotEvaluatedWhereNothingSaysWhoRunsServices) {
  EXPECT_THAT(from_files({{"items.csv", "id,tier,facing,owner\nShop,service,external,ann\n"}},
                         by_all_rules())
                  .not_evaluated(rule),
              ElementsAre("the export does not say who runs services"));
}

}  // namespace
}  // namespace tierline
