#pragma once
// Boxes of equal cells, in their order, on shelves one below the other. All boxes of a shelf have
// the same number of rows, so that their bottoms are level. Knows nothing of what is in the cells.

#include <cstddef>
#include <span>
#include <vector>

namespace tierline {

/// The measures of what is packed.
struct ShelfMeasures {
  double room = 0;        ///< The width of a shelf.
  double cell = 0;        ///< The width of a column of cells, with the gap to the next one.
  double row = 0;         ///< The height of a row of cells, with the gap to the next one.
  double sides = 0;       ///< What a box is wider than its columns.
  double head = 0;        ///< What a shelf is higher than its rows, with the gap to the next one.
  double box_gap = 0;     ///< Between two boxes of a shelf.
  std::size_t least = 1;  ///< The columns that every box has at least.
};

struct Shelf {
  std::size_t first = 0;             ///< The number of its first box.
  std::vector<std::size_t> columns;  ///< Of each of its boxes.
  std::size_t rows = 0;
};

/// With the least height in all, and as little width left over as that allows. A box that is too
/// wide for a shelf even with the least columns has a shelf of its own.
std::vector<Shelf> pack(std::span<const std::size_t> cells, const ShelfMeasures& measures);

double width_of(const Shelf& shelf, const ShelfMeasures& measures);
double box_width(std::size_t columns, const ShelfMeasures& measures);
/// What each column of a shelf is to be wider by, so that the shelf ends where the widest does;
/// nothing where too much of it is empty.
double stretch_of(const Shelf& shelf, double widest, const ShelfMeasures& measures);
double height_of(std::span<const Shelf> shelves, const ShelfMeasures& measures);

}  // namespace tierline
