#include "pictures/map_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr double swatch = 22;

Sign sign_of(Facing facing) {
  const std::string words =
      facing == Facing::unknown ? "facing unknown" : std::string(to_string(facing));
  return {words, 10, [facing](Canvas& canvas, double x, double y) {
            draw_facing(canvas, x + 5, y - 4, facing, false);
          }};
}

Sign sign_of_ground(std::string words, MapService service) {
  return {std::move(words), swatch, [service](Canvas& canvas, double x, double y) {
            draw_ground(canvas, {x, y - 11, swatch, 14}, service, 2.5);
          }};
}

Sign sign_of_badge(std::string words, bool is_grave) {
  return {std::move(words), 18, [is_grave](Canvas& canvas, double x, double y) {
            draw_badge(canvas, x + 18, y - 4, 1, is_grave);
          }};
}

constexpr double frame_height = 28;  ///< Of what stands over the boxes in it.
constexpr double frame_side = 6;

/// A portfolio around others, with its name and owner over them.
void draw_frame(Canvas& canvas, const Rect& rect, const MapGroup& group, bool is_continued) {
  constexpr double size = 13;
  const double y = rect.y + 18;
  double x = rect.x + 12;
  const double right = rect.right() - 12;
  canvas.open(fmt::format("{}: a portfolio of portfolios; {}", shortened(group.title),
                          group.is_unowned ? "it has no owner" : "owned by " + group.owner));
  canvas.rect(rect, {.stroke = Token::edge, .radius = 6});
  const std::string title = group.title + (is_continued ? ", continued" : "");
  x += canvas.text(x, y, fit(title, right - x, size, Weight::bold),
                   {.size = size, .weight = Weight::bold}) +
       10;
  if (group.is_unowned && x + tag_width("NO OWNER") <= right) {
    draw_tag(canvas, x, y, "NO OWNER", true);
  } else if (!group.is_unowned && x + 40 <= right) {
    canvas.text(x, y, fit(group.owner, right - x, 12), {.fill = Token::ink_2});
  }
  canvas.close();
}

}  // namespace

std::vector<std::size_t> cells_of(const Map& map) {
  std::vector<std::size_t> cells;
  for (const MapBox& box : map.boxes) {
    cells.push_back(box.services.size());
  }
  return cells;
}

LegendRow legend_of_services(const Map& map) {
  std::vector<const MapService*> services;
  for (const MapBox& box : map.boxes) {
    for (const MapService& service : box.services) {
      services.push_back(&service);
    }
  }
  return legend_of_services(services);
}

std::string owner_words(const MapService& service) {
  return !service.owner.empty()            ? service.owner
         : service.lacks_owner_field       ? "owner not exported"
         : service.state == State::retired ? "needs no owner any more"
                                           : "no owner yet";
}

LegendRow legend_of_services(std::span<const MapService* const> services) {
  const auto any = [&](auto is_meant) {
    return std::ranges::any_of(services, [&](const MapService* one) { return is_meant(*one); });
  };
  LegendRow row{"Services", {}};
  for (const Facing facing :
       {Facing::external, Facing::internal, Facing::supporting, Facing::unknown}) {
    if (any([&](const MapService& one) { return one.facing == facing; })) {
      row.signs.push_back(sign_of(facing));
    }
  }
  MapService sample;
  sample.is_live = true;
  if (any([](const MapService& one) { return one.is_unowned; })) {
    sample.is_unowned = true;
    row.signs.push_back(sign_of_ground("no accountable owner", sample));
    sample.is_unowned = false;
  }
  if (any([](const MapService& one) { return one.supports_nobody; })) {
    sample.supports_nobody = true;
    row.signs.push_back(sign_of_ground("supports nobody", sample));
    sample.supports_nobody = false;
  }
  if (any([](const MapService& one) { return !one.is_live; })) {
    sample.is_live = false;
    row.signs.push_back(sign_of_ground("planned or retired", sample));
  }
  if (any([](const MapService& one) { return one.is_grave; })) {
    row.signs.push_back(sign_of_badge("findings, the worst critical or high", true));
  }
  if (any([](const MapService& one) { return one.findings > 0 && !one.is_grave; })) {
    row.signs.push_back(sign_of_badge("findings, none so grave", false));
  }
  return row;
}

std::string line_of(const MapBox& box) {
  std::string line =
      fmt::format("{}: {}", shortened(box.title), count_of(box.services.size(), "service"));
  if (box.kind == MapBox::Kind::portfolio) {
    line += box.is_unowned      ? "; the portfolio has no owner"
            : box.owner.empty() ? ""
                                : "; owned by " + box.owner;
  }
  const std::string owners =
      box.unowned == 0 && box.owner_unknown == 0 ? "0 without owner" : owners_in_words(box);
  return line + fmt::format("; {}, {} {} nobody", owners, with_thousands(box.orphans),
                            box.orphans == 1 ? "supports" : "support");
}

void draw_box(Canvas& canvas, const Rect& rect, const MapBox& box) {
  canvas.rect(rect, {.fill = Token::box, .radius = 4});
  if (box.kind == MapBox::Kind::outside) {
    canvas.rect(rect, {.stroke = Token::edge, .dashes = "4 3", .radius = 4});
  }
}

double frame_head(const Map& map) {
  return map.groups.empty() ? 0 : frame_height;
}

double frame_head(const Map& map, const Shelf& shelf) {
  for (std::size_t k = 0; k < shelf.columns.size(); ++k) {
    if (map.boxes[shelf.first + k].group != no_group) {
      return frame_height;
    }
  }
  return 0;
}

double without_frames(const Map& map, const std::vector<Shelf>& shelves) {
  double height = 0;
  for (const Shelf& shelf : shelves) {
    height += frame_head(map) - frame_head(map, shelf);
  }
  return height;
}

void draw_frames(Canvas& canvas, const Map& map, std::size_t first,
                 const std::vector<Rect>& boxes) {
  for (std::size_t begin = 0; begin < boxes.size();) {
    const std::size_t group = map.boxes[first + begin].group;
    std::size_t end = begin + 1;
    while (end < boxes.size() && map.boxes[first + end].group == group) {
      ++end;
    }
    if (group != no_group) {
      const Rect& left = boxes[begin];
      const bool is_continued = first + begin > 0 && map.boxes[first + begin - 1].group == group;
      draw_frame(canvas,
                 {left.x - frame_side, left.y - frame_height + 2,
                  boxes[end - 1].right() - left.x + 2 * frame_side,
                  left.height + frame_height - 2 + frame_side},
                 map.groups[group], is_continued);
    }
    begin = end;
  }
}

void draw_ground(Canvas& canvas, const Rect& rect, const MapService& service, double strong) {
  constexpr double radius = 3;
  canvas.rect(rect,
              {.fill = service.supports_nobody ? Token::idle : Token::card, .radius = radius});
  if (!service.is_live) {
    canvas.rect(rect, {.fill = Token::hatched, .radius = radius});
  }
  if (service.is_unowned) {
    canvas.rect(rect, {.stroke = Token::alarm, .stroke_width = strong, .radius = radius});
  } else if (!service.is_live) {
    canvas.rect(rect, {.stroke = Token::edge, .dashes = "3 2", .radius = radius});
  } else {
    canvas.rect(rect,
                {.stroke = service.supports_nobody ? Token::edge : Token::line, .radius = radius});
  }
}

}  // namespace tierline
