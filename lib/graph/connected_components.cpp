// Before anything else of Boost.Graph, whose detail namespace hides a name that it needs.
#include <boost/pending/disjoint_sets.hpp>
#include <boost/property_map/property_map.hpp>

#include "graph/storage.h"

namespace tierline {

std::vector<std::uint32_t> TieredGraph::connected_components(const ItemSet& among) const {
  boost::disjoint_sets_with_storage<> sets(inventory_.item_count());
  for (const ItemId item : inventory_.items()) {
    if (among.contains(item)) {
      for (const ItemId used : dependencies_of(item)) {
        if (among.contains(used)) {
          sets.union_set(std::size_t{index_of(item)}, std::size_t{index_of(used)});
        }
      }
    }
  }
  std::vector<std::uint32_t> island(inventory_.item_count(), UINT32_MAX);
  for (const ItemId item : inventory_.items()) {
    if (among.contains(item)) {
      island[index_of(item)] =
          static_cast<std::uint32_t>(sets.find_set(std::size_t{index_of(item)}));
    }
  }
  return island;
}

}  // namespace tierline
