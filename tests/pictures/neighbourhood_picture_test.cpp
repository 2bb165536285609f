// A neighbourhood as it is drawn: nothing overlaps, nothing sticks out, no line runs through a
// card.

#include "pictures/neighbourhood_picture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "given.h"
#include "pictures/drawn.h"
#include "pictures/neighbourhood_layout.h"
#include "rules/from_files.h"

namespace tierline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Cards and lines of any kind; an edge is never listed twice.
Neighbourhood some_model(unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) { return random() % limit; };
  Neighbourhood model;
  model.cards.resize(2 + below(40));
  for (std::size_t i = 0; i < model.cards.size(); ++i) {
    Card& card = model.cards[i];
    card.column = below(column_count);
    card.zone = i == 0 ? Zone::centre : below(2) == 0 ? Zone::above : Zone::below;
    card.distance = static_cast<std::uint32_t>(below(5));
    card.items.resize(1 + below(3));
    card.hub = below(9) == 0 ? 'a' : '\0';
  }
  for (std::size_t i = 0; i < model.cards.size(); ++i) {
    for (std::size_t k = below(4); k > 0; --k) {
      const std::size_t to = below(model.cards.size());
      const bool is_known = std::ranges::any_of(
          model.edges, [&](const CardEdge& edge) { return edge.from == i && edge.to == to; });
      if (to != i && !is_known) {
        model.edges.push_back({.from = i, .to = to, .holds = below(5) == 0});
      }
    }
  }
  return model;
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

TEST(NeighbourhoodLayout, KeepsCardsApart) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const NeighbourhoodLayout layout = layout_of(some_model(seed), {});
    for (std::size_t i = 0; i < layout.cards.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        EXPECT_FALSE(overlap(layout.cards[i], layout.cards[k])) << seed << ": " << k << ", " << i;
      }
      EXPECT_GE(layout.cards[i].y, 0);
      EXPECT_LE(layout.cards[i].bottom(), layout.height);
    }
  }
}

TEST(NeighbourhoodLayout, LeadsNoLineThroughACard) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const NeighbourhoodLayout layout = layout_of(some_model(seed), {});
    for (const std::vector<Stretch>& edge : layout.edges) {
      for (std::size_t i = 1; i < edge.size(); ++i) {
        const double left = std::min(edge[i - 1].x2, edge[i].x1);
        const double right = std::max(edge[i - 1].x2, edge[i].x1);
        const Rect level{left, edge[i].y1, right - left, 0.1};
        for (const Rect& card : layout.cards) {
          EXPECT_FALSE(overlap(level, card)) << seed;
        }
      }
    }
  }
}

TEST(NeighbourhoodLayout, PutsWhatItServesAboveAndWhatItStandsOnBelow) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Neighbourhood model = some_model(seed);
    const NeighbourhoodLayout layout = layout_of(model, {});
    for (std::size_t i = 0; i < model.cards.size(); ++i) {
      for (std::size_t k = 0; k < model.cards.size(); ++k) {
        if (model.cards[i].column == model.cards[k].column &&
            model.cards[i].zone < model.cards[k].zone) {
          EXPECT_LT(layout.cards[i].y, layout.cards[k].y) << seed;
        }
      }
    }
  }
}

TEST(NeighbourhoodLayout, IsTheSameEveryTime) {
  const auto heights = [] {
    std::vector<double> all;
    for (const Rect& card : layout_of(some_model(5), {}).cards) {
      all.push_back(card.y);
    }
    return all;
  };
  EXPECT_EQ(heights(), heights());
}

std::string picture(const Given& estate, std::string_view focus, unsigned width = 0) {
  ReportStyle style;
  style.subject.focus = estate.item(focus);
  style.most_items = 40;
  style.width = width;
  const auto report = estate.audit().report();
  return draw_neighbourhood(report, *neighbourhood_of(report, style), style);
}

/// Many characters that are each shown as one.
std::string families() {
  std::string all;
  for (int i = 0; i < 9; ++i) {
    all += "👩‍👩‍👧‍👦";
  }
  return all;
}

const std::vector<std::string> hostile_names = {"</text><script>alert(1)</script>&amp;\\\"'",
                                                "給与計算サービスおよび人事情報管理システムの基盤",
                                                "خدمة الرواتب والموارد البشرية للموظفين",
                                                families(), std::string(3000, 'W')};

/// Services, systems and components that rely on one another, of names that nobody foresaw.
Given some_estate(unsigned seed) {
  std::mt19937 random(seed);
  std::string items;
  const char* tiers[] = {"portfolio", "service", "service", "system", "component", "component"};
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string& name = hostile_names[random() % hostile_names.size()];
    std::string needs;
    for (int k = 0; k < 3; ++k) {
      needs += fmt::format("{}i{}", k == 0 ? "" : ";", random() % 60);
    }
    items += fmt::format(
        R"({}{{"id": "i{}", "name": "{}", "tier": "{}", "facing": "{}", "owner": "{}", "state": "{}", "needs": "{}"}})",
        i == 0 ? "" : ",", i, name, tiers[random() % 6],
        random() % 2 == 0 ? "external" : "supporting",
        random() % 2 == 0 ? "" : hostile_names[random() % hostile_names.size()],
        random() % 6 == 0 ? "retired" : "live", needs);
  }
  return from_files({{"estate.json", "{\"items\": [" + items + "]}"}});
}

TEST(NeighbourhoodPicture, HasNoTextThatOverlapsOrSticksOut) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    const Given estate = some_estate(seed);
    for (const unsigned width : {0U, 300U, 1600U}) {
      const auto report = estate.audit().report();
      ReportStyle style;
      style.subject.focus = ItemId{seed};
      style.most_items = 40;
      style.width = width;
      const std::string svg = draw_neighbourhood(report, *neighbourhood_of(report, style), style);
      const Drawn read = drawn(svg);
      ASSERT_TRUE(read.is_well_formed);
      EXPECT_THAT(layout_faults(read), IsEmpty()) << seed;
      EXPECT_THAT(svg, Not(HasSubstr("<script>")));
    }
  }
}

TEST(NeighbourhoodPicture, SaysWhoAnswers) {
  const Given estate = given(
      "person ann left; external Shop @ann; system Cart; component web +ops; component db;"
      "Shop -> Cart -> web; Cart -> db");
  const Drawn read = drawn(picture(estate, "Cart"));
  EXPECT_TRUE(read.shows("ann"));
  EXPECT_TRUE(read.shows("has left"));
  EXPECT_TRUE(read.shows("run by ops"));
  EXPECT_TRUE(read.shows("NO OWNER"));
  EXPECT_TRUE(read.shows("it serves"));
  EXPECT_TRUE(read.shows("it stands on"));
  EXPECT_EQ(read.title, "Cart: whom it serves, and what it stands on");
}

TEST(NeighbourhoodPicture, HasATitleThatRunsRightwardsWhateverTheNameDoes) {
  const std::string svg = picture(given("system שירות @ann"), "שירות");
  EXPECT_THAT(svg, HasSubstr(" direction=\"rtl\" fill=\"#16191d\" class=\"f-ink\">שירות</text>"));
  EXPECT_THAT(svg, HasSubstr(" font-weight=\"700\" fill=\"#16191d\" class=\"f-ink\">שירות: whom"));
}

TEST(NeighbourhoodPicture, LeavesOutColumnsThatAreEmpty) {
  const Drawn read = drawn(picture(given("system A @ann; component b +ops; A -> b"), "A"));
  EXPECT_TRUE(read.shows("System"));
  EXPECT_FALSE(read.shows("Services"));
  EXPECT_FALSE(read.shows("Portfolios"));
}

}  // namespace
}  // namespace tierline
