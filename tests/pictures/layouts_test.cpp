// The layouts of neighbourhoods that are kept for the page, which lays its own out by the same
// rules in TypeScript: tests/page/layout.mjs compares. Kept with UPDATE_EXPECTED=1.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "given.h"
#include "pictures/neighbourhood_layout.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

const fs::path kept = fs::path(TIERLINE_ROOT) / "tests" / "page" / "expected" / "layouts.jsonl";

template <typename List, typename Write>
std::string json_list(const List& list, Write write) {
  std::vector<std::string> parts;
  for (const auto& one : list) {
    parts.push_back(write(one));
  }
  return "[" + join(parts, ",") + "]";
}

/// Whatever doubles have to be read back as they are.
std::string exact(double value) {
  return fmt::format("{}", value);
}

/// The model as far as a layout depends on it, and the layout.
std::string line_of(const std::string& name, const Neighbourhood& model) {
  const CardMeasures measures;
  const NeighbourhoodLayout layout = layout_of(model, measures);
  std::string cards = json_list(model.cards, [](const Card& card) {
    return fmt::format(
        R"({{"column":{},"zone":{},"distance":{},"isHub":{},"isFocus":{},"isPile":{}}})",
        card.column, static_cast<int>(card.zone), card.distance, card.hub != 0, card.is_focus,
        card.items.size() > 1);
  });
  std::string edges = json_list(model.edges, [](const CardEdge& edge) {
    return fmt::format(R"({{"from":{},"to":{}}})", edge.from, edge.to);
  });
  std::string places = json_list(layout.cards, [](const Rect& rect) {
    return fmt::format(R"({{"x":{},"y":{}}})", exact(rect.x), exact(rect.y));
  });
  std::string begins =
      json_list(layout.begins_zone, [](bool is) { return std::string(is ? "true" : "false"); });
  std::string lines = json_list(layout.edges, [](const std::vector<Stretch>& stretches) {
    return json_list(stretches, [](const Stretch& one) {
      return fmt::format(R"({{"x1":{},"y1":{},"x2":{},"y2":{},"bulge":{}}})", exact(one.x1),
                         exact(one.y1), exact(one.x2), exact(one.y2), exact(one.bulge));
    });
  });
  return fmt::format(
      R"({{"name":"{}","measures":{{"width":{},"height":{},"columnGap":{}}},"hasZones":{},)"
      R"("cards":{},"edges":{},"layout":{{"cards":{},"beginsZone":{},"edges":{},"columnX":{},)"
      R"("width":{},"height":{}}}}})",
      name, measures.width, measures.height, measures.column_gap, model.has_zones, cards, edges,
      places, begins, lines, json_list(layout.column_x, exact), exact(layout.width),
      exact(layout.height));
}

void add(const std::string& name, const Audit& audited, ItemId focus, std::string& lines) {
  ReportStyle style;
  style.subject.focus = focus;
  style.most_items = 40;
  const auto model = neighbourhood_of(audited.report(), style);
  ASSERT_TRUE(model) << name;
  lines += line_of(name, *model) + '\n';
}

/// A few dozen items of all tiers that need and contain one another as they please.
std::string any_estate(std::mt19937& random) {
  const auto below = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  constexpr std::array words = {"portfolio", "external", "supporting", "system", "component"};
  const std::size_t items = 6 + below(30);
  std::string text;
  std::vector<std::size_t> tiers;
  for (std::size_t i = 0; i < items; ++i) {
    tiers.push_back(i == 0 ? 1 : below(words.size()));
    text += fmt::format("{} i{} @ann; ", words.at(tiers.back()), i);
  }
  for (std::size_t i = 0; i < 2 * items; ++i) {
    const std::size_t from = below(items);
    const std::size_t to = below(items);
    if (from != to) {
      text += fmt::format("i{} {} i{}; ", from, tiers[from] == 0 ? "=>" : "->", to);
    }
  }
  return text;
}

TEST(Layouts, AreTheKeptOnesThatThePageIsHeldTo) {
  std::string lines;
  AuditOptions options;
  options.import.inputs = {(fs::path(TIERLINE_ROOT) / "fixtures/estate/export").string()};
  options.import.as_of = "2026-11-30";
  const auto estate = audit(options);
  ASSERT_TRUE(estate);
  for (const ItemId item : estate->inventory->items()) {
    if (estate->inventory->tier(item) <= Tier::system) {
      add(estate->inventory->id(item), *estate, item, lines);
    }
  }
  std::mt19937 random(16);
  for (int i = 0; i < 40; ++i) {
    const Given given_estate = given(any_estate(random));
    add(fmt::format("generated {}", i), given_estate.audit(), given_estate.item("i0"), lines);
  }
  if (std::getenv("UPDATE_EXPECTED") != nullptr) {
    std::ofstream(kept, std::ios::binary) << lines;
  }
  std::ifstream file(kept, std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(file), {}};
  EXPECT_TRUE(lines == before) << "the layouts have changed: keep them with UPDATE_EXPECTED=1";
}

}  // namespace
}  // namespace tierline
