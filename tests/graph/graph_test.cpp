// What the graph answers, beyond what the rules' own tests ask of it.

#include <gmock/gmock.h>

#include "given.h"

namespace tierline {
namespace {

ItemSet items_named(const Given& estate, std::initializer_list<std::string_view> names) {
  ItemSet items(estate.inventory().item_count());
  for (const std::string_view name : names) {
    items.add(estate.item(name));
  }
  return items;
}

/// The name of the last marked item on the way to `item`; empty for none.
std::string last_marked(const Given& estate, std::string_view item,
                        std::initializer_list<std::string_view> roots,
                        std::initializer_list<std::string_view> marked) {
  const auto last =
      estate.graph().last_marked(items_named(estate, roots), all_items(estate.inventory()),
                                 items_named(estate, marked))[index_of(estate.item(item))];
  return last == no_item ? std::string() : std::string(estate.inventory().name(last));
}

TEST(LastMarked, IsTheNearestOneAbove) {
  const Given estate = given("system A; system B; system C; A -> B -> C");
  EXPECT_EQ(last_marked(estate, "C", {"A"}, {"A"}), "A");
  EXPECT_EQ(last_marked(estate, "C", {"A"}, {"A", "B"}), "B");
  EXPECT_EQ(last_marked(estate, "C", {"A"}, {}), "");
}

// Whichever root comes first in the search.
TEST(LastMarked, IsTheMarkedOneOfTwoRootsThatAreEquallyNear) {
  const Given estate = given("system A; system B; system C; A -> C; B -> C");
  EXPECT_EQ(last_marked(estate, "C", {"A", "B"}, {"A"}), "A");
  EXPECT_EQ(last_marked(estate, "C", {"A", "B"}, {"B"}), "B");
}

TEST(LastMarked, IsTheFirstByKeyOfTwoThatAreEquallyNear) {
  const Given estate = given("system B; system A; system C; B -> C; A -> C");
  EXPECT_EQ(last_marked(estate, "C", {"A", "B"}, {"A", "B"}), "A");
}

TEST(LastMarked, IsNoneBeyondAShorterWayWithoutMark) {
  const Given estate = given("system A; system B; system C; A -> C; A -> B -> C");
  EXPECT_EQ(last_marked(estate, "C", {"A"}, {"B"}), "");
}

TEST(NearestHolder, IsTheNearestOfNestedPortfolios) {
  const Given estate = given("portfolio All; portfolio Some in:All; external Shop in:Some");
  const auto holders = estate.graph().nearest_holder(items_named(estate, {"All", "Some"}));
  EXPECT_EQ(holders[index_of(estate.item("Shop"))], estate.item("Some"));
}

TEST(NearestHolder, IsTheFirstByKeyOfTwoThatHoldIt) {
  const Given estate = given("portfolio B; portfolio A; external Shop in:B; external Shop in:A");
  const auto holders = estate.graph().nearest_holder(items_named(estate, {"A", "B"}));
  EXPECT_EQ(estate.inventory().name(holders[index_of(estate.item("Shop"))]), "A");
}

TEST(Condensation, PutsEachBeforeWhatItReliesOnAndTakesACircleForOne) {
  const Given estate = given(
      "external Shop; system A; system B; system C; component D; Shop -> A -> B -> C -> A;"
      "C -> D; Shop -> D");
  const Condensation parts = estate.graph().condensation(all_items(estate.inventory()));
  const auto part = [&](std::string_view name) { return parts.component_of(estate.item(name)); };
  EXPECT_EQ(parts.size(), 3U);
  EXPECT_EQ(part("A"), part("B"));
  EXPECT_EQ(part("A"), part("C"));
  EXPECT_EQ(parts.members(part("A")).size(), 3U);
  EXPECT_LT(part("Shop"), part("A"));
  EXPECT_LT(part("A"), part("D"));
}

TEST(Condensation, LeavesOutWhatIsNotAmongThem) {
  const Given estate = given("system A; system B; system C; A -> B -> C -> A");
  const Condensation parts = estate.graph().condensation(items_named(estate, {"A", "B"}));
  EXPECT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts.component_of(estate.item("C")), Condensation::none);
  EXPECT_LT(parts.component_of(estate.item("A")), parts.component_of(estate.item("B")));
}

}  // namespace
}  // namespace tierline
