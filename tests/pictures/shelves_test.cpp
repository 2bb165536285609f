#include "pictures/shelves.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

namespace tierline {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr ShelfMeasures measures = {
    .room = 100, .cell = 10, .row = 10, .sides = 2, .head = 20, .box_gap = 5};

std::vector<std::size_t> columns(const std::vector<Shelf>& shelves) {
  std::vector<std::size_t> all;
  for (const Shelf& shelf : shelves) {
    all.insert(all.end(), shelf.columns.begin(), shelf.columns.end());
  }
  return all;
}

TEST(Shelves, AreNoneWithoutBoxes) {
  EXPECT_THAT(pack({}, measures), IsEmpty());
}

TEST(Shelves, HoldBoxesOfOneHeightSideBySide) {
  const auto shelves = pack(std::vector<std::size_t>{8, 4, 2}, measures);
  ASSERT_EQ(shelves.size(), 1U);
  EXPECT_EQ(shelves[0].rows, 2U);
  EXPECT_THAT(shelves[0].columns, ElementsAre(4, 2, 1));
}

TEST(Shelves, GiveEveryBoxTheLeastColumns) {
  ShelfMeasures wide = measures;
  wide.least = 4;
  EXPECT_THAT(columns(pack(std::vector<std::size_t>{1, 1, 9}, wide)), ElementsAre(4, 4, 9));
}

TEST(Shelves, HoldABoxThatIsTooWideAlone) {
  ShelfMeasures narrow = measures;
  narrow.room = 5;
  const auto shelves = pack(std::vector<std::size_t>{3, 2}, narrow);
  ASSERT_EQ(shelves.size(), 2U);
  EXPECT_EQ(shelves[0].rows, 3U);
  EXPECT_THAT(columns(shelves), ElementsAre(1, 1));
}

TEST(Shelves, AreStretchedToTheWidestUnlessTheyAreHalfEmpty) {
  const Shelf shelf{0, {3, 4}, 2};  // 79 wide.
  EXPECT_EQ(stretch_of(shelf, 93, measures), 2);
  EXPECT_EQ(stretch_of(shelf, 79, measures), 0);
  EXPECT_EQ(stretch_of(shelf, 200, measures), 0);
}

/// The least height of all ways to put boxes on shelves, and of all numbers of rows.
double least_height(const std::vector<std::size_t>& cells, std::size_t begin) {
  if (begin == cells.size()) {
    return 0;
  }
  double best = 1e9;
  for (std::size_t end = begin + 1; end <= cells.size(); ++end) {
    for (std::size_t rows = 1; rows <= 12; ++rows) {
      Shelf shelf{begin, {}, rows};
      for (std::size_t i = begin; i < end; ++i) {
        shelf.columns.push_back((cells[i] + rows - 1) / rows);
      }
      if (width_of(shelf, measures) <= measures.room) {
        best = std::min(best, height_of(std::vector{shelf}, measures) + least_height(cells, end));
        break;
      }
    }
  }
  return best;
}

TEST(Shelves, AreAsLowAsCanBe) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::size_t> cells(1 + random() % 6);
    for (std::size_t& count : cells) {
      count = 1 + random() % 12;
    }
    const auto shelves = pack(cells, measures);
    EXPECT_EQ(height_of(shelves, measures), least_height(cells, 0));
    for (const Shelf& shelf : shelves) {
      EXPECT_LE(width_of(shelf, measures), measures.room);
      for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
        EXPECT_GE(shelf.columns[k] * shelf.rows, cells[shelf.first + k]);
      }
    }
    EXPECT_EQ(columns(shelves).size(), cells.size());
  }
}

}  // namespace
}  // namespace tierline
