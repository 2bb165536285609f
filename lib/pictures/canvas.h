#pragma once
// Writes SVG. Colours are tokens: as plain attributes, which every reader understands, and where
// the picture follows its viewer's preference, the dark ones in a media query over classes besides.
// Coordinates are in pixels. What is written does not depend on fonts or on the machine.

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pictures/text_width.h"
#include "pictures/tokens.h"
#include "tierline/inventory.h"
#include "tierline/report.h"

namespace tierline {

struct Rect {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
};

/// How a shape is filled and bordered.
struct ShapeStyle {
  Token fill = Token::none;
  Token stroke = Token::none;
  double stroke_width = 1;
  std::string_view dashes = {};
  double radius = 0;  ///< Of a rectangle's corners.
};

enum class Anchor : std::uint8_t { start, middle, end };

struct TextStyle {
  double size = 12;
  Token fill = Token::ink;
  Weight weight = Weight::regular;
  Anchor anchor = Anchor::start;
  /// A sentence of ours, with or without a name in it: runs rightwards whatever its first letter
  /// is.
  bool is_sentence = false;
};

class Canvas {
 public:
  explicit Canvas(Theme theme) : theme_(theme) {}

  /// Borders lie inside.
  void rect(Rect rect, const ShapeStyle& paint);
  void circle(double x, double y, double radius, const ShapeStyle& paint);
  void path(std::string_view commands, const ShapeStyle& paint);
  /// A line of text on that base line, in full: see `fit`. Returns its width.
  double text(double x, double y, std::string_view text, const TextStyle& style);
  /// What follows is one thing of that title, until it is closed; it leads to that address, which
  /// has to be safe (link.h), where there is one.
  void open(std::string_view title, std::string_view link = {});
  void close();

  /// All of it, in an area of that size.
  [[nodiscard]] std::string svg(double width, double height, std::string_view title,
                                std::string_view description) const;

 private:
  std::string paint(const ShapeStyle& paint);
  std::string attribute(std::string_view name, Token token, std::string& classes);

  Theme theme_;
  std::string body_;
  std::vector<std::string_view> open_;                 ///< What closes them.
  std::set<std::pair<std::string_view, Token>> used_;  ///< By attribute.
};

/// A coordinate, with at most two decimals.
std::string number(double value);

// --- the signs that all pictures share

/// Disc: customers outside. Half disc: inside. Ring: other services. Broken ring: nobody knows. It
/// is 10 pixels wide, around its centre.
void draw_facing(Canvas& canvas, double x, double y, Facing facing, bool is_muted);
/// A word that must not be overlooked, filled or in outline, on that base line. Returns its width.
double draw_tag(Canvas& canvas, double x, double y, std::string_view word, bool is_filled);
double tag_width(std::string_view word);
/// How many findings; filled where the worst is critical or high. `right` is its right edge, `y`
/// its middle. Returns its width.
double draw_badge(Canvas& canvas, double right, double y, std::size_t count, bool is_grave);
double badge_width(std::size_t count);

}  // namespace tierline
