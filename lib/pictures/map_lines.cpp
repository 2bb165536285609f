// A map of some hundred services: a line each, from top to bottom in columns. Where there are too
// many, those that need nobody's attention most are squares behind the lines.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "pictures/map_form.h"
#include "pictures/map_square.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double column_gap = 6;
constexpr double padding = 6;
constexpr double line_height = 19;
constexpr double step = 21;
constexpr double head = 48;
constexpr double box_gap = 14;
constexpr double name_size = 12;

constexpr double square = 8;
constexpr double square_step = 10;
constexpr std::size_t square_rows = 2;
constexpr double caption_room = 78;

/// How much somebody has to see which service it is; the least first.
int need_of(const MapService& service) {
  return !service.is_live          ? 5
         : service.is_unowned      ? 0
         : service.supports_nobody ? 1
         : service.is_grave        ? 2
         : service.findings > 0    ? 3
                                   : 4;
}

/// What is in a box: lines, then squares.
struct Content {
  std::vector<std::size_t> by_need;  ///< The places of its services, those who need it most first.
  std::size_t least = 0;             ///< How many of these are to have a line.

  std::vector<const MapService*> named;
  std::vector<SquareKind> rest;  ///< By kind.
};

/// Names those who need it most; of equal need, as many in each box.
std::vector<Content> contents_of(const Map& map, std::size_t named) {
  using Entry = std::tuple<int, std::size_t, std::size_t>;  // Need, turn in its box, box.
  std::vector<Entry> entries;
  std::vector<Content> contents(map.boxes.size());
  for (std::size_t box = 0; box < map.boxes.size(); ++box) {
    const auto& services = map.boxes[box].services;
    std::array<std::size_t, 6> turns{};
    for (std::size_t i = 0; i < services.size(); ++i) {
      const int need = need_of(services[i]);
      entries.emplace_back(need, turns.at(static_cast<std::size_t>(need))++, box);
      contents[box].by_need.push_back(i);
    }
    std::ranges::stable_sort(contents[box].by_need, {},
                             [&](std::size_t i) { return need_of(services[i]); });
  }
  std::ranges::sort(entries);
  for (const auto& [need, turn, box] : std::span(entries).first(std::min(named, entries.size()))) {
    ++contents[box].least;
  }
  return contents;
}

/// So many of a box as lines, in their order.
void show(const MapBox& box, std::size_t lines, Content& content) {
  std::vector<bool> is_named(box.services.size());
  for (const std::size_t i : std::span(content.by_need).first(lines)) {
    is_named[i] = true;
  }
  content.named.clear();
  content.rest.clear();
  for (std::size_t i = 0; i < is_named.size(); ++i) {
    if (is_named[i]) {
      content.named.push_back(&box.services[i]);
    } else {
      content.rest.push_back(square_kind_of(box.services[i]));
    }
  }
  std::ranges::sort(content.rest);
}

std::size_t squares_in(double width) {
  const double columns = std::floor((width + square_step - square) / square_step);
  return square_rows * static_cast<std::size_t>(std::max(1.0, columns));
}

/// `3 no accountable owner, 9 nothing found`
std::string kinds_in_words(const std::vector<SquareKind>& squares) {
  std::vector<std::string> parts;
  for (const SquareKind kind : square_kinds) {
    if (const auto count = std::ranges::count(squares, kind); count > 0) {
      parts.push_back(
          fmt::format("{} {}", with_thousands(static_cast<std::size_t>(count)), words_of(kind)));
    }
  }
  return join(parts, ", ");
}

class Lines : public MapForm {
 public:
  Lines(const Map& map, const LinesStyle& style)
      : map_(map), style_(style), contents_(contents_of(map, style.named)) {}

  Size arrange(double room) override {
    column_ = std::min(style_.column, room - 2 * padding);
    shelves_ = pack(cells(), measures(room));
    fill();
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
        draw_portfolio(canvas, rect, shelf.first + k, shelf.rows, column_ + stretch);
        boxes.push_back(rect);
        x = rect.right() + box_gap;
      }
      draw_frames(canvas, map_, shelf.first, boxes);
      y += height + box_gap;
    }
  }

  [[nodiscard]] std::vector<LegendRow> legend() const override {
    std::vector<const MapService*> named;
    SquareCounts rest{};
    for (const Content& content : contents_) {
      named.insert(named.end(), content.named.begin(), content.named.end());
      for (const SquareKind kind : content.rest) {
        ++rest[static_cast<std::size_t>(kind)];
      }
    }
    return {legend_of_services(named), legend_of_squares("Squares: services not named here", rest)};
  }

  [[nodiscard]] std::pair<int, int> widths() const override { return {640, 3000}; }

 private:
  [[nodiscard]] ShelfMeasures measures(double room) const {
    return {.room = room,
            .cell = column_ + column_gap,
            .row = step,
            .sides = 2 * padding - column_gap,
            .head = frame_head(map_) + head + padding + box_gap,
            .box_gap = box_gap};
  }

  [[nodiscard]] std::vector<std::size_t> cells() const {
    std::vector<std::size_t> cells;
    for (const Content& content : contents_) {
      cells.push_back(cells_of(content, content.least));
    }
    return cells;
  }

  /// Of a box with so many lines.
  [[nodiscard]] std::size_t cells_of(const Content& content, std::size_t lines) const {
    return lines + cells_of_squares(content.by_need.size() - lines);
  }

  /// Room that a box has anyway is for more lines.
  void fill() {
    for (const Shelf& shelf : shelves_) {
      for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
        Content& content = contents_[shelf.first + k];
        std::size_t lines = content.by_need.size();
        while (lines > content.least && cells_of(content, lines) > shelf.columns[k] * shelf.rows) {
          --lines;
        }
        show(map_.boxes[shelf.first + k], lines, content);
      }
    }
  }

  /// The first cell of squares says how many there are.
  [[nodiscard]] std::size_t in_first_cell() const { return squares_in(column_ - caption_room); }
  [[nodiscard]] std::size_t cells_of_squares(std::size_t squares) const {
    const std::size_t others = squares - std::min(squares, in_first_cell());
    return squares == 0 ? 0 : 1 + (others + squares_in(column_) - 1) / squares_in(column_);
  }

  void draw_portfolio(Canvas& canvas, const Rect& rect, std::size_t number, std::size_t rows,
                      double width) const {
    const MapBox& box = map_.boxes[number];
    const Content& content = contents_[number];
    const auto cell = [&](std::size_t i) {
      return Rect{rect.x + padding + static_cast<double>(i / rows) * (width + column_gap),
                  rect.y + head + static_cast<double>(i % rows) * step, width, line_height};
    };
    draw_box(canvas, rect, box);
    draw_head(canvas, rect, box);
    for (std::size_t i = 0; i < content.named.size(); ++i) {
      draw_line(canvas, cell(i), *content.named[i]);
    }
    if (content.rest.empty()) {
      return;
    }
    canvas.open(fmt::format("{}: {} more, {}", shortened(box.title),
                            with_thousands(content.rest.size()), kinds_in_words(content.rest)));
    std::span<const SquareKind> rest = content.rest;
    draw_caption(canvas, cell(content.named.size()), rest);
    for (std::size_t i = 0; !rest.empty(); ++i) {
      const double left = i == 0 ? caption_room : 0;
      const std::size_t count =
          std::min(rest.size(), i == 0 ? in_first_cell() : squares_in(column_));
      draw_squares_in(canvas, cell(content.named.size() + i), left, rest.first(count));
      rest = rest.subspan(count);
    }
    canvas.close();
  }

  static void draw_caption(Canvas& canvas, const Rect& rect, std::span<const SquareKind> rest) {
    const bool is_sound =
        std::ranges::all_of(rest, [](SquareKind kind) { return kind == SquareKind::sound; });
    const std::string caption =
        fmt::format("+{} {}", with_thousands(rest.size()), is_sound ? "sound" : "more");
    canvas.text(rect.x + 4, rect.y + 13.5, fit(caption, caption_room - 8, name_size),
                {.size = name_size, .fill = Token::ink_2});
  }

  /// From this far into a cell on, from top to bottom in pairs.
  static void draw_squares_in(Canvas& canvas, const Rect& rect, double left,
                              std::span<const SquareKind> squares) {
    for (const SquareKind kind : square_kinds) {
      std::string outlines;
      for (std::size_t i = 0; i < squares.size(); ++i) {
        if (squares[i] == kind) {
          outlines += square_outline(
              kind, rect.x + left + static_cast<double>(i / square_rows) * square_step,
              rect.y + static_cast<double>(i % square_rows) * square_step + 0.5, square);
        }
      }
      draw_squares(canvas, kind, outlines);
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

  void draw_line(Canvas& canvas, const Rect& rect, const MapService& service) const {
    canvas.open(line_of(service), service.link);
    draw_ground(canvas, rect, service, 2);
    const double left = rect.x + 20;
    double right = rect.right() - 7;
    if (service.findings > 0) {
      right -= draw_badge(canvas, right, rect.y + 9.5, service.findings, service.is_grave) + 4;
    }
    if (style_.has_owners) {
      right -= draw_owner(canvas, right, rect.y + 13.5, (right - left) / 2, service) + 8;
    }
    draw_facing(canvas, rect.x + 10, rect.y + 9.5, service.facing,
                !service.is_live || service.supports_nobody);
    if (service.supports_nobody) {  // Not by grey alone.
      canvas.path(fmt::format("M{} {}l9 -9", number(rect.x + 5.5), number(rect.y + 14)),
                  {.stroke = Token::ink_3, .stroke_width = 1.5});
    }
    const Weight weight = service.is_unowned ? Weight::bold : Weight::regular;
    canvas.text(
        left, rect.y + 13.5, fit(service.name, right - left, name_size, weight),
        {.size = name_size, .fill = service.is_live ? Token::ink : Token::ink_2, .weight = weight});
    canvas.close();
  }

  /// Ends at `right`. Returns its width.
  static double draw_owner(Canvas& canvas, double right, double y, double room,
                           const MapService& service) {
    const std::string tag = service.is_unowned ? "NO OWNER" : service.owner_flaw;
    double used = 0;
    if (!tag.empty() && tag_width(tag) <= room) {
      used = tag_width(tag);
      draw_tag(canvas, right - used, y, tag, service.is_unowned);
    }
    if (service.is_unowned) {
      return used;
    }
    used += used > 0 ? 6 : 0;
    return used + canvas.text(right - used, y, fit(owner_words(service), room - used, name_size),
                              {.size = name_size, .fill = Token::ink_2, .anchor = Anchor::end});
  }

  const Map& map_;
  LinesStyle style_;
  std::vector<Content> contents_;
  double column_ = 0;
  double width_ = 0;
  std::vector<Shelf> shelves_;
};

}  // namespace

std::unique_ptr<MapForm> lines(const Map& map, const LinesStyle& style) {
  return std::make_unique<Lines>(map, style);
}

}  // namespace tierline
