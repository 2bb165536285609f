#pragma once
// A few vertices of a large graph, and their strong components.

#include <utility>
#include <vector>

#include "graph/storage.h"

namespace tierline {

using Edge = std::pair<std::uint32_t, std::uint32_t>;

/// Vertices renumbered from 0 on, and the edges among them.
struct Part {
  std::vector<std::uint32_t> vertices;  ///< As they are numbered in the large graph.
  Csr graph;
};

/// Gives vertices their numbers in a part.
class PartNumbers {
 public:
  explicit PartNumbers(std::size_t vertices) : number_(vertices, UINT32_MAX) {}

  [[nodiscard]] bool has(std::uint32_t vertex) const { return number_[vertex] != UINT32_MAX; }
  [[nodiscard]] std::uint32_t of(std::uint32_t vertex) const { return number_[vertex]; }
  std::uint32_t give(std::uint32_t vertex) {
    if (!has(vertex)) {
      number_[vertex] = static_cast<std::uint32_t>(given_.size());
      given_.push_back(vertex);
    }
    return number_[vertex];
  }

  /// The part of these vertices; the edges are in their numbers.
  Part part(const std::vector<Edge>& edges) && {
    const auto count = static_cast<std::uint32_t>(given_.size());
    return {std::move(given_),
            Csr(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), count)};
  }

 private:
  std::vector<std::uint32_t> number_;
  std::vector<std::uint32_t> given_;
};

/// The vertices of each strong component, as they are numbered in the part, one after another:
/// those of component c stand from begin[c] on. Each relies only on components before it.
struct StrongComponents {
  std::vector<std::uint32_t> begin;
  std::vector<std::uint32_t> vertices;

  explicit StrongComponents(const Csr& graph);

  [[nodiscard]] std::size_t size() const { return begin.size() - 1; }
  [[nodiscard]] std::span<const std::uint32_t> members(std::size_t component) const {
    return std::span(vertices).subspan(begin[component], begin[component + 1] - begin[component]);
  }
};

}  // namespace tierline
