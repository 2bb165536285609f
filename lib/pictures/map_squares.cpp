// A map of thousands of services: a square each, a block a portfolio.

#include <fmt/format.h>

#include <algorithm>

#include "pictures/map_form.h"
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

/// What a square says of a service, in the order of a block.
enum class Kind : std::uint8_t { both, unowned, orphan, flawed, sound, idle };
constexpr std::array<Kind, 6> kinds = {Kind::both,   Kind::unowned, Kind::orphan,
                                       Kind::flawed, Kind::sound,   Kind::idle};

std::string_view words_of(Kind kind) {
  constexpr std::array<std::string_view, 6> words = {"no owner, and supports nobody",
                                                     "no accountable owner",
                                                     "supports nobody",
                                                     "other findings",
                                                     "nothing found",
                                                     "planned or retired"};
  return words.at(static_cast<std::size_t>(kind));
}

Kind kind_of(const MapService& service) {
  if (!service.is_live) {
    return Kind::idle;
  }
  if (service.is_unowned) {
    return service.supports_nobody ? Kind::both : Kind::unowned;
  }
  return service.supports_nobody ? Kind::orphan : service.findings > 0 ? Kind::flawed : Kind::sound;
}

ShapeStyle paint_of(Kind kind) {
  switch (kind) {
    case Kind::both:
      return {.fill = Token::ink};
    case Kind::unowned:
      return {.fill = Token::alarm};
    case Kind::orphan:
    case Kind::idle:
      return {.fill = Token::edge};
    case Kind::flawed:
      return {.stroke = Token::facing};
    case Kind::sound:
      break;
  }
  return {.fill = Token::heat_sound};
}

/// Its outline as a path: its form says what its colour says.
std::string outline(Kind kind, double x, double y, double size) {
  const auto rect = [&](double left, double top, double width, double height) {
    return fmt::format("M{} {}h{w}v{}h-{w}z", number(left), number(top), number(height),
                       fmt::arg("w", number(width)));
  };
  switch (kind) {
    case Kind::both: {  // With a hole, which runs the other way round.
      const double hole = size * 0.36;
      const double at = (size - hole) / 2;
      return rect(x, y, size, size) + fmt::format("M{} {}v{h}h{h}v-{h}z", number(x + at),
                                                  number(y + at), fmt::arg("h", number(hole)));
    }
    case Kind::idle:
      return rect(x + size / 2 - 1, y + size / 2 - 1, 2, 2);
    case Kind::flawed:
      return rect(x + 0.5, y + 0.5, size - 1, size - 1);
    case Kind::orphan:  // The lower half.
      return rect(x, y + size / 2, size, size / 2);
    case Kind::unowned:
    case Kind::sound:
      break;
  }
  return rect(x, y, size, size);
}

using Counts = std::array<std::size_t, kinds.size()>;

class Squares : public MapForm {
 public:
  explicit Squares(const Map& map)
      : map_(map),
        each_(std::max<std::size_t>(1, (map.services + most_squares - 1) / most_squares)) {
    for (const MapBox& box : map.boxes) {
      Counts counts{};
      for (const MapService& service : box.services) {
        ++counts[static_cast<std::size_t>(kind_of(service))];
      }
      counts_.push_back(counts);
    }
  }

  Size arrange(double room) override {
    std::vector<std::size_t> cells;
    for (const Counts& counts : counts_) {
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
    LegendRow row{each_ == 1 ? "A square is a service"
                             : fmt::format("A square is {} services", with_thousands(each_)),
                  {}};
    for (const Kind kind : kinds) {
      std::size_t count = 0;
      for (const Counts& counts : counts_) {
        count += counts[static_cast<std::size_t>(kind)];
      }
      if (count > 0) {
        row.signs.push_back({fmt::format("{} {}", with_thousands(count), words_of(kind)), 12,
                             [kind](Canvas& canvas, double x, double y) {
                               canvas.path(outline(kind, x, y - 10, 12), paint_of(kind));
                             }});
      }
    }
    return {row};
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
    for (const Kind kind : kinds) {
      std::string path;
      const std::size_t count = squares(counts_[number][static_cast<std::size_t>(kind)]);
      for (std::size_t i = 0; i < count; ++i, ++at) {
        path += outline(kind, x + static_cast<double>(at % columns) * step,
                        y + head + static_cast<double>(at / columns) * step, side);
      }
      if (!path.empty()) {
        canvas.path(path, paint_of(kind));
      }
    }
    canvas.close();
  }

  static void draw_head(Canvas& canvas, double x, double y, double room, const MapBox& box) {
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
    const std::string unowned = box.unowned > 0
                                    ? fmt::format("{} without owner", with_thousands(box.unowned))
                                    : "all owned";
    canvas.text(x, y + 47, fit(unowned, room, 12, Weight::bold),
                {.fill = box.unowned > 0 ? Token::alarm : Token::ink_2,
                 .weight = box.unowned > 0 ? Weight::bold : Weight::regular});
    const std::string orphans = box.orphans > 0
                                    ? fmt::format("{} {} nobody", with_thousands(box.orphans),
                                                  box.orphans == 1 ? "supports" : "support")
                                    : "none supports nobody";
    canvas.text(x, y + 62, fit(orphans, room, 12), {.fill = Token::ink_2});
  }

  const Map& map_;
  std::size_t each_;  ///< Services a square.
  std::vector<Counts> counts_;
  std::vector<Shelf> shelves_;
};

}  // namespace

std::unique_ptr<MapForm> squares(const Map& map) {
  return std::make_unique<Squares>(map);
}

}  // namespace tierline
