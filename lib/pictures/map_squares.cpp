// A map of thousands of services: a square each, a block a portfolio.

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "pictures/map_form.h"
#include "pictures/map_square.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double side = 5;
constexpr double step = 6;
constexpr double head = 72;
constexpr double box_gap = 20;
constexpr double shelf_gap = 20;
constexpr std::size_t least_columns = 26;
/// More than these no picture shows, or takes.
constexpr std::size_t most_squares = 60'000;

class Squares : public MapForm {
 public:
  explicit Squares(const Map& map)
      : map_(map),
        each_(std::max<std::size_t>(1, (map.services + most_squares - 1) / most_squares)) {
    for (const MapBox& box : map.boxes) {
      SquareCounts counts{};
      for (const MapService& service : box.services) {
        ++counts[static_cast<std::size_t>(square_kind_of(service))];
      }
      counts_.push_back(counts);
    }
  }

  Size arrange(double room) override {
    std::vector<std::size_t> cells;
    for (const SquareCounts& counts : counts_) {
      std::size_t all = 0;
      for (const std::size_t count : counts) {
        all += squares(count);
      }
      cells.push_back(all);
    }
    shelves_ = pack(cells, measures(room));
    Size size{0, height_of(shelves_, measures(room)) - shelf_gap - without_frames(map_, shelves_)};
    for (const Shelf& shelf : shelves_) {
      size.width = std::max(size.width, width_of(shelf, measures(room)));
    }
    return size;
  }

  void draw(Canvas& canvas, double left, double y) const override {
    for (const Shelf& shelf : shelves_) {
      double x = left;
      std::vector<Rect> boxes;
      y += frame_head(map_, shelf);
      for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
        draw_block(canvas, x, y, shelf.columns[k], shelf.first + k);
        boxes.push_back({x, y, box_width(shelf.columns[k], measures(0)),
                         head + static_cast<double>(shelf.rows) * step});
        x = boxes.back().right() + box_gap;
      }
      draw_frames(canvas, map_, shelf.first, boxes);
      y += head + static_cast<double>(shelf.rows) * step + shelf_gap;
    }
  }

  [[nodiscard]] std::vector<LegendRow> legend() const override {
    SquareCounts all{};
    for (const SquareCounts& counts : counts_) {
      std::ranges::transform(all, counts, all.begin(), std::plus());
    }
    return {legend_of_squares(each_ == 1
                                  ? "A square is a service"
                                  : fmt::format("A square is {} services", with_thousands(each_)),
                              all)};
  }

  [[nodiscard]] std::pair<int, int> widths() const override { return {1000, 3600}; }

 private:
  [[nodiscard]] ShelfMeasures measures(double room) const {
    return {.room = room,
            .cell = step,
            .row = step,
            .sides = side - step,
            .head = frame_head(map_) + head + shelf_gap,
            .box_gap = box_gap,
            .least = least_columns};
  }

  /// A few are a square too.
  [[nodiscard]] std::size_t squares(std::size_t count) const { return (count + each_ - 1) / each_; }

  void draw_block(Canvas& canvas, double x, double y, std::size_t columns,
                  std::size_t number) const {
    const MapBox& box = map_.boxes[number];
    canvas.open(line_of(box), box.link);
    draw_head(canvas, x, y, box_width(columns, measures(0)), box);
    std::size_t at = 0;
    for (const SquareKind kind : square_kinds) {
      std::string path;
      const std::size_t count = squares(counts_[number][static_cast<std::size_t>(kind)]);
      for (std::size_t i = 0; i < count; ++i, ++at) {
        path += square_outline(kind, x + static_cast<double>(at % columns) * step,
                               y + head + static_cast<double>(at / columns) * step, side);
      }
      draw_squares(canvas, kind, path);
    }
    canvas.close();
  }

  void draw_head(Canvas& canvas, double x, double y, double room, const MapBox& box) const {
    const std::string count = with_thousands(box.services.size());
    canvas.text(x, y + 14, fit(box.title, room - text_width(count, 13) - 8, 15, Weight::bold),
                {.size = 15, .weight = Weight::bold});
    canvas.text(x + room, y + 14, count, {.size = 13, .fill = Token::ink_3, .anchor = Anchor::end});
    if (box.is_unowned) {
      draw_tag(canvas, x, y + 31, "NO OWNER", true);
    } else {
      const std::string owner = box.kind == MapBox::Kind::outside ? "nobody plans it" : box.owner;
      canvas.text(x, y + 31, fit(owner, room, 12), {.fill = Token::ink_2});
    }
    canvas.text(x, y + 47, fit(owners_in_words(box), room, 12, Weight::bold),
                {.fill = box.unowned > 0 ? Token::alarm : Token::ink_2,
                 .weight = box.unowned > 0 ? Weight::bold : Weight::regular});
    const std::string orphans =
        box.orphans > 0 ? fmt::format("{} {} nobody", with_thousands(box.orphans),
                                      box.orphans == 1 ? "supports" : "support")
        : !map_.answers.asks_support || !map_.answers.support_unknown.empty()
            ? ""
            : "none supports nobody";
    canvas.text(x, y + 62, fit(orphans, room, 12), {.fill = Token::ink_2});
  }

  const Map& map_;
  std::size_t each_;  ///< Services a square.
  std::vector<SquareCounts> counts_;
  std::vector<Shelf> shelves_;
};

}  // namespace

std::unique_ptr<MapForm> squares(const Map& map) {
  return std::make_unique<Squares>(map);
}

}  // namespace tierline
