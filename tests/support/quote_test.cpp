#include "support/quote.h"

#include <gtest/gtest.h>

namespace tierline {
namespace {

TEST(Quote, TellsTheLengthOnlyWhileContentsAreHidden) {
  {
    const HiddenContents outer(true);
    const HiddenContents unwanted(false);
    EXPECT_EQ(quoted("Zöllner"), "[7 characters]");
    EXPECT_EQ(as_said("Z"), "[1 character]");
    { const HiddenContents inner(true); }
    EXPECT_EQ(quoted(""), "[0 characters]");
  }
  const HiddenContents unwanted(false);
  EXPECT_EQ(quoted("Zöllner"), "'Zöllner'");
  EXPECT_EQ(as_said("Zöllner"), "Zöllner");
}

}  // namespace
}  // namespace tierline
