#pragma once
// How the graph is kept: Boost.Graph's compressed sparse rows, one for each direction. The only
// place, with the sources beside it, that names Boost.Graph.

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <span>

#include "tierline/graph.h"

namespace tierline {

using Csr =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                       boost::no_property, std::uint32_t, std::uint32_t>;

struct TieredGraph::Storage {
  Csr uses;     ///< u -> v: u relies on v.
  Csr users;    ///< The same, reversed.
  Csr holds;    ///< Containment: portfolio -> anything, service -> service.
  Csr holders;  ///< The same, reversed.
};

/// The targets of a vertex's edges, as they stand in memory.
inline std::span<const std::uint32_t> targets(const Csr& graph, ItemId item) {
  const auto [begin, end] = boost::adjacent_vertices(index_of(item), graph);
  return begin == end
             ? std::span<const std::uint32_t>()
             : std::span<const std::uint32_t>(&*begin, static_cast<std::size_t>(end - begin));
}

}  // namespace tierline
