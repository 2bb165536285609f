// Layers are given: the columns. Rows are ordered by the mean height of neighbours, swept from left
// to right and back; then heights are as near to that mean as order and room allow. A line that
// passes a column has a place of its own in it, so that it runs under no card.

#include "pictures/neighbourhood_layout.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace tierline {
namespace {

constexpr double row_gap = 12;
constexpr double lane_height = 10;
constexpr double lane_gap = 5;
constexpr double zone_gap = 16;
constexpr double words_room = 18;  ///< Over a card that has words over it.
constexpr int sweeps = 30;

using Index = std::size_t;

/// A card, or the place where a line passes a column.
struct Node {
  std::size_t column = 0;
  int zone = 0;
  std::uint32_t distance = 0;
  bool is_lane = false;
  bool has_words = false;
  double height = 0;
  double y = 0;
  std::vector<Index> near = {};    ///< Its neighbours, of whatever column.
  std::vector<Index> before = {};  ///< Of its own column, those that rely on it.

  [[nodiscard]] double middle() const { return y + height / 2; }
};

class Arrangement {
 public:
  Arrangement(const Neighbourhood& model, const CardMeasures& measures)
      : model_(model), measures_(measures) {}

  NeighbourhoodLayout layout() {
    add_nodes();
    add_lanes();
    order();
    fold_empty_bands();
    place_columns();
    NeighbourhoodLayout layout;
    layout.column_x = column_x_;
    for (Index i = 0; i < model_.cards.size(); ++i) {
      layout.cards.push_back({x_of(nodes_[i]), nodes_[i].y, measures_.width, nodes_[i].height});
      layout.begins_zone.push_back(begins_zone(i));
      layout.width = std::max(layout.width, layout.cards.back().right());
      layout.height = std::max(layout.height, layout.cards.back().bottom() + pile);
    }
    find_ports();
    for (Index i = 0; i < model_.edges.size(); ++i) {
      layout.edges.push_back(stretches(i));
    }
    return layout;
  }

 private:
  // --- nodes

  void add_nodes() {
    for (const Card& card : model_.cards) {
      nodes_.push_back({.column = card.column,
                        .zone = model_.has_zones ? static_cast<int>(card.zone) : 0,
                        .distance = card.distance,
                        .height = measures_.height});
      nodes_.back().has_words = card.hub != 0;
    }
  }

  void add_lanes() {
    for (const CardEdge& edge : model_.edges) {
      std::vector<Index> way = {edge.from};
      const std::size_t from = nodes_[edge.from].column;
      const std::size_t to = nodes_[edge.to].column;
      const std::size_t step = to > from ? 1 : static_cast<std::size_t>(-1);
      for (std::size_t column = from + step; from != to && column != to; column += step) {
        const Node& upper = nodes_[edge.from];
        const Node& lower = nodes_[edge.to];
        nodes_.push_back({.column = column,
                          .zone = lower.zone != 0 ? lower.zone : upper.zone,
                          .distance = std::max(upper.distance, lower.distance),
                          .is_lane = true,
                          .height = lane_height});
        way.push_back(nodes_.size() - 1);
      }
      way.push_back(edge.to);
      for (Index i = 1; i < way.size(); ++i) {
        connect(way[i - 1], way[i]);
      }
      ways_.push_back(std::move(way));
    }
  }

  void connect(Index upper, Index lower) {
    nodes_[upper].near.push_back(lower);
    nodes_[lower].near.push_back(upper);
    if (nodes_[upper].column == nodes_[lower].column) {
      nodes_[lower].before.push_back(upper);
    }
  }

  // --- order

  void order() {
    for (std::size_t column = 0; column < column_count; ++column) {
      std::vector<Index>& rows = columns_[column];
      for (Index i = 0; i < nodes_.size(); ++i) {
        if (nodes_[i].column == column) {
          rows.push_back(i);
        }
      }
      // In the zone above, what is farthest comes first.
      std::ranges::stable_sort(rows, {}, [&](Index i) {
        const Node& node = nodes_[i];
        const auto distance = static_cast<std::int64_t>(node.distance);
        return std::pair(node.zone, node.zone < 0 ? -distance : distance);
      });
      stack(rows);
    }
    for (int sweep = 0; sweep < sweeps; ++sweep) {
      for (std::size_t i = 0; i < column_count; ++i) {
        improve(columns_[sweep % 2 == 0 ? i : column_count - 1 - i]);
      }
    }
  }

  void stack(const std::vector<Index>& rows) {
    double y = 0;
    for (const Index i : rows) {
      nodes_[i].y = y;
      y += nodes_[i].height + row_gap;
    }
  }

  void improve(std::vector<Index>& rows) {
    if (rows.empty()) {
      return;
    }
    std::vector<double> wanted(nodes_.size());
    for (const Index i : rows) {
      wanted[i] = wanted_middle(i);
    }
    sort(rows, wanted);
    mark_words(rows);
    place(rows, wanted);
  }

  /// Level with its neighbours; next to those of its own column.
  [[nodiscard]] double wanted_middle(Index number) const {
    const Node& node = nodes_[number];
    if (node.near.empty()) {
      return node.middle();
    }
    const double step = measures_.height + row_gap;
    double sum = 0;
    for (const Index other : node.near) {
      const Node& one = nodes_[other];
      sum += one.middle() + (one.column != node.column ? 0 : one.y < node.y ? step : -step);
    }
    return sum / static_cast<double>(node.near.size());
  }

  /// By zone; within one, families of what relies on one another in the column, by their mean, and
  /// nobody above those who rely on it, unless they do so in a circle. What a card relies on
  /// follows it at once where it can.
  void sort(std::vector<Index>& rows, const std::vector<double>& wanted) const {
    const std::map<Index, double> family = family_means(rows, wanted);
    std::vector<Index> waiting = rows;
    std::ranges::stable_sort(waiting, {}, [&](Index i) {
      return std::tuple(nodes_[i].zone, std::round(family.at(i)), std::round(wanted[i]));
    });
    rows.clear();
    while (!waiting.empty()) {
      const auto is_free = [&](Index i) {
        return std::ranges::none_of(nodes_[i].before, [&](Index above) {
          return nodes_[above].zone == nodes_[i].zone &&
                 std::ranges::find(waiting, above) != waiting.end();
        });
      };
      const int zone = nodes_[waiting.front()].zone;
      auto next = std::ranges::find_if(
          waiting, [&](Index i) { return nodes_[i].zone == zone && is_free(i); });
      const auto follower = std::ranges::find_if(waiting, [&](Index i) {
        return !rows.empty() && nodes_[i].zone == zone && is_free(i) &&
               std::ranges::find(nodes_[i].before, rows.back()) != nodes_[i].before.end();
      });
      next = follower != waiting.end() ? follower : next != waiting.end() ? next : waiting.begin();
      rows.push_back(*next);
      waiting.erase(next);
    }
  }

  [[nodiscard]] std::map<Index, double> family_means(const std::vector<Index>& rows,
                                                     const std::vector<double>& wanted) const {
    std::map<Index, Index> head;
    for (const Index i : rows) {
      head[i] = i;
    }
    const auto head_of = [&](Index i) {
      while (head.at(i) != i) {
        i = head.at(i);
      }
      return i;
    };
    for (const Index i : rows) {
      for (const Index above : nodes_[i].before) {
        if (nodes_[above].zone == nodes_[i].zone) {
          head[head_of(i)] = head_of(above);
        }
      }
    }
    std::map<Index, std::pair<double, double>> sums;
    for (const Index i : rows) {
      auto& [sum, count] = sums[head_of(i)];
      sum += wanted[i];
      count += 1;
    }
    std::map<Index, double> means;
    for (const Index i : rows) {
      const auto& [sum, count] = sums[head_of(i)];
      means[i] = sum / count;
    }
    return means;
  }

  // --- heights

  /// Over the first card of a zone stands a word.
  void mark_words(const std::vector<Index>& rows) {
    std::array<bool, 3> seen{};
    for (const Index i : rows) {
      Node& node = nodes_[i];
      if (node.is_lane) {
        continue;
      }
      bool& is_seen = seen.at(static_cast<std::size_t>(node.zone + 1));
      node.has_words = model_.cards[i].hub != 0 || (!is_seen && has_word(i));
      is_seen = true;
    }
  }

  [[nodiscard]] bool has_word(Index card) const {
    return nodes_[card].zone != 0 && nodes_[card].column > 0;
  }

  [[nodiscard]] bool begins_zone(Index card) const {
    const Node& node = nodes_[card];
    return has_word(card) && std::ranges::none_of(columns_[node.column], [&](Index other) {
             return !nodes_[other].is_lane && nodes_[other].zone == node.zone &&
                    nodes_[other].y < node.y;
           });
  }

  [[nodiscard]] double gap(Index above, Index below) const {
    const Node& upper = nodes_[above];
    const Node& lower = nodes_[below];
    return (upper.is_lane || lower.is_lane ? lane_gap : row_gap) +
           (upper.zone != lower.zone ? zone_gap : 0) + (lower.has_words ? words_room : 0);
  }

  /// The heights nearest to those wanted, in this order and with room between: those that get into
  /// one another's way are moved together, to their mean.
  void place(const std::vector<Index>& rows, const std::vector<double>& wanted) {
    struct Pool {
      double mean;
      double weight;
      std::size_t size;
    };
    std::vector<double> offset = {0};
    for (std::size_t i = 1; i < rows.size(); ++i) {
      offset.push_back(offset.back() + nodes_[rows[i - 1]].height + gap(rows[i - 1], rows[i]));
    }
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const Node& node = nodes_[rows[i]];
      const double weight = node.near.empty() ? 0.001 : 1;
      pools.push_back({wanted[rows[i]] - node.height / 2 - offset[i], weight, 1});
      while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
        const Pool last = pools.back();
        pools.pop_back();
        Pool& pool = pools.back();
        pool.mean =
            (pool.mean * pool.weight + last.mean * last.weight) / (pool.weight + last.weight);
        pool.weight += last.weight;
        pool.size += last.size;
      }
    }
    std::size_t at = 0;
    for (const Pool& pool : pools) {
      for (std::size_t i = 0; i < pool.size; ++i, ++at) {
        nodes_[rows[at]].y = pool.mean + offset[at];
      }
    }
  }

  /// What is empty in all columns is folded; the first row stands at the top.
  void fold_empty_bands() {
    std::vector<std::pair<double, double>> spans;
    for (const Node& node : nodes_) {
      spans.emplace_back(node.y - (node.has_words ? words_room : 0), node.y + node.height);
    }
    std::ranges::sort(spans);
    std::vector<std::pair<double, double>> cuts;  // From here on, by so much.
    double end = spans.empty() ? 0 : spans.front().first;
    cuts.emplace_back(end, end);
    for (const auto& [begin, bottom] : spans) {
      constexpr double kept = 24;
      if (begin - end > kept) {
        cuts.emplace_back(begin, begin - end - kept);
      }
      end = std::max(end, bottom);
    }
    for (Node& node : nodes_) {
      double moved = 0;
      for (const auto& [from, by] : cuts) {
        moved += node.y - (node.has_words ? words_room : 0) >= from - 0.001 ? by : 0;
      }
      node.y = std::round(node.y - moved);
    }
  }

  /// Columns that nothing stands in take no room.
  void place_columns() {
    double x = 0;
    for (std::size_t column = 0; column < column_count; ++column) {
      const bool has_cards =
          std::ranges::any_of(columns_[column], [&](Index i) { return !nodes_[i].is_lane; });
      column_x_[column] = has_cards ? x : -1;
      // Where lines only pass, they pass a point.
      lane_x_[column] = has_cards ? x : x - measures_.column_gap / 2;
      x += has_cards ? measures_.width + measures_.column_gap : 0;
    }
  }

  [[nodiscard]] double x_of(const Node& node) const { return lane_x_[node.column]; }
  [[nodiscard]] double width_of(const Node& node) const {
    return column_x_[node.column] < 0 ? 0 : measures_.width;
  }

  // --- lines

  enum class Side : bool { left, right };

  [[nodiscard]] Side side_towards(Index node, Index other) const {
    return nodes_[other].column >= nodes_[node].column ? Side::right : Side::left;
  }

  /// Where on the side of a card each line ends: in the order of the other ends, arcs from above
  /// first and arcs to below last, the wider outside.
  void find_ports() {
    struct End {
      double at;
      Index edge;
      bool is_first;
    };
    std::map<std::pair<Index, Side>, std::vector<End>> sides;
    for (Index edge = 0; edge < ways_.size(); ++edge) {
      const auto add = [&](Index node, Index other, bool is_first) {
        const Node& one = nodes_[other];
        constexpr double outside = 1e6;
        const double at = one.column != nodes_[node].column ? one.middle()
                          : one.y < nodes_[node].y          ? -outside - one.y
                                                            : outside - one.y;
        sides[{node, side_towards(node, other)}].push_back({at, edge, is_first});
      };
      const std::vector<Index>& way = ways_[edge];
      add(way.front(), way[1], true);
      add(way.back(), way[way.size() - 2], false);
    }
    ports_.resize(ways_.size());
    for (auto& [side, ends] : sides) {
      std::ranges::stable_sort(ends, {}, &End::at);
      const double step = std::min(7.0, (measures_.height - 16) / static_cast<double>(ends.size()));
      for (std::size_t i = 0; i < ends.size(); ++i) {
        const double y = (static_cast<double>(i) - static_cast<double>(ends.size() - 1) / 2) * step;
        (ends[i].is_first ? ports_[ends[i].edge].first : ports_[ends[i].edge].second) = y;
      }
    }
  }

  /// The edge of a card, or of the card that is seen under it.
  [[nodiscard]] double side_x(Index number, Side side) const {
    const Node& node = nodes_[number];
    const bool is_focus = !node.is_lane && model_.cards[number].is_focus;
    if (side == Side::left) {
      return x_of(node) - (is_focus ? halo : 0);
    }
    const bool is_pile = !node.is_lane && model_.cards[number].items.size() > 1;
    return x_of(node) + width_of(node) + (is_focus ? halo : is_pile ? pile : 0);
  }

  [[nodiscard]] std::vector<Stretch> stretches(Index edge) const {
    const std::vector<Index>& way = ways_[edge];
    std::vector<Stretch> all;
    for (std::size_t i = 1; i < way.size(); ++i) {
      const Index from = way[i - 1];
      const Index to = way[i];
      Stretch stretch;
      stretch.x1 = side_x(from, side_towards(from, to));
      stretch.x2 = side_x(to, side_towards(to, from));
      stretch.y1 = nodes_[from].middle() + (i == 1 ? ports_[edge].first : 0);
      stretch.y2 = nodes_[to].middle() + (i + 1 == way.size() ? ports_[edge].second : 0);
      if (nodes_[from].column == nodes_[to].column) {
        constexpr double least = 14;
        const double most = measures_.column_gap * 0.6;
        stretch.bulge = std::min(most, least + std::abs(stretch.y2 - stretch.y1) * 0.09);
      }
      all.push_back(stretch);
    }
    return all;
  }

  const Neighbourhood& model_;
  const CardMeasures& measures_;
  std::vector<Node> nodes_;               ///< Those of cards first, in their order.
  std::vector<std::vector<Index>> ways_;  ///< Of each edge, the nodes that it passes.
  std::array<std::vector<Index>, column_count> columns_;
  std::array<double, column_count> column_x_{};
  std::array<double, column_count> lane_x_{};
  std::vector<std::pair<double, double>> ports_;  ///< Of each edge, at its two ends.
};

}  // namespace

NeighbourhoodLayout layout_of(const Neighbourhood& model, const CardMeasures& measures) {
  return Arrangement(model, measures).layout();
}

}  // namespace tierline
