#include <fmt/format.h>
#include <gmock/gmock.h>

#include "rules/acceptances.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "acceptance-too-broad";

std::string services(int count) {
  std::string all = "external s0";
  for (int i = 1; i < count; ++i) {
    all += fmt::format("; external s{}", i);
  }
  return all;
}

TEST(AcceptanceTooBroad, FlagsOneThatFitsMoreThanFifty) {
  EXPECT_THAT(given_accepting(services(50), {accepting("owner-missing")}).subjects(rule),
              IsEmpty());
  const Given estate = given_accepting(services(51), {accepting("owner-missing")});
  EXPECT_THAT(estate.messages(rule),
              ElementsAre("owner-missing: fits 51 findings, and one decision should not be about "
                          "more than 50"));
  EXPECT_EQ(accepted_in(estate).size(), 51U) << "they are accepted all the same";
}

TEST(AcceptanceTooBroad, CountsWhatAnotherAcceptsForLonger) {
  EXPECT_THAT(given_accepting(services(51), {until("2026-12-30", accepting("owner-missing")),
                                             accepting("owner-missing", "s1")})
                  .subjects(rule),
              ElementsAre("owner-missing"));
}

TEST(AcceptanceTooBroad, KnowsAnotherLimit) {
  RuleSelection rules;
  rules.settings[rule].options["most-findings"] = 2;
  EXPECT_THAT(
      given_accepting(services(3), {accepting("owner-missing")}, AcceptancePolicy::off, rules)
          .subjects(rule),
      ElementsAre("owner-missing"));
}

}  // namespace
}  // namespace tierline
