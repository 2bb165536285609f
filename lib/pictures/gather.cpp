#include "pictures/gather.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace tierline {
namespace {

constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

using Neighbours = ItemSpan (TieredGraph::*)(ItemId) const;

std::size_t index_of(Zone zone) {
  return static_cast<std::size_t>(static_cast<int>(zone) + 1);
}

/// Nearest first; beyond what is kept, items are only counted.
class Gathering {
 public:
  explicit Gathering(const Inventory& inventory)
      : inventory_(inventory), is_known_(inventory.item_count()) {}

  void add(const std::vector<Gathered::One>& items) {
    for (const Gathered::One& one : items) {
      if (is_known_.contains(one.item)) {
        continue;
      }
      is_known_.add(one.item);
      if (gathered_.items.size() < most_gathered) {
        gathered_.items.push_back(one);
      } else {
        ++gathered_.beyond[index_of(one.zone)][column_of(inventory_.tier(one.item))];
      }
    }
  }

  [[nodiscard]] bool knows(ItemId item) const { return is_known_.contains(item); }

  Gathered take() { return std::move(gathered_); }

 private:
  const Inventory& inventory_;
  ItemSet is_known_;
  Gathered gathered_;
};

/// By tier and key. Where there are very many, only the first few that are going to be drawn.
void sort(const Inventory& inventory, std::vector<Gathered::One>& level) {
  const auto comes_first = [&](const Gathered::One& a, const Gathered::One& b) {
    const Tier tier_a = inventory.tier(a.item);
    const Tier tier_b = inventory.tier(b.item);
    return tier_a != tier_b ? tier_a < tier_b : inventory.comes_before(a.item, b.item);
  };
  const auto few =
      level.begin() + static_cast<std::ptrdiff_t>(std::min(level.size(), most_gathered));
  std::partial_sort(level.begin(), few, level.end(), comes_first);
}

/// Walks from the focus in one direction, level by level.
class Walk {
 public:
  Walk(const AuditReport& report, Gathering& gathering, Zone zone)
      : inventory_(report.inventory), graph_(report.graph), gathering_(gathering), zone_(zone) {}

  void from(ItemId focus, const ReportStyle& style) {
    const std::optional<unsigned> most = zone_ == Zone::above ? style.up : style.down;
    std::vector<Gathered::One> level = {{.item = focus, .zone = Zone::centre}};
    for (std::uint32_t distance = 1; !level.empty() && (!most || distance <= *most); ++distance) {
      level = next(level, distance, style.lowest);
      sort(inventory_, level);
      gathering_.add(level);
    }
  }

 private:
  [[nodiscard]] bool is_followed(const Gathered::One& one) const {
    return one.distance == 0 || (inventory_.is_live(one.item) && !one.is_unopened);
  }

  [[nodiscard]] bool is_shown(ItemId item, std::uint32_t distance,
                              std::optional<Tier> lowest) const {
    if (inventory_.tier(item) == Tier::portfolio) {
      return false;
    }
    if (zone_ == Zone::above) {
      return inventory_.is_live(item) || distance == 1;
    }
    return !lowest || inventory_.tier(item) <= *lowest;
  }

  std::vector<Gathered::One> next(const std::vector<Gathered::One>& level, std::uint32_t distance,
                                  std::optional<Tier> lowest) {
    std::vector<Gathered::One> found;
    for (const Gathered::One& one : level) {
      if (!is_followed(one)) {
        continue;
      }
      for (const ItemId item : neighbours(one.item)) {
        if (!gathering_.knows(item) && is_shown(item, distance, lowest) && is_new(item)) {
          found.push_back({.item = item,
                           .towards = one.item,
                           .zone = zone_,
                           .distance = distance,
                           .is_unopened = zone_ == Zone::below && inventory_.is_service(item)});
        }
      }
    }
    return found;
  }

  /// A portfolio uses nothing that it lists: its way down is what it holds.
  [[nodiscard]] ItemSpan neighbours(ItemId item) const {
    if (inventory_.tier(item) == Tier::portfolio) {
      return zone_ == Zone::above ? graph_.dependents_of(item) : graph_.held_by(item);
    }
    return zone_ == Zone::above ? graph_.dependents_of(item) : graph_.dependencies_of(item);
  }

  /// Not found before in this walk.
  bool is_new(ItemId item) {
    if (seen_.empty()) {
      seen_.resize(inventory_.item_count());
    }
    const bool is_new = !seen_[tierline::index_of(item)];
    seen_[tierline::index_of(item)] = true;
    return is_new;
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  Gathering& gathering_;
  Zone zone_;
  std::vector<bool> seen_;
};

/// Steps from an item to each other one through live items.
std::vector<std::uint32_t> distances(const AuditReport& report, ItemId from,
                                     Neighbours neighbours) {
  std::vector<std::uint32_t> distance(report.inventory.item_count(), unreached);
  std::vector<ItemId> queue = {from};
  distance[index_of(from)] = 0;
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const ItemId next : (report.graph.*neighbours)(queue[at])) {
      if (distance[index_of(next)] == unreached && report.inventory.is_live(next)) {
        distance[index_of(next)] = distance[index_of(queue[at])] + 1;
        queue.push_back(next);
      }
    }
  }
  return distance;
}

}  // namespace

std::size_t column_of(Tier tier) {
  return tier == Tier::unmapped ? static_cast<std::size_t>(Tier::system)
                                : static_cast<std::size_t>(tier);
}

Gathered around_focus(const AuditReport& report, const ReportStyle& style) {
  const ItemId focus = style.subject.focus;
  Gathering gathering(report.inventory);
  gathering.add({{.item = focus}});
  Walk(report, gathering, Zone::above).from(focus, style);
  Walk(report, gathering, Zone::below).from(focus, style);
  Gathered gathered = gathering.take();
  std::ranges::stable_sort(gathered.items, {}, &Gathered::One::distance);
  return gathered;
}

Gathered on_ways(const AuditReport& report, ItemId from, ItemId to) {
  const std::vector<std::uint32_t> behind = distances(report, from, &TieredGraph::dependencies_of);
  if (behind[index_of(to)] == unreached) {
    return {};
  }
  const std::vector<std::uint32_t> ahead = distances(report, to, &TieredGraph::dependents_of);
  std::vector<Gathered::One> all;
  for (const ItemId item : report.inventory.items()) {
    if (behind[index_of(item)] != unreached && ahead[index_of(item)] != unreached) {
      all.push_back({.item = item, .distance = behind[index_of(item)]});
    }
  }
  const auto length = [&](const Gathered::One& one) {
    return behind[index_of(one.item)] + ahead[index_of(one.item)];
  };
  std::ranges::sort(all, [&](const Gathered::One& a, const Gathered::One& b) {
    return std::tuple(length(a), a.distance) != std::tuple(length(b), b.distance)
               ? std::tuple(length(a), a.distance) < std::tuple(length(b), b.distance)
               : report.inventory.comes_before(a.item, b.item);
  });
  // The ends are drawn whatever there is no room for.
  std::ranges::stable_partition(
      all, [&](const Gathered::One& one) { return one.item == from || one.item == to; });
  Gathering gathering(report.inventory);
  gathering.add(all);
  return gathering.take();
}

Gathered around_findings(const AuditReport& report, const Rule& rule, std::size_t most) {
  constexpr std::size_t neighbours_of_each = 3;
  std::vector<std::pair<Severity, ItemId>> subjects;
  report.each_fact([&](const FactView& fact) {
    if (&fact.rule() != &rule) {
      return;
    }
    if (fact.item() != no_item) {
      subjects.emplace_back(fact.severity(), fact.item());
    }
    for (const ItemId member : fact.members()) {
      subjects.emplace_back(fact.severity(), member);
    }
  });
  std::ranges::stable_sort(subjects, std::ranges::greater(),
                           [](const auto& subject) { return subject.first; });
  Gathering gathering(report.inventory);
  std::vector<Gathered::One> near;
  for (const auto& [severity, item] : subjects) {
    gathering.add({{.item = item}});
    if (near.size() >= most * neighbours_of_each) {
      continue;
    }
    for (const ItemSpan span :
         {report.graph.dependents_of(item), report.graph.dependencies_of(item)}) {
      std::vector<Gathered::One> some;
      for (const ItemId one : span) {
        some.push_back({.item = one, .towards = item, .distance = 1});
      }
      sort(report.inventory, some);
      some.resize(std::min(some.size(), neighbours_of_each));
      near.insert(near.end(), some.begin(), some.end());
    }
  }
  gathering.add(near);
  return gathering.take();
}

}  // namespace tierline
