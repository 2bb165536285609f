#include <gtest/gtest.h>

#include "support/money.h"
#include "tierline/dates.h"
#include "tierline/profile.h"

namespace tierline {
namespace {

TEST(Dates, AreReadAsExportsWriteThem) {
  for (const char* text :
       {"2026-11-21", "2026-11-21 08:30:00", " 2026-11-21T08:30:00Z ", "21.11.2026",
        "21/11/2026 08:30:00", "11/21/2026 8:30:00", "1795249800", "1795249800000", "21.11.26",
        "21-Nov-2026", "21-NOV-26", "21 November 2026"}) {
    EXPECT_EQ(parse_day(text), "2026-11-21") << text;
  }
  for (const char* text : {"2026-11-21 08:30:00", "2026-11-21 8:30:00", "2026-11-21T08:30:00Z",
                           "2026-11-21T09:30:00+0100", "2026-11-21T03:00:00-05:30",
                           "21.11.2026 8:30", "1795249800", "1795249800000"}) {
    EXPECT_EQ(parse_seconds(text), 1795249800U) << text;
  }
}

TEST(Dates, AreReadAsTheSchemaOfProfilesSays) {
  for (const char* text :
       {"2026-11-21", "2026-11-21 8:30:00", "2026-11-21T08:30:00+01:00", "21.11.2026", "21.11.26",
        "21-Nov-2026", "21 November 2026", "1795249800", "21/11/2026"}) {
    EXPECT_NE(profile_schema().find(text), std::string_view::npos) << text;
    EXPECT_EQ(parse_day(text), "2026-11-21") << text;
  }
  for (const char* text : {"03/04/2026", "21/11/26"}) {
    EXPECT_NE(profile_schema().find(text), std::string_view::npos) << text;
    EXPECT_EQ(parse_day(text), std::nullopt) << text;
  }
}

TEST(Dates, OfTwoMeaningsNeedTheOrderToBeSaid) {
  EXPECT_EQ(parse_day("03/04/2026"), std::nullopt);
  EXPECT_EQ(parse_day("03/04/2026", DateOrder::day_first), "2026-04-03");
  EXPECT_EQ(parse_day("03/04/2026", DateOrder::month_first), "2026-03-04");
  EXPECT_EQ(parse_day("04/04/2026"), "2026-04-04");
  EXPECT_EQ(parse_day("25/04/26"), std::nullopt);
  EXPECT_EQ(parse_day("25/04/26", DateOrder::day_first), "2026-04-25");
}

TEST(Dates, AnythingElseIsNone) {
  for (const char* text :
       {"", "UNKNOWN", "2026", "2026-13-01", "2026-02-30", "21-11-2026", "1.2", "21 Nov",
        "21-Foo-2026", "31/31/2026", "2026-11", "-1", "99999999999999999999"}) {
    EXPECT_EQ(parse_day(text), std::nullopt) << text;
    EXPECT_EQ(parse_seconds(text), 0U) << text;
  }
}

TEST(AmountsOfMoney, AreReadAsExportsWriteThem) {
  const auto cents = [](const char* text) {
    return parse_money(text).value_or(Money{-1, ""}).cents;
  };
  EXPECT_EQ(cents("3,665"), 366500);
  EXPECT_EQ(cents("1,014.12"), 101412);
  EXPECT_EQ(cents("1.014,12"), 101412);
  EXPECT_EQ(cents("1,234,567"), 123456700);
  EXPECT_EQ(cents("415,19"), 41519);
  EXPECT_EQ(cents("415.1"), 41510);
  EXPECT_EQ(cents("0.129"), 12);
  EXPECT_EQ(cents("12"), 1200);
  EXPECT_EQ(cents("-7.50"), -750);
  EXPECT_EQ(parse_money("3.665", ',')->cents, 366500);
  EXPECT_EQ(parse_money("3,665", ',')->cents, 366);
}

TEST(AmountsOfMoney, HaveTheCurrencyThatStandsBesideThem) {
  EXPECT_EQ(parse_money("$699.99"), (Money{69999, "USD"}));
  EXPECT_EQ(parse_money("415,19 eur"), (Money{41519, "EUR"}));
  EXPECT_EQ(parse_money("CHF 12"), (Money{1200, "CHF"}));
  EXPECT_EQ(parse_money("12 €"), (Money{1200, "EUR"}));
}

TEST(AmountsOfMoney, AnythingElseIsNone) {
  for (const char* text : {"", "-", "free", "12 apples", "EUR 12 USD", "1x2", "12,34.5,6x",
                           "9999999999999999999999"}) {
    EXPECT_EQ(parse_money(text), std::nullopt) << text;
  }
}

TEST(AmountsOfMoney, AreShownWithGroupsAndCents) {
  EXPECT_EQ(to_string(Money{123456789, "EUR"}), "1,234,567.89 EUR");
  EXPECT_EQ(to_string(Money{-5, ""}), "-0.05");
}

}  // namespace
}  // namespace tierline
