// Which items a picture shows.

#include <algorithm>
#include <map>
#include <set>

#include "reports/picture.h"

namespace tierline {
namespace {

class Chooser {
 public:
  Chooser(const AuditReport& report, const ReportStyle& style)
      : inventory_(report.inventory), graph_(report.graph), most_(style.most_items) {
    report.each_fact([&](const FactView& fact) {
      note(fact.item(), fact.severity());
      for (const ItemId member : fact.members()) {
        note(member, fact.severity());
      }
    });
  }

  std::vector<ItemId> around(ItemId focus) {
    add(focus);
    for (std::size_t at = 0; at < chosen_.size() && !full(); ++at) {
      add_all(neighbours(chosen_[at]), most_);
    }
    return std::move(chosen_);
  }

  std::vector<ItemId> worst_first() {
    std::vector<ItemId> ranked(inventory_.items().begin(), inventory_.items().end());
    if (ranked.size() > most_) {
      std::erase_if(ranked, [&](ItemId item) { return rank(item) == 0 && !is_upper_tier(item); });
    }
    std::ranges::sort(ranked, [&](ItemId a, ItemId b) { return goes_before(a, b); });
    for (const ItemId item : ranked) {
      if (full()) {
        break;
      }
      add(item);
      // A few neighbours each, so that the worst does not stand alone and leaves room for the next.
      add_all(neighbours(item), context_of_each);
    }
    return std::move(chosen_);
  }

 private:
  static constexpr std::size_t context_of_each = 4;

  void note(ItemId item, Severity severity) {
    if (item != no_item) {
      int& known = ranks_[item];
      known = std::max(known, static_cast<int>(severity) + 1);
    }
  }

  [[nodiscard]] int rank(ItemId item) const {
    const auto found = ranks_.find(item);
    return found == ranks_.end() ? 0 : found->second;
  }
  [[nodiscard]] bool is_upper_tier(ItemId item) const {
    return inventory_.tier(item) == Tier::portfolio || inventory_.is_service(item);
  }
  [[nodiscard]] bool goes_before(ItemId a, ItemId b) const {
    if (rank(a) != rank(b)) {
      return rank(a) > rank(b);
    }
    return inventory_.tier(a) != inventory_.tier(b) ? inventory_.tier(a) < inventory_.tier(b)
                                                    : inventory_.comes_before(a, b);
  }
  [[nodiscard]] bool full() const { return chosen_.size() >= most_; }

  void add(ItemId item) {
    if (!full() && is_chosen_.insert(item).second) {
      chosen_.push_back(item);
    }
  }

  void add_all(const std::vector<ItemId>& items, std::size_t at_most) {
    for (std::size_t i = 0; i < std::min(items.size(), at_most); ++i) {
      add(items[i]);
    }
  }

  [[nodiscard]] std::vector<ItemId> neighbours(ItemId item) const {
    std::vector<ItemId> all = neighbours_of(graph_, item);
    std::ranges::sort(all, [&](ItemId a, ItemId b) { return goes_before(a, b); });
    const auto [begin, end] = std::ranges::unique(all);
    all.erase(begin, end);
    return all;
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  std::size_t most_;
  std::map<ItemId, int> ranks_;
  std::set<ItemId> is_chosen_;
  std::vector<ItemId> chosen_;
};

}  // namespace

std::vector<ItemId> neighbours_of(const TieredGraph& graph, ItemId item) {
  std::vector<ItemId> all;
  for (const ItemSpan span : {graph.holders_of(item), graph.held_by(item),
                              graph.dependents_of(item), graph.dependencies_of(item)}) {
    all.insert(all.end(), span.begin(), span.end());
  }
  return all;
}

std::vector<ItemId> choose_items(const AuditReport& report, const ReportStyle& style) {
  const Inventory& inventory = report.inventory;
  Chooser chooser(report, style);
  std::vector<ItemId> items =
      style.subject.focus == no_item ? chooser.worst_first() : chooser.around(style.subject.focus);
  std::ranges::sort(items, [&](ItemId a, ItemId b) {
    return inventory.tier(a) != inventory.tier(b) ? inventory.tier(a) < inventory.tier(b)
                                                  : inventory.comes_before(a, b);
  });
  return items;
}

}  // namespace tierline
