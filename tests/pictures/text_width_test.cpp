#include "pictures/text_width.h"

#include <gmock/gmock.h>

namespace tierline {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(TextWidth, IsThatOfHelvetica) {
  EXPECT_THAT(text_width("Payroll", 1000), DoubleNear(667 + 556 + 500 + 333 + 556 + 222 + 222, 1));
  EXPECT_GT(text_width("Payroll", 12, Weight::bold), text_width("Payroll", 12));
  EXPECT_EQ(text_width("", 12), 0);
}

TEST(TextWidth, OfALetterWithMarksIsThatOfTheLetter) {
  EXPECT_EQ(text_width("ế", 100), text_width("e", 100));
  EXPECT_EQ(text_width("e\u0301\u0302", 100), text_width("e", 100));
}

TEST(TextWidth, OfIdeographsIsTheirSize) {
  EXPECT_EQ(text_width("給与計算", 10), 40);
}

TEST(TextWidth, OfHebrewAndArabicIsThatOfTheirWords) {
  EXPECT_EQ(text_width("\u05D3\u05E0\u05D4", 100), 3 * 64);
  EXPECT_EQ(text_width("\u0634\u064A\u0643", 100), 3 * 64);
}

TEST(Fit, LeavesWhatFits) {
  EXPECT_EQ(fit("Payroll", 100, 12), "Payroll");
}

TEST(Fit, EndsInAnEllipsisWhereItCuts) {
  EXPECT_EQ(fit("Payroll and more", 60, 12), "Payroll a…");
  EXPECT_EQ(fit("Payroll, and more", 57, 12), "Payroll…");
  EXPECT_EQ(fit("Payroll", 1, 12), "…");
}

TEST(Fit, NeverTakesACharacterApart) {
  const std::string family = "👩‍👩‍👧‍👦";
  const std::string accented = "e\u0301\u0302";
  for (double room = 12; room < 100; room += 1) {
    for (const std::string& cluster : {family, accented}) {
      std::string shown = fit(cluster + cluster + cluster + cluster, room, 12);
      if (shown.ends_with("…")) {
        shown.resize(shown.size() - 3);
      }
      EXPECT_EQ(shown.size() % cluster.size(), 0U) << shown;
    }
  }
}

TEST(Fit, NeverTakesMoreRoomThanThereIs) {
  const std::string text = "Ä wide name, 給与計算 \u0634\u064A\u0643 and\xFF more";
  for (double room = 12; room < 300; room += 1) {
    EXPECT_LE(text_width(fit(text, room, 12), 12), room);
  }
}

TEST(Wrap, BreaksAtBlanks) {
  EXPECT_THAT(wrap("Store Network - Branch Link", 90, 12, Weight::regular, 3),
              ElementsAre("Store Network -", "Branch Link"));
}

TEST(Wrap, CutsTheLastLine) {
  EXPECT_THAT(wrap("Store Network - Branch Link", 60, 12, Weight::regular, 2),
              ElementsAre("Store", "Network…"));
  EXPECT_THAT(wrap("Storenetworkbranchlink", 60, 12, Weight::regular, 2), ElementsAre("Storenet…"));
}

TEST(Wrap, BreaksAnywhereBetweenIdeographs) {
  EXPECT_THAT(wrap("給与計算サービス", 50, 10, Weight::regular, 2),
              ElementsAre("給与計算サ", "ービス"));
}

TEST(RunsLeftwards, IsDecidedByTheFirstLetter) {
  EXPECT_TRUE(runs_leftwards("12 שכר Payroll"));
  EXPECT_TRUE(runs_leftwards("رواتب"));
  EXPECT_FALSE(runs_leftwards("Payroll שכר"));
  EXPECT_FALSE(runs_leftwards("12"));
}

}  // namespace
}  // namespace tierline
