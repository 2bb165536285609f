#include "pictures/shelves.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace tierline {
namespace {

std::size_t columns_for(std::size_t cells, std::size_t rows, std::size_t least) {
  return std::max(least, (cells + rows - 1) / rows);
}

class Packing {
 public:
  Packing(std::span<const std::size_t> cells, const ShelfMeasures& measures)
      : cells_(cells), measures_(measures), best_(cells.size() + 1) {}

  std::vector<Shelf> shelves() {
    best_.front().height = 0;
    for (std::size_t end = 1; end <= cells_.size(); ++end) {
      find_best(end);
    }
    std::vector<Shelf> shelves;
    for (std::size_t end = cells_.size(); end > 0; end = best_[end].first) {
      shelves.push_back(shelf(best_[end].first, end, best_[end].rows));
    }
    std::ranges::reverse(shelves);
    return shelves;
  }

 private:
  /// The best way to pack the boxes before one: its last shelf, and the height of all.
  struct Best {
    double height = std::numeric_limits<double>::infinity();
    std::size_t first = 0;
    std::size_t rows = 0;
  };

  [[nodiscard]] double width(std::size_t begin, std::size_t end, std::size_t rows) const {
    double width = -measures_.box_gap;
    for (const std::size_t cells : cells_.subspan(begin, end - begin)) {
      width += measures_.box_gap + box_width(columns_for(cells, rows, measures_.least), measures_);
    }
    return width;
  }

  /// The fewest rows with which boxes fit on one shelf; 0 when they do not.
  [[nodiscard]] std::size_t rows_for(std::size_t begin, std::size_t end, std::size_t most) const {
    if (width(begin, end, most) > measures_.room) {
      return end - begin == 1 ? most : 0;
    }
    std::size_t low = 1;
    std::size_t high = most;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (width(begin, end, middle) <= measures_.room) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  void find_best(std::size_t end) {
    std::size_t most = 1;
    for (std::size_t begin = end; begin-- > 0;) {
      most = std::max(most, cells_[begin]);
      const std::size_t rows = rows_for(begin, end, most);
      if (rows == 0) {
        return;  // With more boxes it is wider still.
      }
      const double empty = std::max(0.0, measures_.room - width(begin, end, rows));
      const double height = best_[begin].height + static_cast<double>(rows) * measures_.row +
                            measures_.head + measures_.row * empty / measures_.room / 10;
      if (height < best_[end].height) {
        best_[end] = {height, begin, rows};
      }
    }
  }

  [[nodiscard]] Shelf shelf(std::size_t begin, std::size_t end, std::size_t rows) const {
    Shelf shelf{begin, {}, rows};
    for (const std::size_t cells : cells_.subspan(begin, end - begin)) {
      shelf.columns.push_back(columns_for(cells, rows, measures_.least));
    }
    return shelf;
  }

  std::span<const std::size_t> cells_;
  const ShelfMeasures& measures_;
  std::vector<Best> best_;
};

}  // namespace

std::vector<Shelf> pack(std::span<const std::size_t> cells, const ShelfMeasures& measures) {
  return Packing(cells, measures).shelves();
}

double box_width(std::size_t columns, const ShelfMeasures& measures) {
  return static_cast<double>(columns) * measures.cell + measures.sides;
}

double width_of(const Shelf& shelf, const ShelfMeasures& measures) {
  double width = -measures.box_gap;
  for (const std::size_t columns : shelf.columns) {
    width += measures.box_gap + box_width(columns, measures);
  }
  return width;
}

double stretch_of(const Shelf& shelf, double widest, const ShelfMeasures& measures) {
  constexpr double most = 0.2;
  const double empty = widest - width_of(shelf, measures);
  const std::size_t columns =
      std::accumulate(shelf.columns.begin(), shelf.columns.end(), std::size_t{0});
  return empty > most * widest ? 0 : empty / static_cast<double>(columns);
}

double height_of(std::span<const Shelf> shelves, const ShelfMeasures& measures) {
  double height = 0;
  for (const Shelf& shelf : shelves) {
    height += static_cast<double>(shelf.rows) * measures.row + measures.head;
  }
  return height;
}

}  // namespace tierline
