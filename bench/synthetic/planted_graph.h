#pragma once
// The planted part of an estate: what scenarios have planted, and the verdicts on it.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "synthetic.h"
#include "synthetic/facts.h"
#include "synthetic/relation.h"
#include "synthetic/scenarios.h"
#include "synthetic/seed.h"

namespace tierline::synthetic {

class PlantedGraph {
 public:
  struct Node {
    State state;
    Item parent;  // Of an offering its service.
    Relations relations = {};
    Facts facts = {};
    std::optional<Item> owner = {};  // Where the facts say who that is, or that nobody is.
  };
  using Verdicts = std::map<std::string, std::vector<Plant>>;

  explicit PlantedGraph(const Seed& seed) : seed_(seed) {}

  void plant(const Scenario& scenario);

  std::uint32_t count(Role role) const {
    return static_cast<std::uint32_t>(nodes_[index(role)].size());
  }
  std::uint32_t count() const;
  const Node& node(Item item) const {
    return nodes_[index(item.role)][item.number - first_planted];
  }
  /// By rule.
  const Verdicts& verdicts() const { return verdicts_; }

 private:
  /// Of the scenario that is being planted.
  using NodesByName = std::map<std::string_view, Item>;

  /// Adds it.
  Item node_for(std::string_view word, std::string_view tie, Item before);
  void relate(Item parent, std::string_view tie, Item child);
  void judge(std::string_view names, std::string_view verdict, const NodesByName& named);

  void state(std::string_view fact, const NodesByName& named);
  std::string text(std::string_view value, const NodesByName& named) const;
  Node& node_of(Item item) { return nodes_[index(item.role)][item.number - first_planted]; }

  Seed seed_;
  std::array<std::vector<Node>, scenario_roles> nodes_;
  Verdicts verdicts_;
  std::uint32_t planted_count_ = 0;  // Of scenarios.
};

}  // namespace tierline::synthetic
