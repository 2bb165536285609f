#include <gmock/gmock.h>

#include "given.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(OwnerMissing, FlagsAServiceWithoutOwner) {
  const Given estate = given("external Shop; external Bank @ann");
  EXPECT_THAT(estate.subjects("owner-missing"), ElementsAre("Shop"));
}

TEST(OwnerMissing, IgnoresARetiredService) {
  EXPECT_THAT(given("external Shop retired; external Pipe planned").subjects("owner-missing"),
              IsEmpty());
}

TEST(OwnerMissing, TakesAPlaceholderForNobodyAndSaysSo) {
  const Given estate = given("internal Payroll @TBD");
  EXPECT_THAT(estate.messages("owner-missing"),
              ElementsAre("Payroll: has no accountable owner: \"TBD\" is a placeholder"));
}

}  // namespace
}  // namespace tierline
