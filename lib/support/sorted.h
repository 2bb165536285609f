#pragma once
// Lists as sets.

#include <algorithm>
#include <vector>

namespace tierline {

template <typename Element>
void sort_without_doubles(std::vector<Element>& list) {
  std::ranges::sort(list);
  const auto [begin, end] = std::ranges::unique(list);
  list.erase(begin, end);
}

}  // namespace tierline
