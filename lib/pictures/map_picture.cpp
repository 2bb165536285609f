#include "pictures/map_picture.h"

#include <algorithm>

#include "pictures/map_form.h"

namespace tierline {
namespace {

constexpr double margin = 32;
/// Narrower, the title and the answers have no room.
constexpr double least_body = 560;

/// On a slide, which is some 960 points wide, texts of a wider picture are smaller than 8 points.
constexpr double widest_with_readable_texts = 1440;
/// With fewer boxes, a map of squares says too little.
constexpr std::size_t least_boxes_of_squares = 24;

std::unique_ptr<MapForm> form_of(Map& map) {
  if (map.services <= most_cards) {
    return cards(map);
  }
  if (map.services <= most_lines) {
    limit_boxes(map, most_boxes_of_lines);
    return lines(map);
  }
  limit_boxes(map, most_boxes_of_squares);
  return squares(map);
}

class MapPicture {
 public:
  MapPicture(Map map, const ReportStyle& style)
      : map_(std::move(map)), style_(style), form_(form_of(map_)), legend_(form_->legend()) {
    heading_ = {map_.title, {}, map_.as_of};
    for (std::string answer : {who_answers(map_.answers), who_is_served(map_.answers)}) {
      if (!answer.empty()) {
        heading_.sentences.push_back(std::move(answer));
      }
    }
  }

  std::string draw() {
    const double asked = style_.width != 0 ? style_.width : readable_width();
    const Size body = form_->arrange(asked - 2 * margin);
    const double width = style_.width != 0 ? asked : fitted(body);
    Canvas canvas(style_.theme);
    const double height = size(nullptr, width, body).height;
    canvas.rect({0, 0, width, height}, {.fill = Token::paper});
    size(&canvas, width, body);
    return canvas.svg(width, height, map_.title, description());
  }

 private:
  /// Measures the whole picture, and draws it where there is a canvas.
  Size size(Canvas* canvas, double width, const Size& body) {
    Frame frame(canvas, margin, width);
    frame.heading(heading_);
    const double top = frame.picture(body.height);
    if (canvas != nullptr) {
      form_->draw(*canvas, margin, top);
    }
    frame.legend(legend_);
    frame.notes(map_.notes);
    return {width, frame.height()};
  }

  static double fitted(const Size& body) { return std::max(body.width, least_body) + 2 * margin; }

  /// The best width. Of many squares it is the portfolios that take the room: no more of them are
  /// told apart than leaves texts that can be read.
  double readable_width() {
    double width = best_width();
    std::size_t boxes = map_.boxes.size();
    while (map_.services > most_lines && width > widest_with_readable_texts &&
           boxes > least_boxes_of_squares) {
      boxes = std::max(least_boxes_of_squares, boxes * 4 / 5);
      limit_boxes(map_, boxes);
      form_ = squares(map_);
      width = best_width();
    }
    return width;
  }

  /// The width with which texts are largest on a slide of 16 to 9.
  double best_width() {
    constexpr int step = 20;
    const auto [least, most] = form_->widths();
    double best = 0;
    double best_scale = 0;
    for (int width = least; width <= most; width += step) {
      const Size body = form_->arrange(width - 2 * margin);
      const Size whole = size(nullptr, fitted(body), body);
      const double scale = std::min(16 / whole.width, 9 / whole.height);
      if (scale > best_scale) {
        best = width;
        best_scale = scale;
      }
    }
    return best;
  }

  [[nodiscard]] std::string description() const {
    std::string text;
    for (const std::string& sentence : heading_.sentences) {
      text += (text.empty() ? "" : " ") + sentence;
    }
    return text;
  }

  Map map_;
  const ReportStyle& style_;
  std::unique_ptr<MapForm> form_;
  std::vector<LegendRow> legend_;
  Heading heading_;
};

}  // namespace

std::string draw_map(Map map, const ReportStyle& style) {
  return MapPicture(std::move(map), style).draw();
}

}  // namespace tierline
