#include "pictures/map_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "pictures/map_form.h"

namespace tierline {
namespace {

constexpr double margin = 32;
/// Narrower, the title and the answers have no room.
constexpr double least_body = 560;

constexpr double slide_width = 960;  // Points.
constexpr double slide_height = 540;
constexpr int width_step = 20;

/// On a slide, texts of 12 pixels of a wider picture are smaller than 8 points.
constexpr double widest_with_readable_texts = 1440;
/// With fewer boxes, a map of squares says too little.
constexpr std::size_t least_boxes_of_squares = 24;
constexpr std::size_t least_boxes_of_lines = 12;

/// Lines that have to share a slide with squares are somewhat shorter.
constexpr double narrow_column = 164;
constexpr std::array<double, 2> columns_with_owners = {300, 240};

class MapPicture {
 public:
  MapPicture(Map map, const ReportStyle& style) : map_(std::move(map)), style_(style) {
    heading_ = {map_.title, {}, map_.as_of};
    for (std::string answer : {who_answers(map_.answers), who_is_served(map_.answers)}) {
      if (!answer.empty()) {
        heading_.sentences.push_back(std::move(answer));
      }
    }
    if (style.width != 0) {
      width_ = style.width;
      choose_by_count();
    } else {
      choose_for_slide();
    }
  }

  std::string draw() {
    const Size body = arrange(width_);
    const double width = style_.width != 0 ? width_ : fitted(body);
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

  Size arrange(double width) {
    const Size body = form_->arrange(width - 2 * margin);
    legend_ = form_->legend();
    return body;
  }

  /// Of a picture that is as wide as that, and as high as it must be.
  void choose_by_count() {
    if (map_.services <= most_cards) {
      form_ = cards(map_);
    } else if (map_.services <= most_lines) {
      limit_boxes(map_, most_boxes_of_lines);
      form_ = lines(map_);
    } else {
      limit_boxes(map_, most_boxes_of_squares);
      form_ = squares(map_);
    }
  }

  /// The form that says most among those that can be read on a slide.
  void choose_for_slide() {
    if (map_.services > most_lines) {
      choose_squares();
      return;
    }
    if (!choose_cards() && !choose_lines_with_owners()) {
      choose_lines();
    }
    width_ = best_width();
  }

  bool choose_cards() {
    if (map_.services > most_cards) {
      return false;
    }
    form_ = cards(map_);
    return is_readable(least_points_of_cards);
  }

  bool choose_lines_with_owners() {
    return std::ranges::any_of(columns_with_owners, [&](double column) {
      form_ = lines(map_, {.column = column, .has_owners = true});
      return is_readable(least_points);
    });
  }

  /// As many services by name as there is room for. Where that is too few, portfolios share a box.
  void choose_lines() {
    limit_boxes(map_, most_boxes_of_lines);
    for (;;) {
      const std::size_t boxes = map_.boxes.size();
      const std::optional<std::size_t> named = most_named();
      const bool are_enough = named && *named >= std::min(services_to_name(), boxes);
      if (are_enough || boxes <= least_boxes_of_lines) {
        take_lines(named.value_or(services_to_name()));
        return;
      }
      limit_boxes(map_, std::max(least_boxes_of_lines, boxes * 4 / 5) - 1);
    }
  }

  void take_lines(std::size_t named) {
    form_ = lines(map_, {.column = narrow_column, .has_owners = false, .named = named});
  }

  /// Nothing where there is not even room for squares alone.
  std::optional<std::size_t> most_named() {
    std::size_t least = 0;
    std::size_t most = map_.services;
    while (least < most) {
      const std::size_t middle = (least + most + 1) / 2;
      take_lines(middle);
      if (is_readable(least_points)) {
        least = middle;
      } else {
        most = middle - 1;
      }
    }
    take_lines(least);
    return least > 0 || is_readable(least_points) ? std::optional(least) : std::nullopt;
  }

  [[nodiscard]] std::size_t services_to_name() const {
    std::size_t count = 0;
    for (const MapBox& box : map_.boxes) {
      count += static_cast<std::size_t>(std::ranges::count_if(box.services, [](const auto& one) {
        return one.is_unowned || one.supports_nobody || one.is_grave;
      }));
    }
    return count;
  }

  /// Of many squares it is the portfolios that take the room: no more of them are told apart than
  /// leaves texts that can be read.
  void choose_squares() {
    limit_boxes(map_, most_boxes_of_squares);
    form_ = squares(map_);
    width_ = best_width();
    std::size_t boxes = map_.boxes.size();
    while (width_ > widest_with_readable_texts && boxes > least_boxes_of_squares) {
      boxes = std::max(least_boxes_of_squares, boxes * 4 / 5);
      limit_boxes(map_, boxes);
      form_ = squares(map_);
      width_ = best_width();
    }
  }

  /// By how much a picture is scaled to be as large as a slide.
  double scale_at(double width) {
    const Size body = arrange(width);
    const Size whole = size(nullptr, fitted(body), body);
    return std::min(slide_width / whole.width, slide_height / whole.height);
  }

  /// As wide as texts allow it, it is lowest.
  bool is_readable(double points) {
    const double widest = slide_width * smallest_text / points;
    return smallest_text * scale_at(std::floor(widest / width_step) * width_step) >= points;
  }

  /// The width with which texts are largest on a slide.
  double best_width() {
    const auto [least, most] = form_->widths();
    double best = 0;
    double best_scale = 0;
    for (int width = least; width <= most; width += width_step) {
      const double scale = scale_at(width);
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
  double width_ = 0;  ///< Of the picture.
  Heading heading_;
};

}  // namespace

std::string draw_map(Map map, const ReportStyle& style) {
  return MapPicture(std::move(map), style).draw();
}

}  // namespace tierline
