#pragma once
// What is on a picture, as a reader of SVG sees it: texts and rectangles, where they are.

#include <string>
#include <vector>

#include "pictures/canvas.h"

namespace tierline {

struct DrawnText {
  Rect rect;  ///< By the widths that the picture was laid out with.
  std::string text;
  double size = 0;  ///< Of its font, in pixels.
};

struct Drawn {
  bool is_well_formed = false;
  double width = 0;
  double height = 0;
  std::string title;
  std::string description;
  std::vector<DrawnText> texts;
  std::vector<Rect> rects;          ///< Without those of the whole picture and of patterns.
  std::vector<std::string> titles;  ///< Of its parts.

  [[nodiscard]] bool shows(std::string_view text) const;
};

Drawn drawn(const std::string& svg);

/// What is wrong with its layout, in words: texts that overlap one another, that stick out of the
/// picture, or out of the rectangle in which they begin.
std::vector<std::string> layout_faults(const Drawn& drawn);

}  // namespace tierline
