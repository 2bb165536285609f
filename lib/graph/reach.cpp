// What is reached from where: breadth first, from all roots at once.

#include "graph/storage.h"

namespace tierline {
namespace {

/// Everything reached from `roots` in `graph` without leaving `through`.
ItemSet search(const Csr& graph, const ItemSet& roots, const ItemSet& through) {
  const auto count = static_cast<std::uint32_t>(boost::num_vertices(graph));
  ItemSet reached(count);
  ItemSet left = through;
  std::vector<ItemId> queue;
  const auto reach = [&](ItemId item) {
    if (left.contains(item)) {
      left.remove(item);
      reached.add(item);
      queue.push_back(item);
    }
  };
  for (std::uint32_t i = 0; i < count; ++i) {
    if (roots.contains(ItemId{i})) {
      reach(ItemId{i});
    }
  }
  for (std::size_t at = 0; at < queue.size(); ++at) {
    prefetch_targets(graph, queue, at + 1);
    for (const std::uint32_t next : targets(graph, queue[at])) {
      reach(ItemId{next});
    }
  }
  return reached;
}

}  // namespace

ItemSet TieredGraph::reachable_from(const ItemSet& roots, const ItemSet& through) const {
  return search(storage_->dependencies, roots, through);
}

ItemSet TieredGraph::reaching(const ItemSet& roots, const ItemSet& through) const {
  return search(storage_->dependents, roots, through);
}

ItemSet TieredGraph::held(const ItemSet& roots) const {
  return search(storage_->holds, roots, all_items(inventory_));
}

ItemSet TieredGraph::holding(const ItemSet& roots) const {
  return search(storage_->holders, roots, all_items(inventory_));
}

namespace {

/// Labels that spread breadth first, one step at a time; of two labels that come equally near, the
/// one whose item comes first by key stays.
class Spreading {
 public:
  explicit Spreading(const Inventory& inventory)
      : inventory_(inventory),
        label_(inventory.item_count(), no_item),
        distance_(inventory.item_count(), unreached) {}

  void start(ItemId item) {
    distance_[index_of(item)] = 0;
    queue_.push_back(item);
  }

  /// `next(item)` gives the neighbours, `hand_down(item, label)` the label that they get from it.
  template <typename Next, typename HandDown>
  std::vector<ItemId> run(Next next, HandDown hand_down) {
    for (std::size_t at = 0; at < queue_.size(); ++at) {
      const ItemId from = queue_[at];
      const ItemId label = hand_down(from, label_[index_of(from)]);
      for (const ItemId to : next(from)) {
        offer(to, label, distance_[index_of(from)] + 1);
      }
    }
    return std::move(label_);
  }

  /// Keeps labels from coming to an item.
  void block(ItemId item) { distance_[index_of(item)] = 0; }

 private:
  static constexpr std::uint32_t unreached = UINT32_MAX;

  void offer(ItemId to, ItemId label, std::uint32_t distance) {
    if (distance_[index_of(to)] < distance) {
      return;
    }
    ItemId& known = label_[index_of(to)];
    if (distance_[index_of(to)] == unreached) {
      distance_[index_of(to)] = distance;
      known = label;
      queue_.push_back(to);
    } else if (label != known && label != no_item &&
               (known == no_item || inventory_.comes_before(label, known))) {
      known = label;
    }
  }

  const Inventory& inventory_;
  std::vector<ItemId> label_;
  std::vector<std::uint32_t> distance_;
  std::vector<ItemId> queue_;
};

}  // namespace

std::vector<ItemId> TieredGraph::last_marked(const ItemSet& roots, const ItemSet& through,
                                             const ItemSet& marked) const {
  Spreading spreading(inventory_);
  for (const ItemId item : inventory_.items()) {
    if (!through.contains(item)) {
      spreading.block(item);
    } else if (roots.contains(item)) {
      spreading.start(item);
    }
  }
  return spreading.run(
      [&](ItemId item) { return dependencies_of(item); },
      [&](ItemId item, ItemId label) { return marked.contains(item) ? item : label; });
}

std::vector<ItemId> TieredGraph::nearest_holder(const ItemSet& marked) const {
  Spreading spreading(inventory_);
  for (const ItemId item : inventory_.items()) {
    if (marked.contains(item)) {
      spreading.start(item);
    }
  }
  return spreading.run(
      [&](ItemId item) { return held_by(item); },
      [&](ItemId item, ItemId label) { return marked.contains(item) ? item : label; });
}

}  // namespace tierline
