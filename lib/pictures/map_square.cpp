#include "pictures/map_square.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

ShapeStyle paint_of(SquareKind kind) {
  switch (kind) {
    case SquareKind::both:
      return {.fill = Token::ink};
    case SquareKind::unowned:
      return {.fill = Token::alarm};
    case SquareKind::orphan:
    case SquareKind::idle:
      return {.fill = Token::edge};
    case SquareKind::flawed:
      return {.stroke = Token::facing};
    case SquareKind::unjudged:
      return {.stroke = Token::edge};
    case SquareKind::sound:
      break;
  }
  return {.fill = Token::heat_sound};
}

}  // namespace

std::string_view words_of(SquareKind kind) {
  constexpr std::array<std::string_view, 7> words = {"no owner, and supports nobody",
                                                     "no accountable owner",
                                                     "supports nobody",
                                                     "other findings",
                                                     "not judged in full",
                                                     "nothing found",
                                                     "planned or retired"};
  return words.at(static_cast<std::size_t>(kind));
}

SquareKind square_kind_of(const MapService& service) {
  if (!service.is_live) {
    return SquareKind::idle;
  }
  if (service.is_unowned) {
    return service.supports_nobody ? SquareKind::both : SquareKind::unowned;
  }
  return service.supports_nobody     ? SquareKind::orphan
         : service.findings > 0      ? SquareKind::flawed
         : service.is_judged_in_part ? SquareKind::unjudged
                                     : SquareKind::sound;
}

std::string square_outline(SquareKind kind, double x, double y, double size) {
  const auto rect = [&](double left, double top, double width, double height) {
    return fmt::format("M{} {}h{w}v{}h-{w}z", number(left), number(top), number(height),
                       fmt::arg("w", number(width)));
  };
  switch (kind) {
    case SquareKind::both: {  // With a hole, which runs the other way round.
      const double hole = size * 0.36;
      const double at = (size - hole) / 2;
      return rect(x, y, size, size) + fmt::format("M{} {}v{h}h{h}v-{h}z", number(x + at),
                                                  number(y + at), fmt::arg("h", number(hole)));
    }
    case SquareKind::idle: {
      const double dot = std::max(2.0, size * 0.35);
      return rect(x + (size - dot) / 2, y + (size - dot) / 2, dot, dot);
    }
    case SquareKind::flawed:
    case SquareKind::unjudged:
      return rect(x + 0.5, y + 0.5, size - 1, size - 1);
    case SquareKind::orphan:  // The lower half.
      return rect(x, y + size / 2, size, size / 2);
    case SquareKind::unowned:
    case SquareKind::sound:
      break;
  }
  return rect(x, y, size, size);
}

void draw_squares(Canvas& canvas, SquareKind kind, std::string_view outlines) {
  if (!outlines.empty()) {
    canvas.path(outlines, paint_of(kind));
  }
}

LegendRow legend_of_squares(std::string label, const SquareCounts& counts) {
  LegendRow row{std::move(label), {}};
  for (const SquareKind kind : square_kinds) {
    if (const std::size_t count = counts[static_cast<std::size_t>(kind)]; count > 0) {
      row.signs.push_back({fmt::format("{} {}", with_thousands(count), words_of(kind)), 12,
                           [kind](Canvas& canvas, double x, double y) {
                             draw_squares(canvas, kind, square_outline(kind, x, y - 10, 12));
                           }});
    }
  }
  return row;
}

}  // namespace tierline
