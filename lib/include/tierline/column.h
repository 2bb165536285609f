#pragma once
// One value an item or a relation, of all of them: the form that an estate is kept in.

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace tierline {

/// Leaves entries that a vector is made longer by as memory has them.
template <typename T>
struct Unset : std::allocator<T> {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

  template <typename Other>
  struct rebind {
    using other = Unset<Other>;
  };

  void construct(T* /*entry*/) noexcept {}
  template <typename... Values>
  void construct(T* entry, Values&&... values) {
    std::construct_at(entry, std::forward<Values>(values)...);
  }
};

/// Whoever makes it longer sets what is new, side by side with others where there is much of it.
template <typename T>
using ColumnOf = std::vector<T, Unset<T>>;

}  // namespace tierline
