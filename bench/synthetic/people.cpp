#include "synthetic/people.h"

#include <array>

namespace tierline::synthetic {
namespace {

constexpr std::uint32_t board_size = 8;
constexpr std::uint32_t posts = 4;  // Besides the board.

std::uint32_t size_of(const Estate& estate, Post post) {
  return post == Post::board ? board_size : (estate.active() - board_size) / posts;
}

Item holder(Post post, std::uint32_t turn) {
  return {Role::person, post == Post::board
                            ? turn
                            : board_size + posts * turn + static_cast<std::uint32_t>(post) - 1};
}

}  // namespace

Post post(Item person) {
  return person.is_planted()          ? Post::business
         : person.number < board_size ? Post::board
                                      : static_cast<Post>(1 + person.number % posts);
}

Item department(Item person) {
  constexpr std::uint32_t it_departments = 3;  // From 1 on; those of the business follow.
  constexpr std::uint32_t business_departments = departments - 1 - it_departments;
  switch (post(person)) {
    case Post::board:
      return {Role::department, 0};
    case Post::business:
      return {Role::department, 1 + it_departments + person.number / posts % business_departments};
    default:
      return {Role::department, 1 + person.number / posts % it_departments};
  }
}

Item somebody(const Estate& estate, Post post, Random& dice) {
  return holder(post, dice.below(size_of(estate, post)));
}

/// In turn, so that nobody has too much.
Item sound_owner(const Estate& estate, Item item) {
  const Post post = item.is_portfolio()    ? Post::board
                    : item.is_business()   ? Post::business
                    : item.is_supporting() ? Post::support
                                           : Post::systems;
  return holder(post, estate.ordinal(item) % size_of(estate, post));
}

bool is_registered(Item item) {
  return item.role == Role::business && !item.is_planted() && item.number % 3 == 0;
}

/// Every third service; another one contains it that serves customers outside.
bool is_internal(const Estate& estate, Item item) {
  const Item service = item.is_offering() ? estate.parent(item) : item;
  return !service.is_planted() && service.number % 3 == 2;
}

}  // namespace tierline::synthetic
