#include "synthetic/failure.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "synthetic/relations.h"

namespace tierline::synthetic {
namespace {

constexpr std::size_t fewest_services = 5;
constexpr std::size_t least_percent = 10;
constexpr std::size_t fewest_most_critical = 2;

/// Live items, by number, and what stands on each.
class Standing {
 public:
  explicit Standing(const Estate& estate) : estate_(estate) {
    std::uint32_t all = 0;
    for (std::size_t role = 0; role < ci_roles; ++role) {
      first_[role] = all;
      all += estate.count(static_cast<Role>(role));
    }
    users_.resize(all);
    estate.visit_items([&](Item item) {
      if (const Item above = estate.parent(item); above && !item.is_portfolio()) {
        rely(above, item);
        if (item.is_offering()) {
          rely(item, above);
        }
      }
    });
    visit_relations(estate, [&](const Relation& relation) { add(relation); });
  }

  std::uint32_t number(Item item) const { return first_[index(item.role)] + estate_.ordinal(item); }

  /// All that stops when one item does, itself included.
  std::vector<Item> stopping_with(Item failed) const {
    std::vector<Item> stopped{failed};
    std::set<std::uint32_t> seen{number(failed)};
    std::map<std::uint32_t, std::size_t> lost;  // Members, by cluster.
    const auto stop = [&](Item item) {
      if (seen.insert(number(item)).second) {
        stopped.push_back(item);
      }
    };
    for (std::size_t at = 0; at < stopped.size(); ++at) {
      const auto below = number(stopped[at]);
      std::ranges::for_each(users_[below], stop);
      for (const auto& [cluster, members] : clusters_) {
        if (members.contains(below) && ++lost[cluster] == members.size()) {
          stop(cluster_items_.at(cluster));
        }
      }
    }
    return stopped;
  }

 private:
  void rely(Item user, Item used) {
    if (estate_.is_live(user) && estate_.is_live(used) && user != used) {
      users_[number(used)].push_back(user);
    }
  }

  void add(const Relation& relation) {
    const auto& [type, parent, child, fault, row, original] = relation;
    const auto is_item = [](Item item) { return index(item.role) < ci_roles; };
    if (type == Type::exchanges_data || type == Type::custom || !is_item(parent) ||
        !is_item(child) || parent.is_portfolio()) {
      return;
    }
    const bool contains =
        type == Type::contains || type == Type::members || type == Type::cluster_of;
    if (contains && parent.role == Role::cluster) {
      if (estate_.is_live(parent) && estate_.is_live(child)) {
        clusters_[number(parent)].insert(number(child));
        cluster_items_.emplace(number(parent), parent);
      }
    } else if (contains && parent.is_supporting() && !child.is_service() &&
               child.role != Role::kiosk) {
      rely(child, parent);
    } else {
      rely(parent, child);
    }
  }

  const Estate& estate_;
  std::array<std::uint32_t, ci_roles> first_{};
  std::vector<std::vector<Item>> users_;
  std::map<std::uint32_t, std::set<std::uint32_t>> clusters_;
  std::map<std::uint32_t, Item> cluster_items_;
};

/// Services that customers use, each with its offerings.
class Customers {
 public:
  explicit Customers(const Estate& estate) : estate_(estate) {
    estate.visit_items([&](Item item) {
      if (item.is_business() && estate.is_live(item)) {
        const auto level = estate.criticality(item);
        auto& strongest =
            criticality_.try_emplace(std::string(estate.id(service(item))), level).first->second;
        strongest = level != 0 && (strongest == 0 || level < strongest) ? level : strongest;
      }
    });
  }

  bool are_hit(const std::vector<Item>& stopped) const {
    std::set<std::string_view> services;
    std::size_t most_critical = 0;
    for (const Item item : stopped) {
      if (item.is_business()) {
        const auto known = criticality_.find(std::string(estate_.id(service(item))));
        const bool is_new = services.insert(known->first).second;
        most_critical += is_new && known->second == 1 ? 1 : 0;
      }
    }
    return (services.size() >= fewest_services &&
            services.size() * 100 >= criticality_.size() * least_percent) ||
           most_critical >= fewest_most_critical;
  }

 private:
  Item service(Item item) const {
    const Item above = item.is_offering() ? estate_.parent(item) : Item{};
    return above && estate_.is_live(above) ? above : item;
  }

  const Estate& estate_;
  std::map<std::string, std::uint32_t, std::less<>> criticality_;
};

}  // namespace

std::vector<Item> single_points_of_failure(const Estate& estate) {
  const Standing standing(estate);
  const Customers customers(estate);
  std::vector<Item> points;
  estate.visit_items([&](Item item) {
    const bool is_judged = !item.is_portfolio() && !item.is_service() && item.role != Role::kiosk;
    if (is_judged && estate.is_live(item) && customers.are_hit(standing.stopping_with(item))) {
      points.push_back(item);
    }
  });
  return points;
}

}  // namespace tierline::synthetic
