#include "support/interner.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace tierline {
namespace {

TEST(TextNumbers, KnowsNothingAtFirst) {
  TextNumbers numbers;
  EXPECT_EQ(numbers.find(""), std::nullopt);
  EXPECT_EQ(numbers.find("x"), std::nullopt);
}

TEST(TextNumbers, FindsWhatWasAddedHoweverOftenAndInWhichOrder) {
  TextNumbers numbers;
  std::map<std::string, std::uint32_t> expected;
  std::mt19937 random(1);
  for (std::uint32_t round = 0; round < 20'000; ++round) {
    // Few letters, so that texts come again, and many that look alike at both ends.
    std::string text(random() % 6, 'a');
    for (char& c : text) {
      c = static_cast<char>('a' + random() % 3);
    }
    const auto known = expected.find(text);
    const auto found = numbers.find(text);
    if (known == expected.end()) {
      EXPECT_EQ(found, std::nullopt) << text;
      numbers.add(text, round);
      expected.emplace(text, round);
    } else {
      EXPECT_EQ(found, known->second) << text;
    }
  }
}

}  // namespace
}  // namespace tierline
