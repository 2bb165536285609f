#pragma once
// The map as SVG, in the form in which it can be read on a slide, or that its width asks for.

#include <string>

#include "pictures/map.h"

namespace tierline {

/// No more services than these have a card, or a line, each; on a slide, fewer.
inline constexpr std::size_t most_cards = 60;
inline constexpr std::size_t most_lines = 600;

/// Of the smallest text of cards, and of all others, on a slide of 13.33 by 7.5 inches.
inline constexpr double least_points_of_cards = 7;
inline constexpr double least_points = 8;

std::string draw_map(Map map, const ReportStyle& style);

}  // namespace tierline
