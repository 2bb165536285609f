#include <gmock/gmock.h>

#include "rules/acceptances.h"

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* rule = "acceptance-unused";

TEST(AcceptanceUnused, FlagsWhatNoFindingFits) {
  EXPECT_THAT(given_accepting("external Shop; system Cart @ann; Shop -> Cart",
                              {accepting("owner-missing", "Bank"), accepting("owner-missing")})
                  .messages(rule),
              ElementsAre("owner-missing (item Bank): accepts nothing: there is no such finding"));
}

TEST(AcceptanceUnused, FlagsWhatHasExpiredAndHasNothingLeftToAccept) {
  EXPECT_THAT(
      given_accepting(
          "external Shop; system Cart @ann; Shop -> Cart",
          {until("2026-11-01", accepting("owner-missing", "Shop")), accepting("owner-missing")})
          .messages(rule),
      ElementsAre("owner-missing (item Shop): has expired, and there is nothing left that it "
                  "accepted"));
}

TEST(AcceptanceUnused, SaysNothingBeforeItsFirstDay) {
  Acceptance one = accepting("owner-missing", "Bank");
  one.created = "2026-11-22";
  EXPECT_THAT(
      given_accepting("external Shop; system Cart @ann; Shop -> Cart", {one}).subjects(rule),
      IsEmpty());
}

TEST(AcceptanceUnused, DoesNotJudgeWhatTheRunDidNotLookFor) {
  const auto unused = [](RuleSelection rules) {
    const Given estate =
        given_accepting("external Shop @ann; system Cart @ann; Shop -> Cart",
                        {accepting("owner-missing")}, AcceptancePolicy::off, std::move(rules));
    EXPECT_NE(estate.subjects(rule).empty(), estate.not_evaluated(rule).empty());
    return estate.subjects(rule).size();
  };
  EXPECT_EQ(unused({}), 1U);
  EXPECT_EQ(unused({.skip = {"owner-missing"}}), 0U);
  EXPECT_EQ(unused({.only = {rule}}), 0U);
}

TEST(AcceptanceUnused, FlagsAFingerprintOnlyWhereEveryRuleWasAsked) {
  Acceptance one = accepting("");
  one.fingerprint = "0123456789abcdef0123456789abcdef";
  EXPECT_THAT(
      given_accepting("external Shop; system Cart @ann; Shop -> Cart", {one}).subjects(rule),
      IsEmpty());
}

}  // namespace
}  // namespace tierline
