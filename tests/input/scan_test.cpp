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
    const std::uint64_t quotes = narrow.equal('"');
    EXPECT_EQ(Block::prefix_parity(quotes), WideBlock::prefix_parity(quotes));
  }
#endif
}

TEST(Scan, FindsThePlaceOfEachBit) {
  std::mt19937_64 random(1);
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 500U}) {
    std::vector<std::uint64_t> masks;
    std::vector<std::uint32_t> expected;
    for (std::uint32_t i = 0; i < size; ++i) {
      masks.push_back(i % 3 == 0 ? random() : i % 3 == 1 ? 0 : ~std::uint64_t{0});
      for (std::uint32_t bit = 0; bit < block_size; ++bit) {
        if ((masks.back() >> bit & 1U) != 0) {
          expected.push_back(i * 64 + bit);
        }
      }
    }
    Places places(masks);
    std::vector<std::uint32_t> found;
    do {
      const std::size_t some = places.at_hand().size() * 2 / 3;  // What is left is kept.
      found.insert(found.end(), places.at_hand().begin(), places.at_hand().begin() + some);
      places.pass(some);
    } while (places.find_more());
    found.insert(found.end(), places.at_hand().begin(), places.at_hand().end());
    EXPECT_EQ(found, expected) << size;
  }
}

TEST(Scan, TellsWhetherAnyBitIsSetInBetween) {
  for (const std::size_t bit : {0U, 1U, 63U, 64U, 130U, 191U}) {
    std::vector<std::uint64_t> masks(3);
    masks[bit / 64] = std::uint64_t{1} << bit % 64;
    for (std::size_t first = 0; first < 192; ++first) {
      for (std::size_t last = first; last < 192; ++last) {
        EXPECT_EQ(any_of(masks, first, last), first <= bit && bit <= last)
            << bit << " " << first << " " << last;
      }
    }
  }
}

TEST(Scan, FindsHowFarItIsToACharacter) {
  for (std::size_t size = 0; size < 70; ++size) {
    const Buffer text(std::string(size, 'x') + "\"y\"");
    EXPECT_EQ(distance_to<'"'>(text.data()), size);
    const std::size_t to_first = distance_to<'"', 'x'>(text.data());
    EXPECT_EQ(to_first, 0U);
    const std::size_t to_last = distance_to<'y', 'z'>(text.data());
    EXPECT_EQ(to_last, size + 1);
  }
}

}  // namespace
}  // namespace tierline::scan
