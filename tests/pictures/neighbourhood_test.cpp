// What stands around an item, before it is drawn.

#include "pictures/neighbourhood.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "given.h"

namespace tierline {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

ReportStyle around(const Given& estate, std::string_view focus, std::size_t most = 40) {
  ReportStyle style;
  style.subject.focus = estate.item(focus);
  style.most_items = most;
  return style;
}

Neighbourhood drawn_around(const Given& estate, std::string_view focus, std::size_t most = 40) {
  return *neighbourhood_of(estate.audit().report(), around(estate, focus, most));
}

std::vector<std::string> names(const Neighbourhood& model) {
  std::vector<std::string> names;
  for (const Card& card : model.cards) {
    names.push_back(card.name);
  }
  return names;
}

const Card& card(const Neighbourhood& model, std::string_view name) {
  return *std::ranges::find(model.cards, name, &Card::name);
}

/// `A -> B`, `A holds B`, with `?` behind what is true of some, `!` behind what is faulty.
std::vector<std::string> edges(const Neighbourhood& model) {
  std::vector<std::string> edges;
  for (const CardEdge& edge : model.edges) {
    edges.push_back(fmt::format("{} {} {}{}{}", model.cards[edge.from].name,
                                edge.holds ? "holds" : "->", model.cards[edge.to].name,
                                edge.is_partial ? "?" : "", edge.is_faulty ? "!" : ""));
  }
  return edges;
}

TEST(Neighbourhood, HoldsAllOnAWayToOrFromTheFocus) {
  const Given estate = given(
      "external Shop @ann; internal Pay @ann; system Cart @ann; component web1 +ops;"
      "component db +ops; Shop -> Cart -> web1 -> db; Pay -> db; external Site @ann");
  const Neighbourhood model = drawn_around(estate, "Cart");
  EXPECT_THAT(names(model), UnorderedElementsAre("Cart", "Shop", "web1", "db"));
  EXPECT_THAT(edges(model), UnorderedElementsAre("Shop -> Cart", "Cart -> web1", "web1 -> db"));
  EXPECT_EQ(card(model, "Shop").zone, Zone::above);
  EXPECT_EQ(card(model, "db").zone, Zone::below);
  EXPECT_EQ(card(model, "db").distance, 2U);
  EXPECT_EQ(card(model, "Cart").column, 2U);
  EXPECT_TRUE(card(model, "Cart").is_focus);
}

TEST(Neighbourhood, EndsDownwardsAtTheNextService) {
  const Given estate = given(
      "external Shop @ann; supporting Auth @ann; system Directory @ann; Shop -> Auth -> Directory;"
      "Auth -> ldap; component ldap +ops");
  const Neighbourhood model = drawn_around(estate, "Shop");
  EXPECT_THAT(names(model), UnorderedElementsAre("Shop", "Auth"));
  EXPECT_EQ(card(model, "Auth").below, 2U);
}

TEST(Neighbourhood, ShowsWhatIsNotLiveOnlyWhereSomethingLiveNeedsIt) {
  const Given estate = given(
      "external Shop @ann; system Old retired; system Older retired; Shop -> Old -> Older;"
      "external Gone retired; Gone -> Shop; external GoneToo retired; GoneToo -> Gone");
  EXPECT_THAT(names(drawn_around(estate, "Shop")), UnorderedElementsAre("Shop", "Old", "Gone"));
}

TEST(Neighbourhood, ShowsWhatIsAlikeOnce) {
  const Given estate = given(
      "system Cart @ann; component web-01 +ops; component web-02 +ops; component web-03 +dev;"
      "Cart -> web-01; Cart -> web-02; Cart -> web-03; component db +ops; web-01 -> db;"
      "web-02 -> db");
  const Neighbourhood model = drawn_around(estate, "Cart");
  EXPECT_THAT(names(model), UnorderedElementsAre("Cart", "web-01, 02", "web-03", "db"));
  EXPECT_THAT(edges(model), Contains("web-01, 02 -> db"));
}

TEST(Neighbourhood, SaysWhereARelationHoldsForSome) {
  const Given estate = given(
      "system Cart @ann; component web-01 +ops; component web-02 +ops; component web-03 +ops;"
      "Cart -> web-01; Cart -> web-02; Cart -> web-03; component db-1 class:db +ops;"
      "component db-2 class:db +ops; web-01 -> db-1; web-02 -> db-1; web-03 -> db-2");
  EXPECT_THAT(edges(drawn_around(estate, "Cart")),
              Contains(HasSubstr("web-01 … 03 -> db-1")).Times(1));
}

TEST(Neighbourhood, DrawsTheLinesToAHubAsALetter) {
  std::string statements = "external Shop @ann; component power +ops;";
  for (int i = 0; i < 4; ++i) {
    statements += fmt::format("system S{0} @p{0}; Shop -> S{0} -> power;", i);
  }
  const Neighbourhood model = drawn_around(given(statements), "Shop");
  EXPECT_EQ(card(model, "power").hub, 'a');
  EXPECT_EQ(card(model, "power").hub_uses, 4U);
  EXPECT_EQ(card(model, "S0").hubs, "a");
  EXPECT_THAT(edges(model), Not(Contains(HasSubstr("power"))));
}

TEST(Neighbourhood, CountsWhatItLeavesOut) {
  std::string statements = "component host +ops;";
  for (int i = 0; i < 30; ++i) {
    statements += fmt::format("external S{0} @p{0}; S{0} -> host;", i);
  }
  const Neighbourhood model = drawn_around(given(statements), "host", 10);
  EXPECT_EQ(model.cards.size(), 5U);  // Three a column, the host, and the rest.
  const Card& rest = card(model, "+27 more");
  EXPECT_EQ(rest.kind, Card::Kind::more);
  EXPECT_EQ(rest.left_out, 27U);
  EXPECT_EQ(rest.column, 1U);
  EXPECT_THAT(edges(model), Contains("+27 more -> host?"));
}

TEST(Neighbourhood, ShowsWhoHoldsServicesAndWhoDoesNot) {
  const Given estate = given(
      "portfolio Retail @ann; external Shop @ann in:Retail; system Cart @ann; Shop -> Cart;"
      "internal Pay @ann; Pay -> Cart");
  const Neighbourhood model = drawn_around(estate, "Cart");
  EXPECT_THAT(edges(model),
              AllOf(Contains("Retail holds Shop"), Contains("in no portfolio holds Pay")));
  EXPECT_EQ(card(model, "in no portfolio").kind, Card::Kind::outside);
}

TEST(Neighbourhood, OfAPortfolioIsWhatItHolds) {
  const Given estate =
      given("portfolio Retail @ann; external Shop @ann in:Retail; system Cart @ann; Shop -> Cart");
  const Neighbourhood model = drawn_around(estate, "Retail");
  EXPECT_THAT(names(model), UnorderedElementsAre("Retail", "Shop"));
  EXPECT_THAT(edges(model), ElementsAre("Retail holds Shop"));
}

TEST(Neighbourhood, GoesNoFurtherThanItIsTold) {
  const Given estate = given(
      "external Shop @ann; system Cart @ann; component web +ops; component db +ops;"
      "Shop -> Cart -> web -> db");
  ReportStyle style = around(estate, "Cart");
  style.up = 0;
  style.down = 1;
  EXPECT_THAT(names(*neighbourhood_of(estate.audit().report(), style)),
              UnorderedElementsAre("Cart", "web"));
  style = around(estate, "Shop");
  style.lowest = Tier::system;
  EXPECT_THAT(names(*neighbourhood_of(estate.audit().report(), style)),
              UnorderedElementsAre("Shop", "Cart"));
}

TEST(Neighbourhood, OfACircleHoldsEachOnce) {
  const Given estate = given("system A @ann; system B @ann; system C @ann; A -> B -> C -> A");
  const Neighbourhood model = drawn_around(estate, "A");
  EXPECT_THAT(names(model), UnorderedElementsAre("A", "B", "C"));
}

TEST(Ways, HoldWhatStandsBetweenTwoItems) {
  const Given estate = given(
      "external Shop @ann; system Cart @ann; system Stock @bob; component db +ops; system Other "
      "@ann;"
      "Shop -> Cart -> db; Shop -> Stock -> db; Shop -> Other");
  ReportStyle style;
  style.subject.from = estate.item("Shop");
  style.subject.to = estate.item("db");
  EXPECT_THAT(names(*neighbourhood_of(estate.audit().report(), style)),
              UnorderedElementsAre("Shop", "db", "Cart", "Stock"));
  std::swap(style.subject.from, style.subject.to);
  EXPECT_EQ(to_string(neighbourhood_of(estate.audit().report(), style).error()),
            "no way leads from db to Shop, but one leads back: turn them round");
  style.subject.to = estate.item("Other");
  EXPECT_EQ(to_string(neighbourhood_of(estate.audit().report(), style).error()),
            "no way leads from db to Other");
}

TEST(Ways, HoldTheEndsHoweverFewCardsThereAre) {
  const Given estate = given(
      "external Shop @ann; system A @ann; system B @bob; component db +ops;"
      "Shop -> A -> B -> db");
  ReportStyle style;
  style.subject.from = estate.item("Shop");
  style.subject.to = estate.item("db");
  style.most_items = 2;
  const auto model = neighbourhood_of(estate.audit().report(), style);
  EXPECT_THAT(names(*model), UnorderedElementsAre("Shop", "db", "+2 more"));
}

TEST(AroundFindings, HoldsSubjectsAndWhatStandsNextToThem) {
  const Given estate = given(
      "external Shop; system Cart @ann; component web +ops; Shop -> Cart -> web; internal Pay "
      "@ann");
  ReportStyle style;
  style.subject.rule = Register<Rule>::find("owner-missing");
  const auto model = neighbourhood_of(estate.audit().report(), style);
  EXPECT_THAT(names(*model), UnorderedElementsAre("Shop", "Cart"));
  EXPECT_TRUE(card(*model, "Shop").is_focus);
  EXPECT_EQ(card(*model, "Shop").findings, 1U);
}

TEST(Neighbourhood, SaysWhomItServesAndWhoAnswers) {
  const Given estate =
      given("external Shop @ann; system Cart; component web +ops; Shop -> Cart -> web");
  EXPECT_THAT(drawn_around(estate, "Cart").sentences,
              ElementsAre("1 customer-facing service stands on it.", "It stands on 1 component.",
                          "Nobody answers for it."));
}

TEST(Neighbourhood, MarksRelationsThatFindingsAreAbout) {
  const Given estate = given("system A @ann; system B @ann; A -> B -> A");
  EXPECT_THAT(edges(drawn_around(estate, "A")), UnorderedElementsAre("A -> B!", "B -> A!"));
}

TEST(Neighbourhood, SaysWhyThereIsNothingToDrawAroundARule) {
  const Given estate = given("external Shop @ann; system Cart @ann; Shop -> Cart");
  const auto sentence = [&](std::string_view rule) {
    ReportStyle style;
    style.subject.rule = Register<Rule>::find(rule);
    return neighbourhood_of(estate.audit().report(), style)->sentences;
  };
  EXPECT_THAT(sentence("owner-missing"), ElementsAre("It has no findings."));
  EXPECT_THAT(sentence("empty-portfolio"),
              ElementsAre("It could not be judged: the export has no portfolios."));
}

}  // namespace
}  // namespace tierline
