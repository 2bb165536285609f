#include "support/growing_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

namespace tierline {
namespace {

TEST(GrowingList, KeepsWhatWasAddedInItsOrder) {
  GrowingList<std::uint64_t> list;
  std::vector<std::uint64_t> expected;
  EXPECT_TRUE(list.empty());
  for (std::size_t count = 0; count < 2000; count += 37) {
    const std::span<std::uint64_t> added = list.add(count);
    ASSERT_EQ(added.size(), count);
    std::iota(added.begin(), added.end(), expected.size());
    expected.insert(expected.end(), added.begin(), added.end());
  }
  EXPECT_EQ(std::vector(list.begin(), list.end()), expected);
  EXPECT_EQ(list[1234], 1234U);
  list.clear();
  EXPECT_TRUE(list.empty());
}

}  // namespace
}  // namespace tierline
