#include "pictures/neighbourhood_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "pictures/answer.h"
#include "pictures/frame.h"
#include "pictures/neighbourhood_layout.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double margin = 32;
constexpr double arcs = 24;  ///< Right of the last column, beyond the margin.
constexpr double columns_head = 40;
constexpr double least_gap = 56;
constexpr double tip = 7;  ///< Of an arrow.
constexpr double name_size = 13;
constexpr double small = 11;
constexpr double letter = 8;  ///< The radius of a hub's sign.

constexpr std::array<std::string_view, column_count> things = {"Portfolio", "Service", "System",
                                                               "Component"};

void draw_letter(Canvas& canvas, double x, double y, char hub) {
  canvas.circle(x, y, letter, {.fill = Token::ink_2});
  canvas.text(
      x, y + 4, std::string(1, hub),
      {.size = small, .fill = Token::paper, .weight = Weight::bold, .anchor = Anchor::middle});
}

ShapeStyle paint_of(const CardEdge& edge) {
  return {.stroke = edge.is_faulty ? Token::alarm : Token::edge,
          .stroke_width = edge.is_faulty ? 1.5 : 1.25,
          .dashes = edge.holds                          ? "1.5 3"
                    : edge.is_partial || edge.is_faulty ? "5 3"
                                                        : ""};
}

class Picture {
 public:
  Picture(const AuditReport& report, const Neighbourhood& model, const ReportStyle& style)
      : report_(report), inventory_(report.inventory), model_(model), style_(style) {
    find_orphans(report);
    if (style.width != 0) {
      stretch_to(style.width);
    }
    layout_ = layout_of(model, measures_);
    add_legend();
  }

  std::string draw() {
    const double width = style_.width != 0
                             ? std::max<double>(style_.width, layout_.width + 2 * margin + arcs)
                             : std::max(560.0, layout_.width) + 2 * margin + arcs;
    Canvas canvas(style_.theme);
    const double height = frame(nullptr, width);
    canvas.rect({0, 0, width, height}, {.fill = Token::paper});
    frame(&canvas, width);
    return canvas.svg(width, height, model_.title, description());
  }

 private:
  void find_orphans(const AuditReport& report) {
    std::vector<ItemId> drawn;
    for (const Card& card : model_.cards) {
      drawn.insert(drawn.end(), card.items.begin(), card.items.end());
    }
    std::ranges::sort(drawn);
    for (const RuleFacts& found : report.results.found) {
      if (found.rule->id != rule_of_orphans) {
        continue;
      }
      for (const Fact& fact : found.facts) {
        if (std::ranges::binary_search(drawn, ItemId{fact.subject})) {
          orphans_.push_back(ItemId{fact.subject});
        }
      }
    }
  }

  [[nodiscard]] bool is_orphan(const Card& card) const {
    return std::ranges::any_of(card.items, [&](ItemId item) {
      return std::ranges::find(orphans_, item) != orphans_.end();
    });
  }

  /// The columns keep their width; what is between them gives.
  void stretch_to(double width) {
    std::array<bool, column_count> used{};
    for (const Card& card : model_.cards) {
      used.at(card.column) = true;
    }
    const auto columns = static_cast<double>(std::ranges::count(used, true));
    const double room = width - 2 * margin - arcs - columns * measures_.width;
    measures_.column_gap = columns > 1 ? std::max(least_gap, room / (columns - 1)) : least_gap;
  }

  double frame(Canvas* canvas, double width) {
    Frame frame(canvas, margin, width);
    frame.heading({model_.title, model_.sentences, model_.as_of});
    const double top = frame.picture(columns_head + layout_.height);
    if (canvas != nullptr) {
      draw_picture(*canvas, top);
    }
    frame.legend({legend_});
    frame.notes(model_.notes);
    return frame.height();
  }

  [[nodiscard]] std::string description() const {
    std::string text;
    for (const std::string& sentence : model_.sentences) {
      text += (text.empty() ? "" : " ") + sentence;
    }
    return text;
  }

  // --- the picture itself

  void draw_picture(Canvas& canvas, double top) const {
    draw_columns(canvas, top);
    const double y = top + columns_head;
    for (const bool are_uses : {false, true}) {
      for (std::size_t i = 0; i < model_.edges.size(); ++i) {
        if (model_.edges[i].holds != are_uses) {
          draw_edge(canvas, y, i);
        }
      }
    }
    for (std::size_t i = 0; i < model_.cards.size(); ++i) {
      Rect rect = layout_.cards[i];
      rect.x += margin;
      rect.y += y;
      draw_card(canvas, rect, model_.cards[i], layout_.begins_zone[i]);
    }
  }

  void draw_columns(Canvas& canvas, double top) const {
    for (std::size_t column = 0; column < column_count; ++column) {
      if (layout_.column_x.at(column) < 0) {
        continue;
      }
      std::size_t count = 0;
      for (const Card& card : model_.cards) {
        if (card.column == column) {
          count += card.kind == Card::Kind::more ? card.left_out : card.items.size();
        }
      }
      const double x = margin + layout_.column_x.at(column);
      canvas.text(x, top + 12, fmt::format("{}{}", things.at(column), count == 1 ? "" : "s"),
                  {.size = name_size, .weight = Weight::bold});
      canvas.text(x + measures_.width, top + 12, with_thousands(count),
                  {.fill = Token::ink_3, .anchor = Anchor::end});
      canvas.path(fmt::format("M{} {}h{}", number(x), number(top + 19.5), number(measures_.width)),
                  {.stroke = Token::line});
    }
  }

  [[nodiscard]] std::string name_of(std::size_t card) const {
    return shortened(model_.cards[card].name);
  }

  void draw_edge(Canvas& canvas, double top, std::size_t number_of_edge) const {
    const CardEdge& edge = model_.edges[number_of_edge];
    const std::vector<Stretch>& stretches = layout_.edges[number_of_edge];
    std::string path;
    double direction = 1;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      Stretch stretch = stretches[i];
      stretch.x1 += margin;
      stretch.x2 += margin;
      stretch.y1 += top;
      stretch.y2 += top;
      direction = stretch.bulge > 0 ? -1 : stretch.x2 > stretch.x1 ? 1 : -1;
      const bool is_last = i + 1 == stretches.size();
      stretch.x2 -= is_last && !edge.holds ? direction * (tip - 1) : 0;
      path += path_of(stretch, i == 0);
      if (!is_last) {  // Level, through the column.
        path += fmt::format("H{}", number(stretches[i + 1].x1 + margin));
      }
    }
    const ShapeStyle paint = paint_of(edge);
    canvas.open(fmt::format("{} {} {}{}{}", name_of(edge.from), edge.holds ? "holds" : "relies on",
                            name_of(edge.to), edge.is_partial ? "; some of them" : "",
                            edge.is_faulty ? "; there is a finding about it" : ""));
    canvas.path(path, {.stroke = Token::paper, .stroke_width = 4});
    canvas.path(path, paint);
    if (!edge.holds) {
      const Stretch& last = stretches.back();
      draw_tip(canvas, last.x2 + margin, last.y2 + top, direction, paint.stroke);
    }
    canvas.close();
  }

  static void draw_tip(Canvas& canvas, double x, double y, double direction, Token token) {
    canvas.path(fmt::format("M{} {}l{} -3.6v7.2z", number(x), number(y), number(-direction * tip)),
                {.fill = token});
  }

  static std::string path_of(const Stretch& stretch, bool is_first) {
    const double bend = stretch.bulge > 0 ? 0 : (stretch.x2 - stretch.x1) / 2;
    const double first = stretch.bulge > 0 ? stretch.x1 + stretch.bulge : stretch.x1 + bend;
    const double second = stretch.bulge > 0 ? stretch.x1 + stretch.bulge : stretch.x2 - bend;
    return (is_first ? fmt::format("M{} {}", number(stretch.x1), number(stretch.y1)) : "") +
           fmt::format("C{} {} {} {} {} {}", number(first), number(stretch.y1), number(second),
                       number(stretch.y2), number(stretch.x2), number(stretch.y2));
  }

  // --- cards

  [[nodiscard]] std::string title_of(const Card& card) const {
    constexpr std::size_t most = 12;
    if (card.kind == Card::Kind::more) {
      return fmt::format("{} {} that are not drawn", with_thousands(card.left_out),
                         words_of_column(card.column, card.left_out));
    }
    if (card.kind == Card::Kind::outside) {
      return "No portfolio holds these services";
    }
    std::string title;
    for (std::size_t i = 0; i < std::min(card.items.size(), most); ++i) {
      const ItemId item = card.items[i];
      const Answer answer = answer_of(inventory_, item);
      title += fmt::format("{}{}: {}, {}; {}", title.empty() ? "" : "; ",
                           shortened(inventory_.label(item)), inventory_.class_name(item),
                           to_string(inventory_.state(item)),
                           answer.is_alarm ? "no accountable owner" : answer.words);
    }
    if (card.items.size() > most) {
      title += fmt::format("; and {} more", with_thousands(card.items.size() - most));
    }
    return card.findings == 0 ? title
                              : fmt::format("{}; {}", title, count_of(card.findings, "finding"));
  }

  static std::string words_of_column(std::size_t column, std::size_t count) {
    std::string words(things.at(column));
    words.front() = static_cast<char>(words.front() - 'A' + 'a');
    return count == 1 ? words : words + 's';
  }

  void draw_card(Canvas& canvas, const Rect& rect, const Card& card, bool begins_zone) const {
    canvas.open(title_of(card), card.items.size() == 1 ? report_.link_to(card.items.front()) : "");
    if (begins_zone) {
      canvas.text(rect.x, rect.y - 6, card.zone == Zone::above ? "it serves" : "it stands on",
                  {.size = small, .fill = Token::ink_3});
    }
    if (card.kind == Card::Kind::items) {
      draw_items(canvas, rect, card);
    } else {
      draw_placeholder(canvas, rect, card);
    }
    canvas.close();
  }

  static void draw_placeholder(Canvas& canvas, const Rect& rect, const Card& card) {
    canvas.rect(rect, {.fill = Token::paper, .stroke = Token::edge, .dashes = "4 3", .radius = 3});
    const std::string words =
        card.kind == Card::Kind::outside
            ? card.name
            : fmt::format("{} {}", card.name, words_of_column(card.column, card.left_out));
    canvas.text(rect.x + 10, rect.y + 26.5, fit(words, rect.width - 20, name_size),
                {.size = name_size, .fill = Token::ink_2});
  }

  void draw_items(Canvas& canvas, const Rect& rect, const Card& card) const {
    const ItemId item = card.items.front();
    const Answer answer = answer_of(inventory_, item);
    draw_ground(canvas, rect, card, answer.is_alarm);
    draw_name(canvas, rect, card);
    draw_answer(canvas, rect, card, answer);
    for (std::size_t i = 0; i < card.hubs.size(); ++i) {
      draw_letter(canvas, rect.right() - 15 - 19 * static_cast<double>(i), rect.y + 31,
                  card.hubs[i]);
    }
    if (card.hub != 0) {
      draw_letter(canvas, rect.x - 13, rect.y + rect.height / 2, card.hub);
      canvas.text(rect.right(), rect.y - 6, fmt::format("{} here rely on it", card.hub_uses),
                  {.size = small, .fill = Token::ink_3, .anchor = Anchor::end});
    }
  }

  void draw_ground(Canvas& canvas, const Rect& rect, const Card& card, bool is_alarm) const {
    const ItemId item = card.items.front();
    const bool is_live = inventory_.is_live(item);
    if (card.items.size() > 1) {
      canvas.rect({rect.x + pile, rect.y + pile, rect.width, rect.height},
                  {.fill = Token::card, .stroke = Token::edge, .radius = 3});
    }
    if (card.is_focus) {
      canvas.rect(
          {rect.x - 4, rect.y - 4, rect.width + 8, rect.height + 8},
          {.fill = Token::paper, .stroke = Token::facing, .stroke_width = 2.5, .radius = 6});
    }
    canvas.rect(rect, {.fill = card.is_focus                              ? Token::facing_wash
                               : is_orphan(card)                          ? Token::idle
                               : inventory_.tier(item) == Tier::portfolio ? Token::box
                                                                          : Token::card,
                       .radius = 3});
    if (!is_live) {
      canvas.rect(rect, {.fill = Token::hatched, .radius = 3});
    }
    const bool is_dashed = !is_live || inventory_.tier(item) == Tier::unmapped;
    canvas.rect(rect, {.stroke = is_alarm ? Token::alarm : Token::edge,
                       .stroke_width = is_alarm ? 2.0 : 1.0,
                       .dashes = is_dashed ? "3 2" : "",
                       .radius = 3});
  }

  void draw_name(Canvas& canvas, const Rect& rect, const Card& card) const {
    const ItemId item = card.items.front();
    double right = rect.right() - 9;
    if (card.findings > 0) {
      right -= draw_badge(canvas, right, rect.y + 14, card.findings, card.is_grave) + 5;
    }
    if (card.items.size() > 1) {
      const std::string times = "×" + with_thousands(card.items.size());
      canvas.text(right, rect.y + 18.5, times,
                  {.fill = Token::ink_2, .weight = Weight::bold, .anchor = Anchor::end});
      right -= text_width(times, 12, Weight::bold) + 6;
    }
    double x = rect.x + 10;
    if (inventory_.is_service(item)) {
      draw_facing(canvas, x + 5, rect.y + 14, inventory_.facing(item),
                  !inventory_.is_live(item) || is_orphan(card));
      x += 16;
    }
    canvas.text(x, rect.y + 18.5, fit(card.name, right - x, name_size, Weight::bold),
                {.size = name_size,
                 .fill = inventory_.is_live(item) ? Token::ink : Token::ink_2,
                 .weight = Weight::bold});
  }

  static void draw_answer(Canvas& canvas, const Rect& rect, const Card& card,
                          const Answer& answer) {
    const double x = rect.x + 10;
    const double y = rect.y + 35.5;
    double room = rect.width - 20 - 19 * static_cast<double>(card.hubs.size());
    const std::string below =
        card.below > 0 ? fmt::format("+{} below", with_thousands(card.below)) : "";
    const double below_width = below.empty() ? 0 : text_width(below, small) + 8;
    if (below_width > 0 && below_width + 60 <= room) {
      canvas.text(x + room, y, below, {.size = small, .fill = Token::ink_3, .anchor = Anchor::end});
      room -= below_width;
    }
    if (answer.is_alarm) {
      draw_tag(canvas, x, y, "NO OWNER", true);
      return;
    }
    const double tag = answer.tag.empty() ? 0 : tag_width(answer.tag) + 6;
    const double width =
        canvas.text(x, y, fit(answer.words, room - tag, 12), {.fill = Token::ink_2});
    if (tag > 0) {
      draw_tag(canvas, x + width + 6, y, answer.tag, false);
    }
  }

  // --- the legend: of what occurs

  void add(std::string words, double width,
           std::function<void(Canvas& canvas, double x, double y)> draw) {
    legend_.signs.push_back({std::move(words), width, std::move(draw)});
  }

  void add_line(std::string words, const CardEdge& edge) {
    add(std::move(words), 28, [edge](Canvas& canvas, double x, double y) {
      const ShapeStyle paint = paint_of(edge);
      canvas.path(fmt::format("M{} {}h{}", number(x), number(y - 4), edge.holds ? 28 : 22), paint);
      if (!edge.holds) {
        draw_tip(canvas, x + 28, y - 4, 1, paint.stroke);
      }
    });
  }

  void add_swatch(std::string words, ShapeStyle paint, bool is_hatched = false) {
    add(std::move(words), 22, [=](Canvas& canvas, double x, double y) {
      if (is_hatched) {
        canvas.rect({x, y - 11, 22, 14}, {.fill = Token::hatched, .radius = 2});
      }
      canvas.rect({x, y - 11, 22, 14}, paint);
    });
  }

  template <typename Condition>
  [[nodiscard]] bool any_edge(Condition condition) const {
    return std::ranges::any_of(model_.edges, condition);
  }
  template <typename Condition>
  [[nodiscard]] bool any_card(Condition condition) const {
    return std::ranges::any_of(model_.cards, [&](const Card& card) {
      return card.kind == Card::Kind::items && condition(card);
    });
  }

  void add_legend() {
    add_legend_of_lines();
    for (const Facing facing :
         {Facing::external, Facing::internal, Facing::supporting, Facing::unknown}) {
      if (any_card([&](const Card& card) {
            const ItemId item = card.items.front();
            return inventory_.is_service(item) && inventory_.facing(item) == facing;
          })) {
        add(facing == Facing::unknown ? "facing unknown" : std::string(to_string(facing)), 10,
            [facing](Canvas& canvas, double x, double y) {
              draw_facing(canvas, x + 5, y - 4, facing, false);
            });
      }
    }
    add_legend_of_cards();
  }

  void add_legend_of_lines() {
    if (any_edge([](const CardEdge& edge) { return !edge.holds; })) {
      add_line("relies on", {});
    }
    if (any_edge([](const CardEdge& edge) { return edge.holds; })) {
      add_line("portfolio holds", {.holds = true});
    }
    if (any_edge([](const CardEdge& edge) { return edge.is_partial; })) {
      add_line("holds for some of them", {.is_partial = true});
    }
    if (any_edge([](const CardEdge& edge) { return edge.is_faulty; })) {
      add_line("relation with a finding", {.is_faulty = true});
    }
    if (any_card([](const Card& card) { return card.hub != 0; })) {
      add("relies on the hub with this letter", 16,
          [](Canvas& canvas, double x, double y) { draw_letter(canvas, x + 8, y - 4, 'a'); });
    }
  }

  void add_legend_of_cards() {
    if (any_card(
            [&](const Card& card) { return answer_of(inventory_, card.items.front()).is_alarm; })) {
      add_swatch("no accountable owner", {.stroke = Token::alarm, .stroke_width = 2, .radius = 2});
    }
    if (any_card([&](const Card& card) { return is_orphan(card); })) {
      add_swatch("supports nobody", {.fill = Token::idle, .stroke = Token::edge, .radius = 2});
    }
    if (any_card([&](const Card& card) { return !inventory_.is_live(card.items.front()); })) {
      add_swatch("planned or retired", {.stroke = Token::edge, .dashes = "3 2", .radius = 2}, true);
    }
    if (any_card([](const Card& card) { return card.items.size() > 1; })) {
      add("alike, drawn once", 24, [](Canvas& canvas, double x, double y) {
        const ShapeStyle paint{.fill = Token::card, .stroke = Token::edge, .radius = 2};
        canvas.rect({x + 4, y - 8, 20, 12}, paint);
        canvas.rect({x, y - 11, 20, 12}, paint);
      });
    }
    for (const bool is_grave : {true, false}) {
      if (any_card(
              [&](const Card& card) { return card.findings > 0 && card.is_grave == is_grave; })) {
        add(is_grave ? "findings, the worst critical or high" : "findings, none so grave", 18,
            [is_grave](Canvas& canvas, double x, double y) {
              draw_badge(canvas, x + 18, y - 4, 1, is_grave);
            });
      }
    }
  }

  const AuditReport& report_;
  const Inventory& inventory_;
  const Neighbourhood& model_;
  const ReportStyle& style_;
  CardMeasures measures_;
  NeighbourhoodLayout layout_;
  LegendRow legend_;
  std::vector<ItemId> orphans_;
};

}  // namespace

std::string draw_neighbourhood(const AuditReport& report, const Neighbourhood& model,
                               const ReportStyle& style) {
  return Picture(report, model, style).draw();
}

}  // namespace tierline
