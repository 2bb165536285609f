// A map of some hundred services: a line each, from top to bottom in columns.

#include <fmt/format.h>

#include <algorithm>

#include "pictures/map_form.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double column = 176;
constexpr double column_gap = 6;
constexpr double padding = 6;
constexpr double line_height = 19;
constexpr double step = 21;
constexpr double head = 48;
constexpr double box_gap = 14;
constexpr double name_size = 12;

class Lines : public MapForm {
 public:
  explicit Lines(const Map& map) : map_(map) {}

  Size arrange(double room) override {
    column_ = std::min(column, room - 2 * padding);
    shelves_ = pack(cells_of(map_), measures(room));
    Size size{0, height_of(shelves_, measures(room)) - box_gap - without_frames(map_, shelves_)};
    for (const Shelf& shelf : shelves_) {
      size.width = std::max(size.width, width_of(shelf, measures(room)));
    }
    width_ = size.width;
    return size;
  }

  void draw(Canvas& canvas, double left, double y) const override {
    for (const Shelf& shelf : shelves_) {
      double x = left;
      const double height = head + static_cast<double>(shelf.rows) * step + padding;
      const double stretch = stretch_of(shelf, width_, measures(0));
      std::vector<Rect> boxes;
      y += frame_head(map_, shelf);
      for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
        const Rect rect{x, y,
                        box_width(shelf.columns[k], measures(0)) +
                            stretch * static_cast<double>(shelf.columns[k]),
                        height};
        draw_portfolio(canvas, rect, map_.boxes[shelf.first + k], shelf.rows, column_ + stretch);
        boxes.push_back(rect);
        x = rect.right() + box_gap;
      }
      draw_frames(canvas, map_, shelf.first, boxes);
      y += height + box_gap;
    }
  }

  [[nodiscard]] std::vector<LegendRow> legend() const override {
    return {legend_of_services(map_)};
  }

  [[nodiscard]] std::pair<int, int> widths() const override { return {900, 3000}; }

 private:
  [[nodiscard]] ShelfMeasures measures(double room) const {
    return {.room = room,
            .cell = column_ + column_gap,
            .row = step,
            .sides = 2 * padding - column_gap,
            .head = frame_head(map_) + head + padding + box_gap,
            .box_gap = box_gap};
  }

  void draw_portfolio(Canvas& canvas, const Rect& rect, const MapBox& box, std::size_t rows,
                      double width) const {
    draw_box(canvas, rect, box);
    draw_head(canvas, rect, box);
    for (std::size_t i = 0; i < box.services.size(); ++i) {
      const double x = rect.x + padding + static_cast<double>(i / rows) * (width + column_gap);
      const double y = rect.y + head + static_cast<double>(i % rows) * step;
      draw_line(canvas, {x, y, width, line_height}, box.services[i]);
    }
  }

  static void draw_head(Canvas& canvas, const Rect& rect, const MapBox& box) {
    const double left = rect.x + padding + 2;
    const double room = rect.width - 2 * (padding + 2);
    const std::string count = with_thousands(box.services.size());
    canvas.open(line_of(box), box.link);
    canvas.text(left, rect.y + 19,
                fit(box.title, room - text_width(count, 12) - 8, 14, Weight::bold),
                {.size = 14, .weight = Weight::bold});
    canvas.text(left + room, rect.y + 19, count, {.fill = Token::ink_3, .anchor = Anchor::end});
    double used = 0;
    if (box.is_unowned) {
      used = draw_tag(canvas, left, rect.y + 37, "NO OWNER", true);
    } else {
      used = canvas.text(left, rect.y + 37, fit(box.owner, room, 12), {.fill = Token::ink_2});
    }
    const std::string counts = counts_of(box);
    if (used + 12 + text_width(counts, 12) <= room) {
      canvas.text(left + room, rect.y + 37, counts, {.fill = Token::ink_2, .anchor = Anchor::end});
    }
    canvas.close();
  }

  static std::string counts_of(const MapBox& box) {
    return box.unowned > 0 ? fmt::format("{} without owner", box.unowned)
           : box.orphans > 0
               ? fmt::format("{} {} nobody", box.orphans, box.orphans == 1 ? "supports" : "support")
               : "";
  }

  static void draw_line(Canvas& canvas, const Rect& rect, const MapService& service) {
    canvas.open(line_of(service), service.link);
    draw_ground(canvas, rect, service, 2);
    double right = rect.right() - 7;
    if (service.findings > 0) {
      right -= draw_badge(canvas, right, rect.y + 9.5, service.findings, service.is_grave) + 4;
    }
    draw_facing(canvas, rect.x + 10, rect.y + 9.5, service.facing,
                !service.is_live || service.supports_nobody);
    if (service.supports_nobody) {  // Not by grey alone.
      canvas.path(fmt::format("M{} {}l9 -9", number(rect.x + 5.5), number(rect.y + 14)),
                  {.stroke = Token::ink_3, .stroke_width = 1.5});
    }
    const Weight weight = service.is_unowned ? Weight::bold : Weight::regular;
    canvas.text(
        rect.x + 20, rect.y + 13.5, fit(service.name, right - rect.x - 20, name_size, weight),
        {.size = name_size, .fill = service.is_live ? Token::ink : Token::ink_2, .weight = weight});
    canvas.close();
  }

  const Map& map_;
  double column_ = column;
  double width_ = 0;
  std::vector<Shelf> shelves_;
};

}  // namespace

std::unique_ptr<MapForm> lines(const Map& map) {
  return std::make_unique<Lines>(map);
}

}  // namespace tierline
