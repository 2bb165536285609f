#pragma once
// Where the cards of a neighbourhood stand, and how the lines between them run. Pure: the same
// model gives the same layout.

#include <array>
#include <vector>

#include "pictures/canvas.h"
#include "pictures/neighbourhood.h"

namespace tierline {

struct CardMeasures {
  double width = 204;
  double height = 44;
  double column_gap = 92;
};

/// A stretch of a line: from one point to the next, level at both.
struct Stretch {
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  double bulge = 0;  ///< Of an arc within a column: how far right of its ends it runs.
};

struct NeighbourhoodLayout {
  std::vector<Rect> cards;                    ///< In the order of the model.
  std::vector<std::vector<Stretch>> edges;    ///< The same.
  std::vector<bool> begins_zone;              ///< Over this card stands what its zone is.
  std::array<double, column_count> column_x;  ///< Left edges; -1 of columns that are empty.
  double width = 0;
  double height = 0;
};

/// How much a card of several items is larger to the right and below: a second one is seen under
/// it.
inline constexpr double pile = 5;
/// How far the border around a focus stands out.
inline constexpr double halo = 4;

NeighbourhoodLayout layout_of(const Neighbourhood& model, const CardMeasures& measures);

}  // namespace tierline
