#include <gmock/gmock.h>

#include "rules/acceptances.h"
#include "rules/evidence.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "acceptance-expired";

TEST(AcceptanceExpired, IsToldOfFromTheDayAfterItsLast) {
  const Given last =
      given_accepting("external Shop", {until("2026-11-21", accepting("owner-missing"))});
  EXPECT_THAT(last.subjects(rule), IsEmpty());
  EXPECT_THAT(accepted_in(last), ElementsAre("owner-missing Shop"));
  const Given after = given_accepting("external Shop; internal Bank; system Cart; Shop -> Cart",
                                      {until("2026-11-20", accepting("owner-missing"))});
  EXPECT_THAT(after.messages(rule),
              ElementsAre("owner-missing: was accepted until 2026-11-20, and 2 findings are open "
                          "again"));
  EXPECT_THAT(accepted_in(after), IsEmpty());
  EXPECT_EQ(number_in(after.only(rule), "findingCount"), 2U);
}

TEST(AcceptanceExpired, CountsOnlyWhatNoOtherAccepts) {
  const Given estate = given_accepting(
      "external Shop; internal Bank",
      {until("2026-11-20", accepting("owner-missing")), accepting("owner-missing", "Shop")});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("owner-missing: was accepted until 2026-11-20, and 1 finding is open "
                          "again"));
}

TEST(AcceptanceExpired, SaysNothingOfWhatIsRepaired) {
  EXPECT_THAT(given_accepting("external Shop @ann",
                              {until("2026-11-20", accepting("owner-missing", "Shop"))})
                  .subjects(rule),
              IsEmpty());
}

}  // namespace
}  // namespace tierline
