#include "synthetic/organisation.h"

#include <algorithm>

namespace tierline::synthetic {
namespace {

/// Of a hundred owners: those who are the owner of what stands above the item, and those who are
/// somebody else of its department. The others are anybody. Guesses, not measured anywhere.
struct Shares {
  std::uint32_t from_above;
  std::uint32_t of_department;
};

Shares shares(Item item) {
  if (item.is_offering()) {
    return {60, 30};
  }
  if (item.is_service()) {
    return {20, 65};  // What stands above is the portfolio, whose owner has not much time.
  }
  return item.is_portfolio() ? Shares{50, 50} : Shares{35, 45};
}

constexpr std::uint32_t manager_is_owner = 35;
constexpr std::uint32_t group_is_of_department = 80;

/// Of a service its portfolio, of an offering its service, of a system the first that relies on it.
Item above(const Estate& estate, Item item) {
  const auto nth_live = [&](Role role) {
    return Item{role, estate.ordinal(item) % std::max(1U, estate.live(role))};
  };
  switch (item.role) {
    case Role::node:
    case Role::business:
    case Role::technical:
      return {Role::portfolio, estate.ordinal(item) % estate.sound(Role::portfolio)};
    case Role::business_offering:
    case Role::technical_offering:
      return estate.parent(item);
    case Role::business_app:
    case Role::instance:
      return nth_live(Role::business);
    case Role::application:
      return nth_live(Role::instance);
    default:
      return {};
  }
}

std::uint32_t department(const Estate& estate, Item item) {
  const Item upper = above(estate, item);
  return upper ? department(estate, upper) : estate.ordinal(item) % estate.sound(Role::portfolio);
}

/// One of every department in turn.
Item member(const Estate& estate, Role role, std::uint32_t department, std::uint32_t all,
            Random& dice) {
  const std::uint32_t departments = estate.sound(Role::portfolio);
  const std::uint32_t members = std::max(1U, all / departments);
  return {role, std::min(all - 1, department % departments + departments * dice.below(members))};
}

}  // namespace

Item organised_owner(const Estate& estate, Item item) {
  auto dice = estate.random(item, Purpose::organised_owner);
  const Item upper = above(estate, item);
  const auto share = dice.below(100);
  const auto [from_above, of_department] = shares(item);
  if (upper && share < from_above) {
    return organised_owner(estate, upper);
  }
  return share < from_above + of_department
             ? member(estate, Role::person, department(estate, item), estate.active(), dice)
             : Item{Role::person, dice.below(estate.active())};
}

Item organised_manager(const Estate& estate, Item item) {
  auto dice = estate.random(item, Purpose::organised_manager);
  return dice.percent(manager_is_owner)
             ? organised_owner(estate, item)
             : member(estate, Role::person, department(estate, item), estate.active(), dice);
}

Item organised_group(const Estate& estate, Item item, Random& dice) {
  return dice.percent(group_is_of_department)
             ? member(estate, Role::group, department(estate, item), estate.groups(), dice)
             : Item{Role::group, dice.below(estate.groups())};
}

}  // namespace tierline::synthetic
