// A map of few services: a card each.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pictures/map_form.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double least_card = 184;
constexpr double widest_card = 210;
constexpr double padding = 12;
constexpr double gap = 8;
constexpr double box_gap = 16;
constexpr double head = 70;
constexpr double card_height = 76;
constexpr double name_size = 13;
constexpr double name_line = 16;
constexpr double small = 11;
constexpr double inset = 11;  // Of what is in a card.
constexpr double strong = 2.5;
constexpr double tick = 4;
constexpr double tick_step = 6;

constexpr std::array<Answerer, answerer_count> answerers = {
    Answerer::owner, Answerer::group, Answerer::nobody, Answerer::not_exported};

void draw_tick(Canvas& canvas, const Rect& rect, Answerer answerer) {
  switch (answerer) {
    case Answerer::owner:
      canvas.rect(rect, {.fill = Token::owned});
      break;
    case Answerer::group:
      canvas.rect(rect, {.fill = Token::group});
      break;
    case Answerer::nobody:
      canvas.rect(rect, {.fill = Token::card, .stroke = Token::alarm, .stroke_width = 1.5});
      break;
    case Answerer::not_exported:
      canvas.rect(rect, {.fill = Token::card, .stroke = Token::edge, .dashes = "1 1"});
      break;
  }
}

/// One bar a system (tall) and component (short), on this base line; where there are too many, one
/// that shows their shares.
void draw_ticks(Canvas& canvas, double x, double y, const Underlying& under, double room) {
  if (under.count() * tick_step <= room) {
    for (const auto* counts : {&under.systems, &under.components}) {
      const double height = counts == &under.systems ? 9 : 6;
      for (const Answerer answerer : answerers) {
        for (std::uint32_t i = 0; i < (*counts)[static_cast<std::size_t>(answerer)]; ++i) {
          draw_tick(canvas, {x, y - height, tick, height}, answerer);
          x += tick_step;
        }
      }
    }
    return;
  }
  const double all = under.count();
  constexpr double least = 4;
  const double shared = room - least * answerer_count;
  for (const Answerer answerer : answerers) {
    if (const double count = under.count(answerer); count > 0) {
      const double width = least + shared * count / all;
      draw_tick(canvas, {x, y - 7, width - 1, 7}, answerer);
      x += width;
    }
  }
}

class Cards : public MapForm {
 public:
  explicit Cards(const Map& map) : map_(map) {}

  Size arrange(double room) override {
    card_ = std::min(least_card, room - 2 * padding);
    shelves_ = pack(cells_of(map_), measures(room));
    grow(room);
    heights_.clear();
    Size size;
    for (const Shelf& shelf : shelves_) {
      heights_.push_back(row_heights(shelf));
      size.height += (size.height > 0 ? box_gap : 0) + frame_head(map_, shelf) +
                     height_of_shelf(heights_.back());
      size.width = std::max(size.width, width_of(shelf, measures(room)));
    }
    width_ = size.width;
    return size;
  }

  void draw(Canvas& canvas, double left, double y) const override {
    for (std::size_t i = 0; i < shelves_.size(); ++i) {
      double x = left;
      const double height = height_of_shelf(heights_[i]);
      const double stretch = stretch_of(shelves_[i], width_, measures(0));
      std::vector<Rect> boxes;
      y += frame_head(map_, shelves_[i]);
      for (std::size_t k = 0; k < shelves_[i].columns.size(); ++k) {
        const std::size_t columns = shelves_[i].columns[k];
        const Rect rect{
            x, y, box_width(columns, measures(0)) + stretch * static_cast<double>(columns), height};
        draw_portfolio(canvas, rect, map_.boxes[shelves_[i].first + k], card_ + stretch,
                       heights_[i]);
        boxes.push_back(rect);
        x = rect.right() + box_gap;
      }
      draw_frames(canvas, map_, shelves_[i].first, boxes);
      y += height + box_gap;
    }
  }

  [[nodiscard]] std::vector<LegendRow> legend() const override {
    std::vector<LegendRow> rows = {legend_of_services(map_)};
    LegendRow under{"Systems (tall) and components under them: who answers", {}};
    constexpr std::array<std::string_view, answerer_count> words = {"an owner", "a group only",
                                                                    "nobody", "not exported"};
    for (const Answerer answerer : answerers) {
      const auto [systems, components] = occur(answerer);
      if (systems || components) {
        const double width = systems && components ? tick_step + tick : tick;
        under.signs.push_back(
            {std::string(words.at(static_cast<std::size_t>(answerer))), width,
             [=](Canvas& canvas, double x, double y) {
               if (systems) {
                 draw_tick(canvas, {x, y - 9, tick, 9}, answerer);
               }
               if (components) {
                 draw_tick(canvas, {systems ? x + tick_step : x, y - 6, tick, 6}, answerer);
               }
             }});
      }
    }
    if (!under.signs.empty()) {
      rows.push_back(std::move(under));
    }
    return rows;
  }

  [[nodiscard]] std::pair<int, int> widths() const override { return {720, 2000}; }

 private:
  [[nodiscard]] ShelfMeasures measures(double room) const {
    return {.room = room,
            .cell = card_ + gap,
            .row = card_height + gap,
            .sides = 2 * padding - gap,
            .head = frame_head(map_) + head + padding - gap + box_gap,
            .box_gap = box_gap};
  }

  static double height_of_shelf(const std::vector<double>& rows) {
    double height = head + padding - gap;
    for (const double row : rows) {
      height += row + gap;
    }
    return height;
  }

  /// What the widest shelf leaves over goes to the cards.
  void grow(double room) {
    double spare = widest_card - card_;
    for (const Shelf& shelf : shelves_) {
      std::size_t columns = 0;
      for (const std::size_t some : shelf.columns) {
        columns += some;
      }
      spare = std::min(spare, std::floor((room - width_of(shelf, measures(room))) /
                                         static_cast<double>(columns)));
    }
    card_ += std::max(0.0, spare);
  }

  [[nodiscard]] static std::vector<std::string> name_lines(const MapService& service, double card) {
    const double badge = service.findings > 0 ? badge_width(service.findings) + 6 : 0;
    return wrap(service.name, card - 37 - badge, name_size, Weight::bold, 2);
  }

  /// Each row is as high as its highest card, in all boxes of the shelf.
  [[nodiscard]] std::vector<double> row_heights(const Shelf& shelf) const {
    std::vector<double> heights(shelf.rows, card_height);
    for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
      const auto& services = map_.boxes[shelf.first + k].services;
      for (std::size_t i = 0; i < services.size(); ++i) {
        double& height = heights[i / shelf.columns[k]];
        const auto more = static_cast<double>(name_lines(services[i], card_).size() - 1);
        height = std::max(height, card_height + more * name_line);
      }
    }
    return heights;
  }

  void draw_portfolio(Canvas& canvas, const Rect& rect, const MapBox& box, double card,
                      const std::vector<double>& heights) const {
    const auto columns =
        static_cast<std::size_t>(std::lround((rect.width - 2 * padding + gap) / (card + gap)));
    draw_box(canvas, rect, box);
    draw_head(canvas, rect, box);
    double y = rect.y + head;
    for (std::size_t i = 0; i < box.services.size(); ++i) {
      const double x = rect.x + padding + static_cast<double>(i % columns) * (card + gap);
      const double height = heights[i / columns];
      draw_card(canvas, {x, y, card, height}, box.services[i]);
      y += i % columns + 1 == columns ? height + gap : 0;
    }
  }

  static void draw_head(Canvas& canvas, const Rect& rect, const MapBox& box) {
    const double left = rect.x + padding;
    const double right = rect.right() - padding;
    const double room = right - left;
    std::string count = count_of(box.services.size(), "service");
    if (text_width(count, 12) + 10 + text_width(box.title, 15, Weight::bold) > room) {
      count = with_thousands(box.services.size());
    }
    const double count_width = text_width(count, 12) + 10;
    const bool has_count = count_width + 60 <= room;
    canvas.open(line_of(box), box.link);
    canvas.text(left, rect.y + 19, fit(box.above, room, small),
                {.size = small, .fill = Token::ink_3});
    canvas.text(left, rect.y + 38,
                fit(box.title, has_count ? room - count_width : room, 15, Weight::bold),
                {.size = 15, .weight = Weight::bold});
    if (has_count) {
      canvas.text(right, rect.y + 38, count, {.fill = Token::ink_3, .anchor = Anchor::end});
    }
    const double used = draw_owner(canvas, left, rect.y + 56, room, box);
    const std::string counts = counts_of(box);
    if (text_width(counts, 12) + used + 16 <= room) {
      canvas.text(right, rect.y + 56, counts, {.fill = Token::ink_2, .anchor = Anchor::end});
    }
    canvas.close();
  }

  static double draw_owner(Canvas& canvas, double x, double y, double room, const MapBox& box) {
    if (box.is_unowned) {
      return draw_tag(canvas, x, y, "NO OWNER", true);
    }
    const std::string owner = box.kind == MapBox::Kind::outside ? "nobody plans it" : box.owner;
    return canvas.text(x, y, fit(owner, room, 12), {.fill = Token::ink_2});
  }

  static std::string counts_of(const MapBox& box) {
    if (box.live == 0) {
      return "none of them live";
    }
    std::vector<std::string> counts;
    if (box.unowned > 0) {
      counts.push_back(fmt::format("{} without owner", box.unowned));
    }
    if (box.orphans > 0) {
      counts.push_back(
          fmt::format("{} {} nobody", box.orphans, box.orphans == 1 ? "supports" : "support"));
    }
    return join(counts, " · ");
  }

  static void draw_card(Canvas& canvas, const Rect& rect, const MapService& service) {
    canvas.open(line_of(service), service.link);
    draw_ground(canvas, rect, service, strong);
    if (service.findings > 0) {
      draw_badge(canvas, rect.right() - 10, rect.y + 16, service.findings, service.is_grave);
    }
    draw_facing(canvas, rect.x + 16, rect.y + 16, service.facing,
                !service.is_live || service.supports_nobody);
    double y = rect.y + 20.5;
    for (const std::string& line : name_lines(service, rect.width)) {
      canvas.text(rect.x + 27, y, line,
                  {.size = name_size,
                   .fill = service.is_live ? Token::ink : Token::ink_2,
                   .weight = Weight::bold});
      y += name_line;
    }
    const double base = rect.bottom() - inset;
    draw_owner(canvas, rect.x + inset, base - 20, rect.width - 2 * inset, service);
    draw_bottom(canvas, rect, base, service);
    canvas.close();
  }

  static void draw_owner(Canvas& canvas, double x, double y, double room,
                         const MapService& service) {
    if (service.is_unowned) {
      draw_tag(canvas, x, y, "NO OWNER", true);
      return;
    }
    std::string words = service.owner;
    if (words.empty()) {
      words = service.lacks_owner_field         ? "owner not exported"
              : service.state == State::retired ? "needs no owner any more"
                                                : "no owner yet";
    }
    const double tag = service.owner_flaw.empty() ? 0 : tag_width(service.owner_flaw) + 6;
    const double width = canvas.text(x, y, fit(words, room - tag, 12), {.fill = Token::ink_2});
    if (tag > 0) {
      draw_tag(canvas, x + width + 6, y, service.owner_flaw, false);
    }
  }

  static void draw_bottom(Canvas& canvas, const Rect& rect, double base,
                          const MapService& service) {
    const std::string_view word = word_of(service);
    const Weight weight = service.supports_nobody ? Weight::bold : Weight::regular;
    const double room = rect.width - 2 * inset - text_width(word, small, weight) - 10;
    draw_ticks(canvas, rect.x + inset, base, service.under, room);
    canvas.text(rect.right() - inset, base, word,
                {.size = small,
                 .fill = service.supports_nobody ? Token::ink
                         : service.is_live       ? Token::ink_3
                                                 : Token::ink_2,
                 .weight = weight,
                 .anchor = Anchor::end});
  }

  /// Whether systems, and whether components, of this answer stand under any service.
  [[nodiscard]] std::pair<bool, bool> occur(Answerer answerer) const {
    std::pair<bool, bool> occur;
    const auto at = static_cast<std::size_t>(answerer);
    for (const MapBox& box : map_.boxes) {
      for (const MapService& service : box.services) {
        occur.first = occur.first || service.under.systems[at] > 0;
        occur.second = occur.second || service.under.components[at] > 0;
      }
    }
    return occur;
  }

  const Map& map_;
  double card_ = least_card;
  double width_ = 0;
  std::vector<Shelf> shelves_;
  std::vector<std::vector<double>> heights_;  ///< Of the rows of each shelf.
};

}  // namespace

std::unique_ptr<MapForm> cards(const Map& map) {
  return std::make_unique<Cards>(map);
}

}  // namespace tierline
