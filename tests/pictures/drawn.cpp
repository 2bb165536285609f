#include "pictures/drawn.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

namespace tierline {
namespace {

using Attributes = std::map<std::string, std::string>;

double number_in(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? 0 : std::stod(found->second);
}

std::string text_in(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

struct Reading {
  Drawn drawn;
  std::vector<std::string> open;
  Attributes attributes;  ///< Of the text that is open.
  std::string content;

  void begin(const std::string& element, const Attributes& its) {
    const bool is_in_pattern = std::ranges::find(open, "pattern") != open.end();
    if (open.empty()) {
      drawn.width = number_in(its, "width");
      drawn.height = number_in(its, "height");
    } else if (element == "rect" && !is_in_pattern && number_in(its, "width") < drawn.width) {
      drawn.rects.push_back({number_in(its, "x"), number_in(its, "y"), number_in(its, "width"),
                             number_in(its, "height")});
    }
    open.push_back(element);
    attributes = its;
    content.clear();
  }

  void end() {
    if (open.back() == "text") {
      add_text();
    } else if (open.back() == "title") {
      open.size() == 2 ? drawn.title = content : drawn.titles.emplace_back(content);
    } else if (open.back() == "desc") {
      drawn.description = content;
    }
    open.pop_back();
    content.clear();
  }

  void add_text() {
    const double size = number_in(attributes, "font-size");
    const Weight weight =
        text_in(attributes, "font-weight") == "700" ? Weight::bold : Weight::regular;
    const double width = text_width(content, size, weight);
    const bool leftwards = text_in(attributes, "direction") == "rtl";
    const std::string anchor = text_in(attributes, "text-anchor");
    double x = number_in(attributes, "x");
    x -= anchor == "middle" ? width / 2 : (anchor == "end") != leftwards ? width : 0;
    drawn.texts.push_back(
        {{x, number_in(attributes, "y") - size * 0.72, width, size * 0.92}, content, size});
  }
};

bool overlap(const Rect& a, const Rect& b) {
  constexpr double slack = 0.5;
  return a.x + slack < b.right() && b.x + slack < a.right() && a.y + slack < b.bottom() &&
         b.y + slack < a.bottom();
}

bool holds(const Rect& outer, const Rect& inner) {
  constexpr double slack = 0.5;
  return outer.x <= inner.x + slack && inner.right() <= outer.right() + slack &&
         outer.y <= inner.y + slack && inner.bottom() <= outer.bottom() + slack;
}

/// The smallest rectangle that a text begins in.
const Rect* home_of(const DrawnText& text, const std::vector<Rect>& rects) {
  const Rect* home = nullptr;
  const double x = text.rect.x + std::min(1.0, text.rect.width / 2);
  const double y = text.rect.y + text.rect.height / 2;
  for (const Rect& rect : rects) {
    const bool begins_here = rect.x <= x && x <= rect.right() && rect.y <= y && y <= rect.bottom();
    if (begins_here && (home == nullptr || rect.width * rect.height < home->width * home->height)) {
      home = &rect;
    }
  }
  return home;
}

}  // namespace

bool Drawn::shows(std::string_view text) const {
  return std::ranges::any_of(texts, [&](const DrawnText& one) { return one.text == text; });
}

Drawn drawn(const std::string& svg) {
  Reading reading;
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                       XML_ParserFree);
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(
      parser.get(),
      [](void* data, const XML_Char* element, const XML_Char** attributes) {
        Attributes read;
        for (; *attributes != nullptr; attributes += 2) {
          read[attributes[0]] = attributes[1];
        }
        static_cast<Reading*>(data)->begin(element, read);
      },
      [](void* data, const XML_Char* /*element*/) { static_cast<Reading*>(data)->end(); });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* part, int size) {
    static_cast<Reading*>(data)->content.append(part, static_cast<std::size_t>(size));
  });
  reading.drawn.is_well_formed =
      XML_Parse(parser.get(), svg.data(), static_cast<int>(svg.size()), 1) == XML_STATUS_OK;
  return reading.drawn;
}

std::vector<std::string> layout_faults(const Drawn& drawn) {
  std::vector<std::string> faults;
  std::vector<DrawnText> texts = drawn.texts;
  std::ranges::sort(texts, {}, [](const DrawnText& text) { return text.rect.y; });
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const DrawnText& text = texts[i];
    if (!holds({0, 0, drawn.width, drawn.height}, text.rect)) {
      faults.push_back(fmt::format("'{}' sticks out of the picture", text.text));
    }
    const Rect* home = home_of(text, drawn.rects);
    if (home != nullptr && !holds(*home, text.rect)) {
      faults.push_back(fmt::format("'{}' sticks out of its box", text.text));
    }
    for (std::size_t k = i + 1; k < texts.size() && texts[k].rect.y < text.rect.bottom(); ++k) {
      if (overlap(text.rect, texts[k].rect)) {
        faults.push_back(fmt::format("'{}' overlaps '{}'", text.text, texts[k].text));
      }
    }
  }
  return faults;
}

}  // namespace tierline
