#include "inventory/id_table.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <vector>

namespace tierline {
namespace {

TEST(IdTable, HasNothingAtFirst) {
  const IdTable table;
  table.prefetch({1, 2});
  EXPECT_EQ(table.find({0, 0}), IdTable::none);
}

TEST(IdTable, KeepsTheFirstNumberOfAnId) {
  IdTable table;
  EXPECT_EQ(table.insert({1, 2}, 7), 7U);
  EXPECT_EQ(table.insert({1, 2}, 8), 7U);
  EXPECT_EQ(table.insert({0, 0}, 9), 9U);
  EXPECT_EQ(table.find({1, 2}), 7U);
  EXPECT_EQ(table.find({0, 0}), 9U);
  EXPECT_EQ(table.find({2, 1}), IdTable::none);
}

TEST(IdTable, FindsEveryIdWhetherThereWasRoomOrNot) {
  for (const std::size_t reserved : {0U, 10U, 5000U}) {
    IdTable table;
    table.reserve(reserved);
    std::map<Id128, std::uint32_t> expected;
    std::mt19937_64 random(reserved);
    for (std::uint32_t number = 0; number < 5000; ++number) {
      // Few bits, so that ids come again and are much alike.
      const Id128 id{random() % 64, random() % 64};
      EXPECT_EQ(table.insert(id, number), expected.try_emplace(id, number).first->second);
    }
    for (std::uint64_t high = 0; high < 65; ++high) {
      for (std::uint64_t low = 0; low < 65; ++low) {
        const auto known = expected.find({high, low});
        EXPECT_EQ(table.find({high, low}), known == expected.end() ? IdTable::none : known->second);
      }
    }
  }
}

TEST(IdTable, SpreadsIdsThatAreMuchAlike) {
  constexpr std::uint32_t count = 300'000;
  for (const auto id_of : {+[](std::uint64_t i) {
                             return Id128{i, 0x9E3779B97F4A7C15U};
                           },
                           +[](std::uint64_t i) {
                             return Id128{0, i};
                           },
                           +[](std::uint64_t i) {
                             return Id128{i << 40U, i << 40U};
                           }}) {
    IdTable table;
    for (std::uint32_t i = 0; i < count; ++i) {
      table.insert(id_of(i), i);
    }
    // Would take minutes if they stood in each other's way.
    for (std::uint32_t i = 0; i < count; ++i) {
      ASSERT_EQ(table.find(id_of(i)), i);
    }
  }
}

TEST(IdTable, ChangesEachNumberOnce) {
  IdTable table;
  for (std::uint32_t number = 0; number < 100; ++number) {
    table.insert({number, 1}, number);
  }
  std::size_t count = 0;
  table.each([&](std::uint32_t& number) {
    number += 1000;
    ++count;
  });
  EXPECT_EQ(count, 100U);
  EXPECT_EQ(table.find({42, 1}), 1042U);
}

}  // namespace
}  // namespace tierline
