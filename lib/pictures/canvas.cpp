#include "pictures/canvas.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "support/xml_text.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::string_view fonts = "Helvetica, Arial, 'Liberation Sans', sans-serif";
constexpr double tag_size = 11;

std::string_view name_of(Anchor anchor) {
  constexpr std::array<std::string_view, 3> names = {"start", "middle", "end"};
  return names.at(static_cast<std::size_t>(anchor));
}

/// Where a line of text is anchored whose beginning is at its right.
Anchor mirrored(Anchor anchor) {
  return anchor == Anchor::start ? Anchor::end
         : anchor == Anchor::end ? Anchor::start
                                 : Anchor::middle;
}

}  // namespace

std::string number(double value) {
  const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
  const std::uint64_t size = static_cast<std::uint64_t>(hundredths < 0 ? -hundredths : hundredths);
  std::string text = hundredths < 0 ? "-" : "";
  text += fmt::format("{}", size / 100);
  if (const std::uint64_t rest = size % 100; rest != 0) {
    text += rest % 10 == 0 ? fmt::format(".{}", rest / 10) : fmt::format(".{:02}", rest);
  }
  return text;
}

std::string Canvas::attribute(std::string_view name, Token token, std::string& classes) {
  if (token == Token::none) {
    return name == "fill" ? " fill=\"none\"" : "";
  }
  if (token == Token::hatched) {
    return fmt::format(" {}=\"url(#hatch)\"", name);
  }
  const Colour& colour = colour_of(token);
  if (theme_ == Theme::automatic) {
    used_.emplace(name, token);
    classes += fmt::format("{}{}-{}", classes.empty() ? "" : " ", name.front(), colour.name);
  }
  return fmt::format(" {}=\"{}\"", name, theme_ == Theme::dark ? colour.dark : colour.light);
}

std::string Canvas::paint(const ShapeStyle& paint) {
  std::string classes;
  std::string text = attribute("fill", paint.fill, classes);
  if (paint.stroke != Token::none) {
    text += attribute("stroke", paint.stroke, classes);
    if (paint.stroke_width != 1) {
      text += fmt::format(" stroke-width=\"{}\"", number(paint.stroke_width));
    }
    if (!paint.dashes.empty()) {
      text += fmt::format(" stroke-dasharray=\"{}\"", paint.dashes);
    }
  }
  return classes.empty() ? text : fmt::format("{} class=\"{}\"", text, classes);
}

void Canvas::rect(Rect rect, const ShapeStyle& look) {
  const double inset = look.stroke == Token::none ? 0 : look.stroke_width / 2;
  body_ += fmt::format(
      "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}{}/>\n", number(rect.x + inset),
      number(rect.y + inset), number(rect.width - 2 * inset), number(rect.height - 2 * inset),
      look.radius > 0 ? fmt::format(" rx=\"{}\"", number(look.radius)) : "", paint(look));
}

void Canvas::circle(double x, double y, double radius, const ShapeStyle& look) {
  body_ += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n", number(x), number(y),
                       number(radius), paint(look));
}

void Canvas::path(std::string_view commands, const ShapeStyle& look) {
  body_ += fmt::format("<path d=\"{}\"{}/>\n", commands, paint(look));
}

double Canvas::text(double x, double y, std::string_view text, const TextStyle& style) {
  if (text.empty()) {
    return 0;
  }
  const std::string shown = made_visible(text);
  const bool leftwards = !style.is_sentence && runs_leftwards(shown);
  const Anchor anchor = leftwards ? mirrored(style.anchor) : style.anchor;
  body_ += fmt::format(
      "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{}{}{}>{}</text>\n", number(x), number(y),
      number(style.size), style.weight == Weight::bold ? " font-weight=\"700\"" : "",
      anchor == Anchor::start ? "" : fmt::format(" text-anchor=\"{}\"", name_of(anchor)),
      leftwards ? " direction=\"rtl\"" : "", paint({.fill = style.fill}), xml_escaped(shown));
  return text_width(shown, style.size, style.weight);
}

void Canvas::open(std::string_view title, std::string_view link) {
  open_.emplace_back(link.empty() ? "</g>\n" : "</a>\n");
  body_ += link.empty() ? "<g>" : fmt::format("<a href=\"{}\">", xml_escaped(link));
  body_ += fmt::format("<title>{}</title>\n", xml_escaped(made_visible(title)));
}

void Canvas::close() {
  body_ += open_.back();
  open_.pop_back();
}

std::string Canvas::svg(double width, double height, std::string_view title,
                        std::string_view description) const {
  std::string rules;
  for (const auto& [name, token] : used_) {
    const Colour& colour = colour_of(token);
    rules += fmt::format(".{}-{}{{{}:{}}}", name.front(), colour.name, name, colour.dark);
  }
  Canvas hatch(theme_);
  hatch.path("M0 0v7", {.stroke = Token::hatch, .stroke_width = 1.5});
  if (theme_ == Theme::automatic) {
    const Colour& colour = colour_of(Token::hatch);
    rules += fmt::format(".s-{}{{stroke:{}}}", colour.name, colour.dark);
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
      "height=\"{1}\" role=\"img\" font-family=\"{2}\" aria-label=\"{3}\">\n"
      "<title>{3}</title>\n<desc>{4}</desc>\n{5}"
      "<defs><pattern id=\"hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
      "patternTransform=\"rotate(45)\">\n{6}</pattern></defs>\n{7}</svg>\n",
      number(width), number(height), fonts, xml_escaped(made_visible(title)),
      xml_escaped(made_visible(description)),
      rules.empty()
          ? ""
          : fmt::format("<style>@media (prefers-color-scheme: dark){{{}}}</style>\n", rules),
      hatch.body_, body_);
}

void draw_facing(Canvas& canvas, double x, double y, Facing facing, bool is_muted) {
  constexpr double ring = 4.25;
  const Token ink = is_muted ? Token::ink_3 : Token::facing;
  const auto draw_ring = [&](std::string_view dashes) {
    canvas.circle(x, y, ring, {.stroke = ink, .stroke_width = 1.5, .dashes = dashes});
  };
  switch (facing) {
    case Facing::external:
      canvas.circle(x, y, 5, {.fill = ink});
      break;
    case Facing::internal:
      draw_ring({});
      canvas.path(fmt::format("M{} {}a{r} {r} 0 0 0 0 8.5z", number(x), number(y - ring),
                              fmt::arg("r", number(ring))),
                  {.fill = ink});
      break;
    case Facing::supporting:
      draw_ring({});
      break;
    case Facing::unknown:
      draw_ring("2 1.8");
      break;
  }
}

double tag_width(std::string_view word) {
  return text_width(word, tag_size, Weight::bold) + 10;
}

double draw_tag(Canvas& canvas, double x, double y, std::string_view word, bool is_filled) {
  const double width = tag_width(word);
  const Rect around{x, y - 12, width, 16};
  if (is_filled) {
    canvas.rect(around, {.fill = Token::alarm, .radius = 2});
  } else {
    canvas.rect(around, {.stroke = Token::alarm, .stroke_width = 1.25, .radius = 2});
  }
  canvas.text(x + 5, y, word,
              {.size = tag_size,
               .fill = is_filled ? Token::on_alarm : Token::alarm,
               .weight = Weight::bold});
  return width;
}

double badge_width(std::size_t count) {
  return std::max(18.0, text_width(with_thousands(count), tag_size, Weight::bold) + 10);
}

double draw_badge(Canvas& canvas, double right, double y, std::size_t count, bool is_grave) {
  const double width = badge_width(count);
  const Rect around{right - width, y - 8, width, 16};
  if (is_grave) {
    canvas.rect(around, {.fill = Token::alarm, .radius = 8});
  } else {
    canvas.rect(around, {.stroke = Token::edge, .radius = 8});
  }
  canvas.text(right - width / 2, y + 4, with_thousands(count),
              {.size = tag_size,
               .fill = is_grave ? Token::on_alarm : Token::ink_2,
               .weight = Weight::bold,
               .anchor = Anchor::middle});
  return width;
}

}  // namespace tierline
