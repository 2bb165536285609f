// What the map of an estate says, before it is drawn.

#include "pictures/map.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "given.h"

namespace tierline {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Map map_of_all(const Given& estate) {
  return *map_of(estate.audit().report(), {});
}

std::vector<std::string> titles(const Map& map) {
  std::vector<std::string> titles;
  for (const MapBox& box : map.boxes) {
    titles.push_back(box.title);
  }
  return titles;
}

std::vector<std::string> names(const MapBox& box) {
  std::vector<std::string> names;
  for (const MapService& service : box.services) {
    names.push_back(service.name);
  }
  return names;
}

TEST(Map, PutsServicesIntoTheNearestPortfolioThatHoldsThem) {
  const Map map =
      map_of_all(given("portfolio Corporate @ann; portfolio Retail @bob in:Corporate;"
                       "external Shop @ann in:Retail; external Site @ann"));
  EXPECT_THAT(titles(map), ElementsAre("Retail", "In no portfolio"));
  EXPECT_EQ(map.boxes[0].above, "in Corporate, ann");
  EXPECT_EQ(map.boxes[0].owner, "bob");
  EXPECT_EQ(map.services, 2U);
}

TEST(Map, PutsPortfoliosOfOnePortfolioTogether) {
  const Map map = map_of_all(
      given("portfolio Retail @ann; portfolio Web @ann in:Retail; portfolio Stores in:Retail;"
            "portfolio Deep @ann in:Web; portfolio Back @ann; external A @ann in:Web;"
            "external B @ann in:Stores; external C @ann in:Deep; external D in:Stores;"
            "external E in:Back; internal F @ann in:Retail"));
  EXPECT_THAT(titles(map), ElementsAre("Stores", "Deep", "Retail", "Web", "Back"));
  ASSERT_EQ(map.groups.size(), 1U);
  EXPECT_EQ(map.groups[0].title, "Retail");
  EXPECT_EQ(map.boxes[0].group, 0U);
  EXPECT_EQ(map.boxes[0].above, "Portfolio");
  EXPECT_EQ(map.boxes[1].above, "in Web, ann");
  EXPECT_EQ(map.boxes[2].above, "Itself");
  EXPECT_EQ(map.boxes[4].group, no_group);
}

TEST(Map, ShowsPortfoliosThatHoldOneAnotherAsNothingWorse) {
  const Map map =
      map_of_all(given("portfolio A @ann in:B; portfolio B @ann in:A; external Shop @ann in:A"));
  EXPECT_THAT(titles(map), ElementsAre("A"));
}

TEST(Map, HasOneBoxWhereTheExportHasNoPortfolios) {
  const Map map = map_of_all(given("external Shop @ann; external Site @ann"));
  ASSERT_EQ(map.boxes.size(), 1U);
  EXPECT_EQ(map.boxes[0].kind, MapBox::Kind::all);
}

TEST(Map, PutsTheWorstFirst) {
  const Map map = map_of_all(
      given("portfolio Sound @ann; portfolio Bad @ann;"
            "external A @ann in:Sound; external B @ann in:Sound; external C @ann in:Sound;"
            "external Z in:Bad; supporting Tape @ann in:Bad; internal I @ann in:Bad;"
            "external Old retired @ann in:Bad; external E @ann in:Bad; external F; system sys "
            "@ann; E -> sys"));
  EXPECT_THAT(titles(map), ElementsAre("Bad", "Sound", "In no portfolio"));
  EXPECT_THAT(names(map.boxes[0]), ElementsAre("Z", "E", "I", "Tape", "Old"));
  EXPECT_EQ(map.boxes[0].unowned, 1U);
  EXPECT_EQ(map.boxes[0].orphans, 1U);
  EXPECT_EQ(map.boxes[0].live, 4U);
}

TEST(Map, CountsWhatStandsUnderAServiceByWhoAnswers) {
  const Map map = map_of_all(
      given("external Shop @ann; supporting Auth @ann; system Cart @bob; system Directory;"
            "component web1 +ops; component web2; component gone retired; Shop -> Cart -> web1;"
            "Shop -> Auth -> Directory; Cart -> web2; Cart -> gone"));
  const auto& services = map.boxes[0].services;
  const auto shop = std::ranges::find(services, "Shop", &MapService::name);
  ASSERT_NE(shop, services.end());
  EXPECT_THAT(shop->under.systems, ElementsAre(1, 0, 1, 0));
  EXPECT_THAT(shop->under.components, ElementsAre(0, 1, 1, 0));
  const auto auth = std::ranges::find(services, "Auth", &MapService::name);
  EXPECT_EQ(auth->under.count(), 1U);
}

TEST(Map, SaysOfAnOwnerWhoIsGone) {
  const Map map = map_of_all(given("person ann left; external Shop @ann"));
  EXPECT_EQ(map.boxes[0].services[0].owner_flaw, "has left");
}

TEST(Map, AnswersForWhatIsChosen) {
  const Given estate = given(
      "portfolio Retail @ann; portfolio Back @ann; external Shop in:Retail; external Site @bob "
      "in:Retail; internal Pay @ann in:Back");
  const auto map = map_of(estate.audit().report(), {.portfolios = {"retail"}});
  EXPECT_THAT(titles(*map), ElementsAre("Retail"));
  EXPECT_EQ(who_answers(map->answers), "1 of 2 live services has no accountable owner.");
  EXPECT_THAT(map->title, HasSubstr("in retail"));
  EXPECT_THAT(map->notes, Contains(HasSubstr("Drawn: 2 of 3 services.")));
  const auto owned = map_of(estate.audit().report(), {.owners = {"bob"}});
  EXPECT_THAT(names(owned->boxes[0]), ElementsAre("Site"));
}

TEST(Map, RefusesWhatIsNotThere) {
  const Given estate = given("portfolio Retail @ann; external Shop @ann in:Retail");
  const auto portfolio = map_of(estate.audit().report(), {.portfolios = {"Retali"}});
  EXPECT_EQ(to_string(portfolio.error()),
            "--portfolio Retali: no portfolio is called this (did you mean 'Retail'?)");
  const auto owner = map_of(estate.audit().report(), {.owners = {"anne"}});
  EXPECT_EQ(to_string(owner.error()),
            "--owner anne: no service is owned by this (did you mean 'ann'?)");
}

TEST(Map, AnswersAsTheAuditDoesWhereAllIsDrawn) {
  const Given estate = given("external Shop; supporting Tape @ann; internal Pay @ann");
  const auto report = estate.audit().report();
  const Map map = map_of_all(estate);
  EXPECT_EQ(who_answers(map.answers), who_answers(answers_of(report)));
  EXPECT_EQ(who_is_served(map.answers), who_is_served(answers_of(report)));
}

TEST(Map, PutsBoxesTogetherForWhichThereIsNoRoom) {
  Map map =
      map_of_all(given("portfolio A @ann; portfolio B @ann; portfolio C @ann; external Z in:A;"
                       "external Y @ann in:B; external X @ann in:C; external W @ann"));
  limit_boxes(map, 2);
  EXPECT_THAT(titles(map), ElementsAre("A", "2 more portfolios", "In no portfolio"));
  EXPECT_THAT(names(map.boxes[1]), ElementsAre("Y", "X"));
  EXPECT_EQ(map.boxes[1].live, 2U);
}

TEST(Map, LeavesFewerAndFewerBoxesAndCountsWhatTheLastStandsFor) {
  Map map;
  for (int i = 0; i < 20; ++i) {
    map.boxes.emplace_back();
    map.boxes.back().title = fmt::format("P{}", i);
    map.boxes.back().services.resize(2);
    map.boxes.back().live = 2;
  }
  map.boxes.emplace_back();
  map.boxes.back().kind = MapBox::Kind::outside;
  for (const std::size_t most : {12U, 8U, 5U}) {
    limit_boxes(map, most);
    ASSERT_EQ(map.boxes.size(), most + 1);
    const MapBox& rest = map.boxes[most - 1];
    EXPECT_EQ(rest.title, fmt::format("{} more portfolios", 21 - most));
    EXPECT_EQ(rest.services.size(), 2 * (21 - most));
    EXPECT_EQ(rest.live, 2 * (21 - most));
    EXPECT_EQ(map.boxes.back().kind, MapBox::Kind::outside);
  }
}

}  // namespace
}  // namespace tierline
