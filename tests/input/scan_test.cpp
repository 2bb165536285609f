#include "input/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tierline/input.h"

namespace tierline::scan {
namespace {

TEST(Scan, WideBlocksSeeWhatOthersSee) {
#ifdef __SSE2__
  if (!have_wide_blocks()) {
    GTEST_SKIP() << "this processor has no wide registers";
  }
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    std::string text(block_size, 'a');
    for (int i = 0; i < 8; ++i) {
      text[random() % block_size] = "\"\n,{}[]\\\x80\xFF"[random() % 10];
    }
    const Block narrow(text.data());
    const WideBlock wide(text.data());
    for (const char c : {'"', '\n', ',', '\\', '\x80'}) {
      EXPECT_EQ(narrow.equal(c), wide.equal(c));
    }
    EXPECT_EQ(narrow.equal_folded('{'), wide.equal_folded('{'));
    EXPECT_EQ(narrow.is_ascii(), wide.is_ascii());
  }
#endif
}

TEST(Scan, FindsThePlaceOfEachBit) {
  Places places;
  const std::vector<std::uint64_t> masks = {0b1001, 0, ~std::uint64_t{0}, std::uint64_t{1} << 63U};
  std::vector<std::uint32_t> expected = {64, 67};
  for (std::uint32_t place = 192; place < 256; ++place) {
    expected.push_back(place);
  }
  expected.push_back(319);
  EXPECT_THAT(places.of(masks, 1), testing::ElementsAreArray(expected));
  EXPECT_THAT(places.of({}, 0), testing::IsEmpty());
}

TEST(Scan, TellsPlainTextOfAnyLength) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string plain(size, 'x');
    EXPECT_TRUE(is_ascii_without('"', Buffer(plain + "\"").view().substr(0, size)));
    for (std::size_t at = 0; at < size; ++at) {
      for (const char odd : {'"', '\xC3'}) {
        std::string text = plain;
        text[at] = odd;
        EXPECT_FALSE(is_ascii_without('"', Buffer(text).view())) << size << " " << at;
      }
    }
  }
}

TEST(Scan, FindsHowFarItIsToACharacter) {
  for (std::size_t size = 0; size < 70; ++size) {
    const Buffer text(std::string(size, 'x') + "\"y\"");
    EXPECT_EQ(distance_to('"', text.data()), size);
  }
}

}  // namespace
}  // namespace tierline::scan
