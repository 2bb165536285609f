#pragma once
// How the graph is kept: Boost.Graph's compressed sparse rows, one for each direction. The only
// place, with the sources beside it, that names Boost.Graph.

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <span>
#include <tuple>

#include "tierline/graph.h"

namespace tierline {

using Csr =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint32_t>;

struct TieredGraph::Storage {
  Csr dependencies;  ///< u -> v: u relies on v.
  Csr dependents;    ///< The same, reversed.
  Csr holds;         ///< Containment: portfolio -> anything, service -> service.
  Csr holders;       ///< The same, reversed.
};

/// The targets of a vertex's edges, as they stand in memory.
inline std::span<const std::uint32_t> targets(const Csr& graph, ItemId item) {
  const auto [begin, end] = boost::adjacent_vertices(index_of(item), graph);
  return begin == end
             ? std::span<const std::uint32_t>()
             : std::span<const std::uint32_t>(&*begin, static_cast<std::size_t>(end - begin));
}

/// Has what `targets` looks at brought from memory for items that come soon: for some, where their
/// edges stand, for those before them, the edges.
inline void prefetch_targets(const Csr& graph, std::span<const ItemId> items, std::size_t at) {
  constexpr std::size_t ahead = 4;
  const auto& [rows, columns] = std::tie(graph.m_forward.m_rowstart, graph.m_forward.m_column);
  if (at + 2 * ahead < items.size()) {
    __builtin_prefetch(&rows[index_of(items[at + 2 * ahead])]);
    __builtin_prefetch(columns.data() + rows[index_of(items[at + ahead])]);
  }
}

}  // namespace tierline
