#include "input/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "input/input.h"

namespace tierline::scan {
namespace {

/// A block of bytes that mean something to somebody, among others.
std::string some_block(std::mt19937& random) {
  constexpr std::string_view bytes = "\"\n,{}[]\\\t \x7F\x80\xFF";
  std::string text(block_size, 'a');
  for (int i = 0; i < 8; ++i) {
    text[random() % block_size] = bytes[random() % bytes.size()];
  }
  return text;
}

std::uint64_t bits_where(std::string_view block, bool (*condition)(char)) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < block_size; ++i) {
    bits |= std::uint64_t{condition(block[i])} << i;
  }
  return bits;
}

template <typename Block>
void expect_to_see_each_byte() {
  std::mt19937 random(1);
  for (int round = 0; round < 1000; ++round) {
    const std::string text = some_block(random);
    const Block block(text.data());
    const std::uint64_t quotes = bits_where(text, [](char c) { return c == '"'; });
    EXPECT_EQ(block.equal('"'), quotes);
    EXPECT_EQ(block.equal('\x80'), bits_where(text, [](char c) { return c == '\x80'; }));
    EXPECT_EQ(block.equal_folded('{'),
              bits_where(text, [](char c) { return c == '{' || c == '['; }));
    EXPECT_EQ(block.controls(), bits_where(text, [](char c) { return c == '\n' || c == '\t'; }));
    EXPECT_EQ(block.is_ascii(),
              bits_where(text, [](char c) { return c == '\x80' || c == '\xFF'; }) == 0);
    EXPECT_EQ(Block::prefix_xor(quotes), Block128::prefix_xor(quotes));
  }
}

TEST(Scan, BlocksOf128BitsSeeEachByte) {
  expect_to_see_each_byte<Block128>();
}

#ifdef __SSE2__
TEST(Scan, BlocksOf256BitsSeeEachByte) {
  if (!have_256_bit_blocks()) {
    GTEST_SKIP() << "this processor has no registers of 32 bytes";
  }
  expect_to_see_each_byte<Block256>();
}

TEST(Scan, BlocksOf512BitsSeeEachByte) {
  if (!have_512_bit_blocks()) {
    GTEST_SKIP() << "this processor has no registers of 64 bytes";
  }
  expect_to_see_each_byte<Block512>();
}
#endif

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
    BitIndexer places(masks);
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
