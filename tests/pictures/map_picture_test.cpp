// The map as it is drawn: nothing overlaps, nothing sticks out, whatever names are like.

#include "pictures/map_picture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "pictures/drawn.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::Not;

/// Many characters that are each shown as one.
std::string families() {
  std::string all;
  for (int i = 0; i < 9; ++i) {
    all += "👩‍👩‍👧‍👦";
  }
  return all;
}

const std::vector<std::string> hostile_names = {
    "Payroll",
    "Store Network - Branch Link of the Northern Region",
    "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenfabrik",
    "給与計算サービスおよび人事情報管理システムの基盤",
    "خدمة الرواتب والموارد البشرية للموظفين",
    "שירות תשלומים Payroll 12",
    "</text><script>alert(1)</script>&amp;\"'",
    families(),
    "Z\u0351\u036b\u0343a\u0363l\u0356go",
    std::string(5000, 'W'),
    "x",
    " ",
    ""};

class Estates {
 public:
  explicit Estates(unsigned seed) : random_(seed) {}

  Map map(std::size_t services, std::size_t portfolios) {
    Map map;
    map.title = "Who answers for which service: " + name();
    map.as_of = "2026-11-30";
    map.services = services;
    map.answers = {
        .live = services, .unowned = services / 2, .asks_support = true, .supporting = services};
    map.notes = {"Drawn: all there is.", "As of 2026-11-30, from 1 file. Gaps: " + name() + "."};
    map.boxes.resize(portfolios);
    map.groups = {{name(), name(), false}, {name(), "", true}};
    for (std::size_t i = 0; i < portfolios; ++i) {
      box(map.boxes[i], i);
    }
    for (std::size_t i = 0; i < services; ++i) {
      map.boxes[i < portfolios ? i : below(portfolios)].services.push_back(service());
    }
    return map;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool one_in(std::size_t many) { return below(many) == 0; }
  std::string name() { return hostile_names[below(hostile_names.size())]; }

  void box(MapBox& box, std::size_t number) {
    box.group = number % 7 < 2 ? number % 2 : no_group;
    box.portfolio = ItemId{static_cast<std::uint32_t>(number)};
    box.title = name();
    box.above = "in " + name();
    box.owner = one_in(3) ? "" : name();
    box.is_unowned = box.owner.empty();
    box.live = below(5);
    box.unowned = below(12'345);
    box.orphans = below(12'345);
  }

  MapService service() {
    MapService service;
    service.name = name();
    service.owner = one_in(4) ? "" : name();
    service.owner_flaw = one_in(4) ? "in no table" : "";
    service.facing = Facing{static_cast<std::uint8_t>(below(4))};
    service.is_live = !one_in(5);
    service.state = service.is_live ? State::live : State::retired;
    service.is_unowned = service.is_live && service.owner.empty();
    service.supports_nobody = service.is_live && one_in(4);
    service.findings = one_in(2) ? 0 : static_cast<std::uint32_t>(below(2000));
    service.is_grave = service.findings > 0 && one_in(2);
    for (std::uint32_t& count : service.under.systems) {
      count = static_cast<std::uint32_t>(below(one_in(5) ? 5000 : 4));
    }
    return service;
  }

  std::mt19937 random_;
};

TEST(MapPicture, HasNoTextThatOverlapsOrSticksOut) {
  Estates estates(11);
  const std::vector<std::pair<std::size_t, std::size_t>> sizes = {
      {1, 1},  {3, 3},    {10, 3},   {25, 9},    {40, 3},   {60, 6},  {60, 60},
      {61, 5}, {120, 10}, {300, 24}, {300, 150}, {600, 20}, {601, 7}, {5000, 120}};
  for (const auto& [services, portfolios] : sizes) {
    for (const unsigned width : {0U, 300U, 640U, 1280U}) {
      SCOPED_TRACE(fmt::format("{} in {}, {} wide", services, portfolios, width));
      ReportStyle style;
      style.width = width;
      const std::string svg = draw_map(estates.map(services, portfolios), style);
      const Drawn picture = drawn(svg);
      ASSERT_TRUE(picture.is_well_formed);
      EXPECT_THAT(layout_faults(picture), IsEmpty());
      EXPECT_TRUE(width == 0 || picture.width == width);
      EXPECT_THAT(svg, Not(HasSubstr("<script>")));
    }
  }
}

TEST(MapPicture, SaysBothAnswersInItsDescription) {
  Map map = Estates(1).map(4, 1);
  map.answers = {
      .live = 4, .owned = 2, .unowned = 2, .asks_support = true, .supporting = 3, .orphans = 1};
  const Drawn picture = drawn(draw_map(std::move(map), {}));
  EXPECT_EQ(picture.description,
            "2 of 4 live services have no accountable owner. 1 of 3 supporting services supports "
            "nobody.");
}

/// So wide, a picture is as high as it must be.
TEST(MapPicture, HasAFormForEverySizeWhereItsWidthIsGiven) {
  Estates estates(3);
  ReportStyle style;
  style.width = 1280;
  for (const std::size_t services : {60U, 61U, 600U, 601U}) {
    Map map = estates.map(services, 4);
    for (MapBox& box : map.boxes) {
      box.group = no_group;
    }
    const Drawn picture = drawn(draw_map(std::move(map), style));
    const std::size_t parts = services <= most_lines ? services + 4 : 4;
    EXPECT_EQ(picture.titles.size(), parts) << services;
  }
}

// --- on a slide

/// An estate with names as they are: of every ten services one has no owner, one supports nobody,
/// one has a grave finding, one a mild one, one is planned.
Map plain_map(std::size_t services, std::size_t portfolios) {
  Map map;
  map.title = "Who answers for which service";
  map.as_of = "2026-11-30";
  map.services = services;
  map.answers = {.live = services,
                 .owned = services - services / 10,
                 .unowned = services / 10,
                 .asks_support = true,
                 .supporting = services / 2,
                 .orphans = services / 10};
  map.notes = {fmt::format("Drawn: all there is, {} services. Not drawn: 1,204 systems.", services),
               "As of 2026-11-30, from 22 files, 18,408 items, 61,112 relations. Gaps: 2 relations "
               "are of unknown types; 1 owner is in no table."};
  map.boxes.resize(portfolios);
  for (std::size_t i = 0; i < portfolios; ++i) {
    map.boxes[i].title = fmt::format("Portfolio of Region {}", i + 1);
    map.boxes[i].above = "Portfolio";
    map.boxes[i].owner = "Henriette Vandersteen";
  }
  for (std::size_t i = 0; i < services; ++i) {
    MapBox& box = map.boxes[i % 7 == 0 ? i % (portfolios / 3 + 1) : i % portfolios];
    MapService& service = box.services.emplace_back();
    const std::size_t kind = i * 7 / 3 % 10;
    service.name = fmt::format("Customer Payments {}", i + 1);
    service.facing = Facing{static_cast<std::uint8_t>(i % 3)};
    service.is_live = kind != 4;
    service.state = service.is_live ? State::live : State::planned;
    service.is_unowned = kind == 0;
    service.owner = kind == 0 ? "" : "Barbara Montgomery";
    service.supports_nobody = kind == 1;
    service.is_grave = kind <= 2;
    service.findings = kind <= 3 ? 2 : 0;
    box.live += service.is_live ? 1U : 0U;
    box.unowned += service.is_unowned ? 1U : 0U;
    box.orphans += service.supports_nobody ? 1U : 0U;
  }
  // Worst first.
  for (MapBox& box : map.boxes) {
    std::ranges::stable_sort(box.services, {}, [](const MapService& one) {
      return std::tuple(!one.is_live, !one.is_unowned, one.supports_nobody);
    });
  }
  return map;
}

/// The size of its smallest text, in points, where it is as large as a slide of 16 to 9.
double points_on_a_slide(const Drawn& picture) {
  double smallest = 1000;
  for (const DrawnText& text : picture.texts) {
    smallest = std::min(smallest, text.size);
  }
  return smallest * std::min(960 / picture.width, 540 / picture.height);
}

TEST(MapPicture, CanBeReadOnASlideWhateverTheNumberOfServices) {
  for (const auto& [services, portfolios] :
       std::vector<std::pair<std::size_t, std::size_t>>{{20, 4},
                                                        {30, 5},
                                                        {45, 6},
                                                        {60, 6},
                                                        {60, 12},
                                                        {100, 8},
                                                        {100, 20},
                                                        {200, 12},
                                                        {200, 40},
                                                        {400, 20},
                                                        {400, 60},
                                                        {600, 30},
                                                        {600, 60},
                                                        {600, 1}}) {
    SCOPED_TRACE(fmt::format("{} in {}", services, portfolios));
    const Drawn picture = drawn(draw_map(plain_map(services, portfolios), {}));
    const double least = services <= most_cards ? least_points_of_cards : least_points;
    EXPECT_GE(points_on_a_slide(picture), least - 0.001);
    EXPECT_THAT(layout_faults(picture), IsEmpty());
  }
}

TEST(MapPicture, CanBeReadOnASlideWhereNothingIsWrong) {
  Map map = plain_map(500, 60);
  for (MapBox& box : map.boxes) {
    for (MapService& service : box.services) {
      service.is_unowned = service.supports_nobody = service.is_grave = false;
      service.findings = 0;
    }
  }
  const Drawn picture = drawn(draw_map(std::move(map), {}));
  EXPECT_GE(points_on_a_slide(picture), least_points - 0.001);
  EXPECT_THAT(layout_faults(picture), IsEmpty());
}

/// Names of services that a picture shows, whole or cut.
std::size_t named_in(const Drawn& picture) {
  return static_cast<std::size_t>(std::ranges::count_if(
      picture.texts, [](const DrawnText& text) { return text.text.starts_with("Customer "); }));
}

TEST(MapPicture, NamesTheWorstWhereThereIsNoRoomForAll) {
  const Map map = plain_map(200, 12);
  const std::string svg = draw_map(map, {});
  const Drawn picture = drawn(svg);
  EXPECT_LT(named_in(picture), 200U);
  for (const MapBox& box : map.boxes) {
    for (const MapService& service : box.services) {
      if (service.is_unowned || service.supports_nobody) {
        EXPECT_THAT(svg, HasSubstr("<title>" + service.name + ": ")) << service.name;
      }
    }
  }
}

TEST(MapPicture, CountsThoseItDoesNotName) {
  Map map = plain_map(300, 12);
  const Drawn picture = drawn(draw_map(map, {}));
  std::size_t told = named_in(picture);
  for (const DrawnText& text : picture.texts) {
    if (text.text.starts_with("+")) {
      told += std::stoul(text.text.substr(1));
    }
  }
  EXPECT_EQ(told, 300U);
  EXPECT_TRUE(picture.shows("Squares: services not named here"));
}

TEST(MapPicture, NamesAllWhereThereIsRoom) {
  for (const std::size_t services : {25U, 40U, 60U, 70U}) {
    const Drawn picture = drawn(draw_map(plain_map(services, 5), {}));
    EXPECT_EQ(named_in(picture), services);
    EXPECT_FALSE(picture.shows("Squares: services not named here"));
  }
}

TEST(MapPicture, SaysWhoOwnsWhatWhileThereIsRoom) {
  const Drawn picture = drawn(draw_map(plain_map(60, 5), {}));
  EXPECT_TRUE(picture.shows("Barbara Montgomery"));
  EXPECT_TRUE(picture.shows("NO OWNER"));
}

TEST(MapPicture, LeavesNoServiceAloneAsASquare) {
  for (const std::size_t services : {100U, 150U, 200U, 250U, 300U, 400U, 500U, 600U}) {
    EXPECT_FALSE(drawn(draw_map(plain_map(services, 12), {})).shows("+1 more")) << services;
  }
}

TEST(MapPicture, TellsOnlyTheSignsThatOccur) {
  Map map = Estates(5).map(2, 1);
  for (MapService& service : map.boxes[0].services) {
    service = {.item = ItemId{0},
               .name = "Shop",
               .owner = "Ann",
               .owner_flaw = "",
               .facing = Facing::external,
               .state = State::live,
               .is_live = true};
  }
  const Drawn sound = drawn(draw_map(map, {}));
  EXPECT_TRUE(sound.shows("external"));
  for (const char* words : {"internal", "supports nobody", "planned or retired", "nobody"}) {
    EXPECT_FALSE(sound.shows(words)) << words;
  }
  map.boxes[0].services[0].is_live = false;
  map.boxes[0].services[0].state = State::retired;
  EXPECT_TRUE(drawn(draw_map(map, {})).shows("planned or retired"));
}

TEST(MapPicture, HasTheColoursOfItsTheme) {
  ReportStyle style;
  const std::string by_viewer = draw_map(Estates(5).map(9, 2), style);
  style.theme = Theme::light;
  const std::string light = draw_map(Estates(5).map(9, 2), style);
  style.theme = Theme::dark;
  const std::string dark = draw_map(Estates(5).map(9, 2), style);
  EXPECT_THAT(by_viewer, HasSubstr("prefers-color-scheme: dark"));
  for (const std::string& svg : {light, dark}) {
    EXPECT_THAT(svg, Not(HasSubstr("<style>")));
  }
  EXPECT_THAT(light, Not(HasSubstr("#15181c")));
  EXPECT_THAT(dark, HasSubstr("#15181c"));
}

TEST(MapPicture, IsTheSameEveryTime) {
  EXPECT_EQ(draw_map(Estates(8).map(70, 5), {}), draw_map(Estates(8).map(70, 5), {}));
}

TEST(MapPicture, OfManyServicesIsSmall) {
  EXPECT_THAT(draw_map(Estates(9).map(20'000, 50), {}).size(), Lt(1'500'000U));
  const std::string many = draw_map(Estates(9).map(300'000, 5000), {});
  EXPECT_THAT(many.size(), Lt(3'000'000U));
  EXPECT_THAT(many, HasSubstr("A square is 5 services"));
}

TEST(MapPicture, OfManyServicesCanBeReadOnASlide) {
  Estates estates(7);
  for (const auto& [services, portfolios] : {std::pair(700, 60), {2000, 150}, {5000, 400}}) {
    const Drawn picture = drawn(draw_map(
        estates.map(static_cast<std::size_t>(services), static_cast<std::size_t>(portfolios)), {}));
    // Where 960 points are the width, 12 pixels are nearly 8 points.
    EXPECT_LE(picture.width, 1500) << services;
    EXPECT_THAT(layout_faults(picture), IsEmpty()) << services;
  }
}

}  // namespace
}  // namespace tierline
