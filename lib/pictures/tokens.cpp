#include "pictures/tokens.h"

#include <array>

namespace tierline {
namespace {

/// In the order of `Token`, from `paper` on.
constexpr std::array<Colour, 17> colours = {{
    {"paper", "#ffffff", "#15181c"},
    {"box", "#f2f4f6", "#1d2126"},
    {"card", "#ffffff", "#262b31"},
    {"idle", "#d9dde1", "#3a4149"},
    {"line", "#d5dade", "#343a41"},
    {"edge", "#8a939c", "#727c86"},
    {"hatch", "#c3c9cf", "#4a525a"},
    {"ink", "#16191d", "#e8ebee"},
    {"ink-2", "#434a52", "#b9c1c9"},
    {"ink-3", "#5a626b", "#9aa4ae"},
    {"alarm", "#b23c00", "#ff9c66"},
    {"on-alarm", "#ffffff", "#15181c"},
    {"facing", "#005a96", "#6db6ec"},
    {"facing-wash", "#e9f2f9", "#1b2d3b"},
    {"owned", "#3b4651", "#cfd6dd"},
    {"group", "#aab3bc", "#68727c"},
    {"heat-sound", "#cfdbe6", "#333d47"},
}};

}  // namespace

const Colour& colour_of(Token token) {
  return colours.at(static_cast<std::size_t>(token) - 1);
}

}  // namespace tierline
