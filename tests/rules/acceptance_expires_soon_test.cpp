#include <gmock/gmock.h>

#include "rules/acceptances.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "acceptance-expires-soon";

TEST(AcceptanceExpiresSoon, IsToldOfFourteenDaysBefore) {
  const auto messages = [](const char* day) {
    return given_accepting("external Shop", {until(day, accepting("owner-missing"))})
        .messages(rule);
  };
  EXPECT_THAT(messages("2026-12-06"), IsEmpty());
  EXPECT_THAT(messages("2026-12-05"),
              ElementsAre("owner-missing: is accepted until 2026-12-05, in 14 days: then 1 finding "
                          "is open again"));
  EXPECT_THAT(messages("2026-11-21"),
              ElementsAre("owner-missing: is accepted until 2026-11-21, which is today: then 1 "
                          "finding is open again"));
  EXPECT_THAT(messages("2026-11-20"), IsEmpty());
}

TEST(AcceptanceExpiresSoon, IsToldOfAsManyDaysBeforeAsTheConfigurationSays) {
  RuleSelection rules;
  rules.settings[rule].options["days"] = 40;
  EXPECT_THAT(
      given_accepting("external Shop", {accepting("owner-missing")}, AcceptancePolicy::off, rules)
          .subjects(rule),
      ElementsAre("owner-missing"));
}

TEST(AcceptanceExpiresSoon, SaysNothingOfWhatAcceptsNothing) {
  EXPECT_THAT(
      given_accepting("external Shop @ann", {until("2026-11-30", accepting("owner-missing"))})
          .subjects(rule),
      IsEmpty());
}

}  // namespace
}  // namespace tierline
