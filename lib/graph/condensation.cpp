// The condensation of the dependency graph. Most of an estate is in no cycle: items that nobody
// left relies on, and then items that rely on nobody left, are taken away until nothing changes,
// and cycles are looked for in what remains.

#include <algorithm>
#include <boost/graph/strong_components.hpp>
#include <numeric>
#include <ranges>

#include "graph/part.h"

namespace tierline {

StrongComponents::StrongComponents(const Csr& graph) {
  std::vector<std::uint32_t> component_of(boost::num_vertices(graph));
  const std::size_t count = boost::strong_components(
      graph, boost::make_iterator_property_map(component_of.begin(),
                                               boost::get(boost::vertex_index, graph)));
  begin.assign(count + 1, 0);
  for (const std::uint32_t c : component_of) {
    ++begin[c + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  vertices.resize(component_of.size());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t vertex = 0; vertex < component_of.size(); ++vertex) {
    vertices[next[component_of[vertex]]++] = vertex;
  }
}

namespace {

/// Takes items away that no edge leads to any more, one by one.
class Peeling {
 public:
  /// `edges` lead away from what is peeled first. What is in `left` is there to be peeled.
  Peeling(const Csr& edges, std::vector<std::uint8_t>& left)
      : edges_(edges), left_(left), edges_to_(left.size()) {}

  /// What was taken away, in turn.
  std::vector<std::uint32_t> run() {
    count_edges();
    std::vector<std::uint32_t> peeled;
    std::vector<std::uint32_t> next;
    for (std::uint32_t item = 0; item < left_.size(); ++item) {
      if (left_[item] != 0 && edges_to_[item] == 0) {
        next.push_back(item);
      }
    }
    // The last that became free is next: what stands below few is done with soon.
    while (!next.empty()) {
      const std::uint32_t item = next.back();
      next.pop_back();
      left_[item] = 0;
      peeled.push_back(item);
      for (const std::uint32_t target : targets(edges_, ItemId{item})) {
        if (left_[target] != 0 && target != item && --edges_to_[target] == 0) {
          next.push_back(target);
        }
      }
    }
    return peeled;
  }

 private:
  void count_edges() {
    for (std::uint32_t item = 0; item < left_.size(); ++item) {
      if (left_[item] == 0) {
        continue;
      }
      for (const std::uint32_t target : targets(edges_, ItemId{item})) {
        edges_to_[target] += target != item ? 1U : 0U;
      }
    }
  }

  const Csr& edges_;
  std::vector<std::uint8_t>& left_;
  std::vector<std::uint32_t> edges_to_;  ///< Without those from items to themselves.
};

Part part_of(const Csr& graph, const std::vector<std::uint8_t>& members) {
  PartNumbers numbers(members.size());
  for (std::uint32_t item = 0; item < members.size(); ++item) {
    if (members[item] != 0) {
      numbers.give(item);
    }
  }
  std::vector<Edge> edges;
  for (std::uint32_t item = 0; item < members.size(); ++item) {
    if (members[item] == 0) {
      continue;
    }
    for (const std::uint32_t target : targets(graph, ItemId{item})) {
      if (numbers.has(target)) {
        edges.emplace_back(numbers.of(item), numbers.of(target));
      }
    }
  }
  return std::move(numbers).part(edges);
}

}  // namespace

Condensation TieredGraph::condensation(const ItemSet& among) const {
  std::vector<std::uint8_t> left(inventory_.item_count());
  for (const ItemId item : inventory_.items()) {
    left[index_of(item)] = among.contains(item) ? 1 : 0;
  }
  Condensation result;
  result.component_of_.assign(left.size(), Condensation::none);
  result.begin_.push_back(0);
  const auto add = [&](std::span<const std::uint32_t> members) {
    for (const std::uint32_t item : members) {
      result.component_of_[item] = result.size();
      result.members_.push_back(item);
    }
    result.begin_.push_back(static_cast<std::uint32_t>(result.members_.size()));
  };
  const auto add_each = [&](const auto& items) {
    for (const std::uint32_t item : items) {
      add(std::span(&item, 1));
    }
  };
  add_each(Peeling(storage_->dependencies, left).run());
  const std::vector<std::uint32_t> lowest_first = Peeling(storage_->dependents, left).run();
  const Part core = part_of(storage_->dependencies, left);
  const StrongComponents in_cycles(core.graph);
  for (std::size_t c = in_cycles.size(); c-- > 0;) {
    std::vector<std::uint32_t> members;
    for (const std::uint32_t vertex : in_cycles.members(c)) {
      members.push_back(core.vertices[vertex]);
    }
    add(members);
  }
  add_each(std::views::reverse(lowest_first));
  return result;
}

}  // namespace tierline
