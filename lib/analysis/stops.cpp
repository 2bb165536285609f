#include "analysis/stops.h"

#include <algorithm>
#include <unordered_set>

namespace tierline {
namespace {

/// More are not looked into: what then stops an item with redundancy is left open.
constexpr std::size_t most_shared = 16;
constexpr std::size_t most_steps_below = 10'000;

void leave_one_of_each(std::vector<ItemId>& items) {
  std::ranges::sort(items);
  const auto [begin, end] = std::ranges::unique(items);
  items.erase(begin, end);
}

}  // namespace

/// What is below members, one after the other, and below how many of them.
class Stops::Below {
 public:
  explicit Below(std::size_t items) : seen_(items) {}

  void start() {
    reached_.clear();
    ++start_;
  }
  void start_member() {
    first_of_member_ = reached_.size();
    ++member_;
  }
  /// Counts each once a member.
  void reach(ItemId item) {
    Seen& seen = seen_[index_of(item)];
    if (seen.last_member == member_) {
      return;
    }
    seen.last_member = member_;
    seen.members = seen.last_start == start_ ? seen.members + 1 : 1;
    seen.last_start = start_;
    reached_.push_back(item);
  }

  /// In the order in which they were reached, again for each member.
  [[nodiscard]] const std::vector<ItemId>& reached() const { return reached_; }
  [[nodiscard]] std::size_t first_of_member() const { return first_of_member_; }
  /// Whether it is below more members than that; asked again, it is not.
  bool take_if_above(ItemId item, std::size_t members) {
    const bool is_above = seen_[index_of(item)].members > members;
    seen_[index_of(item)].members = 0;
    return is_above;
  }

 private:
  struct Seen {
    std::uint32_t last_member = 0;  // That it was reached from.
    std::uint32_t last_start = 0;   // When `members` was set.
    std::uint32_t members = 0;
  };
  std::vector<Seen> seen_;  // By item.
  std::vector<ItemId> reached_;
  std::size_t first_of_member_ = 0;
  std::uint32_t member_ = 0;
  std::uint32_t start_ = 0;
};

Stops::Stops(const Estate& estate)
    : graph_(estate.graph),
      live_(estate.reach.live),
      has_redundancy_(estate.inventory.item_count()) {
  group_of_.resize(estate.inventory.item_count());
  find_redundant(estate);
  find_shared(estate.reach.condensation);
  group(estate.reach.condensation);
}

void Stops::find_redundant(const Estate& estate) {
  const Inventory& inventory = estate.inventory;
  for (const ItemId item : inventory.items()) {
    if (live_.contains(item) && inventory.detail(item, RuleInput::redundancy) != 0) {
      redundant_.try_emplace(item);
      has_redundancy_.add(item);
    }
  }
  std::unordered_map<ItemId, std::vector<ItemId>> needs;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (relation.from == no_item || !has_redundancy_.contains(relation.from) ||
        relation.to == no_item || relation.to == relation.from || !live_.contains(relation.to)) {
      continue;
    }
    const auto one = redundant_.find(relation.from);
    if (relation.kind == RelationKind::contains && !relation.membership) {
      one->second.members.push_back(relation.to);
    } else if (relation.kind == RelationKind::needs) {
      needs[relation.from].push_back(relation.to);
    }
  }
  for (auto& [item, one] : redundant_) {
    leave_one_of_each(one.members);
    std::vector<ItemId>& needed = needs[item];
    leave_one_of_each(needed);
    const std::size_t has_to_stand = inventory.detail(item, RuleInput::redundancy);
    one.may_lose = one.members.size() - std::min(one.members.size(), has_to_stand);
    for (const ItemId used : graph_.dependencies_of(item)) {
      const bool is_member = std::ranges::binary_search(one.members, used);
      if (live_.contains(used) && (!is_member || std::ranges::binary_search(needed, used))) {
        one.needed.push_back(used);
      }
    }
  }
}

/// From what is below up; round after round among those that stand on one another in a circle.
void Stops::find_shared(const Condensation& condensation) {
  std::vector<ItemId> order;
  for (const auto& [item, one] : redundant_) {
    order.push_back(item);
  }
  std::ranges::sort(order, std::ranges::greater(),
                    [&](ItemId item) { return std::pair(condensation.component_of(item), item); });
  Below below(group_of_.size());
  for (auto begin = order.begin(); begin != order.end();) {
    const std::uint32_t component = condensation.component_of(*begin);
    const auto end = std::find_if(begin, order.end(), [&](ItemId item) {
      return condensation.component_of(item) != component;
    });
    const bool is_circle = condensation.members(component).size() > 1;
    while (find_shared(std::span(begin, end), condensation, below) && is_circle) {
    }
    begin = end;
  }
}

/// Whether anything has changed.
bool Stops::find_shared(std::span<const ItemId> items, const Condensation& condensation,
                        Below& below) {
  bool has_changed = false;
  for (const ItemId item : items) {
    Redundant& one = redundant_.at(item);
    if (!one.is_undetermined) {
      std::vector<ItemId> shared = shared_below(one, condensation, below);
      has_changed = has_changed || shared != one.shared;
      one.shared = std::move(shared);
    }
  }
  return has_changed;
}

/// What is below more members than may be lost, without what is below others of that anyway.
std::vector<ItemId> Stops::shared_below(Redundant& one, const Condensation& condensation,
                                        Below& below) const {
  below.start();
  for (const ItemId member : one.members) {
    below.start_member();
    below.reach(member);
    for (std::size_t at = below.first_of_member(); at < below.reached().size(); ++at) {
      each_needed(below.reached()[at], [&](ItemId needed) { below.reach(needed); });
      if (below.reached().size() > most_steps_below) {
        one.is_undetermined = true;
        return {};
      }
    }
  }
  std::vector<ItemId> shared;
  for (const ItemId item : below.reached()) {
    if (below.take_if_above(item, one.may_lose)) {
      shared.push_back(item);
    }
  }
  std::ranges::sort(shared);
  std::vector<ItemId> covered;
  for (const ItemId item : shared) {
    each_needed_itself(item, [&](ItemId needed) {
      if (condensation.component_of(needed) != condensation.component_of(item)) {
        covered.push_back(needed);
      }
    });
  }
  leave_one_of_each(covered);
  std::erase_if(shared, [&](ItemId item) { return std::ranges::binary_search(covered, item); });
  if (shared.size() > most_shared) {
    one.is_undetermined = true;
    return {};
  }
  return shared;
}

std::vector<ItemId> Stops::undetermined() const {
  std::vector<ItemId> items;
  for (const auto& [item, one] : redundant_) {
    if (one.is_undetermined) {
      items.push_back(item);
    }
  }
  std::ranges::sort(items);
  return items;
}

/// What relies on one another stops together, but for what has redundancy: there, only some of a
/// component may.
void Stops::group(const Condensation& condensation) {
  std::vector<ItemId> items;
  for (std::uint32_t c = 0; c < condensation.size(); ++c) {
    const ItemSpan members = condensation.members(c);
    const bool has_redundant =
        members.size() > 1 && std::any_of(members.begin(), members.end(), [&](ItemId item) {
          return has_redundancy_.contains(item);
        });
    if (has_redundant) {
      split(members);
    } else {
      items.assign(members.begin(), members.end());
      add_group(items);
    }
  }
}

void Stops::add_group(std::span<const ItemId> items) {
  for (const ItemId item : items) {
    group_of_[index_of(item)] = group_count();
    grouped_.push_back(item);
  }
  group_begin_.push_back(static_cast<std::uint32_t>(grouped_.size()));
}

/// The strong components of what stops what among some items (R. Tarjan, Depth-first search and
/// linear graph algorithms, 1972), without recursion.
void Stops::split(const ItemSpan& members) {
  struct Vertex {
    std::vector<ItemId> needed;
    std::size_t next = 0;  ///< Of these, the one to go to.
    std::size_t number = 0;
    std::size_t lowest = 0;
    bool is_open = true;
  };
  std::unordered_set<ItemId> among(members.begin(), members.end());
  std::unordered_map<ItemId, Vertex> vertices;
  std::vector<ItemId> open;
  std::vector<ItemId> path;
  std::vector<std::vector<ItemId>> found;  // What stops others before these.
  const auto enter = [&](ItemId item) {
    Vertex vertex;
    vertex.number = vertex.lowest = vertices.size();
    each_needed(item, [&](ItemId needed) {
      if (among.contains(needed)) {
        vertex.needed.push_back(needed);
      }
    });
    vertices.emplace(item, std::move(vertex));
    open.push_back(item);
    path.push_back(item);
  };
  for (const ItemId start : members) {
    if (!vertices.contains(start)) {
      enter(start);
    }
    while (!path.empty()) {
      const ItemId at = path.back();
      Vertex& vertex = vertices.at(at);
      if (vertex.next < vertex.needed.size()) {
        const ItemId needed = vertex.needed[vertex.next++];
        const auto known = vertices.find(needed);
        if (known == vertices.end()) {
          enter(needed);
        } else if (known->second.is_open) {
          vertex.lowest = std::min(vertex.lowest, known->second.number);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) {
        std::size_t& above = vertices.at(path.back()).lowest;
        above = std::min(above, vertex.lowest);
      }
      if (vertex.lowest == vertex.number) {
        auto& group = found.emplace_back();
        do {
          group.push_back(open.back());
          vertices.at(open.back()).is_open = false;
          open.pop_back();
        } while (group.back() != at);
      }
    }
  }
  for (auto group = found.rbegin(); group != found.rend(); ++group) {
    add_group(*group);
  }
}

}  // namespace tierline
