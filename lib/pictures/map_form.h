#pragma once
// The forms of a map: a card each for few services, a line each for more, with or without owners, a
// line for the worst and squares for the others, squares for thousands. All lay boxes of equal
// cells on shelves (shelves.h), worst first.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "pictures/frame.h"
#include "pictures/map.h"
#include "pictures/shelves.h"

namespace tierline {

struct Size {
  double width = 0;
  double height = 0;
};

/// The picture of a map without what stands around it. The map must outlive it.
class MapForm {
 public:
  virtual ~MapForm() = default;

  /// Lays it out for a width. Returns what it takes.
  virtual Size arrange(double room) = 0;
  /// As it was laid out, from this corner on.
  virtual void draw(Canvas& canvas, double x, double y) const = 0;
  /// Of what occurs, as it was laid out.
  [[nodiscard]] virtual std::vector<LegendRow> legend() const = 0;
  /// The widths worth trying, to fill a slide.
  [[nodiscard]] virtual std::pair<int, int> widths() const = 0;
};

/// What lines say, and of how many services.
struct LinesStyle {
  double column = 176;
  bool has_owners = false;
  std::size_t named = SIZE_MAX;  ///< Those that need it most have a line, the others a square.
};

std::unique_ptr<MapForm> cards(const Map& map);
std::unique_ptr<MapForm> lines(const Map& map, const LinesStyle& style = {});
std::unique_ptr<MapForm> squares(const Map& map);

/// The smallest text in cards and lines.
inline constexpr double smallest_text = 11;

/// How many boxes there is room for in lines and in squares.
inline constexpr std::size_t most_boxes_of_lines = 60;
inline constexpr std::size_t most_boxes_of_squares = 80;

// --- what the forms share

std::vector<std::size_t> cells_of(const Map& map);
/// Signs of whom services face, and of what is wrong with them.
LegendRow legend_of_services(const Map& map);
LegendRow legend_of_services(std::span<const MapService* const> services);
/// Who owns a service, or why nobody does, where somebody has to be told.
std::string owner_words(const MapService& service);
/// What to say of a box in a line.
std::string line_of(const MapBox& box);
/// The box itself; what is in no portfolio is dashed.
void draw_box(Canvas& canvas, const Rect& rect, const MapBox& box);
/// What a shelf is higher by where a frame stands around any of its boxes; the most that it is of
/// any.
double frame_head(const Map& map, const Shelf& shelf);
double frame_head(const Map& map);
/// How much lower a map is, as not all shelves have frames.
double without_frames(const Map& map, const std::vector<Shelf>& shelves);
/// Frames around those of the boxes that stand side by side, from the first of them on, that are in
/// one group.
void draw_frames(Canvas& canvas, const Map& map, std::size_t first, const std::vector<Rect>& boxes);
/// A card or a line without its contents: grey where it supports nobody, hatched where it is not
/// live, with a thick border where it has no owner.
void draw_ground(Canvas& canvas, const Rect& rect, const MapService& service, double strong);

}  // namespace tierline
