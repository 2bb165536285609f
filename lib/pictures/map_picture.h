#pragma once
// The map as SVG, in the form that its size asks for.

#include <string>

#include "pictures/map.h"

namespace tierline {

/// So many services have a card, or a line, each.
inline constexpr std::size_t most_cards = 60;
inline constexpr std::size_t most_lines = 600;

std::string draw_map(Map map, const ReportStyle& style);

}  // namespace tierline
