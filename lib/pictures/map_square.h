#pragma once
// A service as a square: its form and its colour say the same.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pictures/canvas.h"
#include "pictures/frame.h"
#include "pictures/map.h"

namespace tierline {

/// What a square says of a service, in the order in which they stand.
enum class SquareKind : std::uint8_t { both, unowned, orphan, flawed, unjudged, sound, idle };
inline constexpr std::array<SquareKind, 7> square_kinds = {
    SquareKind::both,     SquareKind::unowned, SquareKind::orphan, SquareKind::flawed,
    SquareKind::unjudged, SquareKind::sound,   SquareKind::idle};

/// How many squares there are of each kind.
using SquareCounts = std::array<std::size_t, square_kinds.size()>;

/// `no accountable owner`
std::string_view words_of(SquareKind kind);
SquareKind square_kind_of(const MapService& service);
/// Squares of one kind: `outlines` are theirs (`square_outline`), one after the other.
void draw_squares(Canvas& canvas, SquareKind kind, std::string_view outlines);
std::string square_outline(SquareKind kind, double x, double y, double size);
/// Of the kinds that occur.
LegendRow legend_of_squares(std::string label, const SquareCounts& counts);

}  // namespace tierline
