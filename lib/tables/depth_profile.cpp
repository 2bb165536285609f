#include <algorithm>
#include <map>

#include "analysis/answered.h"
#include "tables/by_name.h"
#include "tierline/tables.h"

namespace tierline {
namespace {

/// Live portfolios that no other live portfolio holds.
ItemSet topmost_portfolios(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const auto is_live_portfolio = [&](ItemId item) {
    return inventory.tier(item) == Tier::portfolio && source.live().contains(item);
  };
  return items_where(inventory, [&](ItemId item) {
    return is_live_portfolio(item) &&
           std::ranges::none_of(source.graph().holders_of(item), [&](ItemId holder) {
             return holder != item && is_live_portfolio(holder);
           });
  });
}

/// The topmost portfolio of each item; no_item where it is in none.
class Portfolios {
 public:
  explicit Portfolios(const TableSource& source)
      : inventory_(source.inventory()),
        topmost_(topmost_portfolios(source)),
        holder_(source.graph().nearest_holder(topmost_)) {
    const ItemSet services = items_where(inventory_, [&](ItemId item) {
      return inventory_.is_service(item) && source.live().contains(item);
    });
    service_ = source.graph().last_marked(services, source.live(), services);
  }

  [[nodiscard]] ItemId of(ItemId item) const {
    if (inventory_.tier(item) <= Tier::service) {
      return topmost_.contains(item) ? item : holder_[index_of(item)];
    }
    const ItemId service = service_[index_of(item)];
    return service == no_item ? no_item : holder_[index_of(service)];
  }

 private:
  const Inventory& inventory_;
  ItemSet topmost_;
  std::vector<ItemId> holder_;
  std::vector<ItemId> service_;  ///< The nearest that relies on a system or component.
};

/// Whether the export says who answers for it.
bool is_judged(const Inventory& inventory, ItemId item) {
  return is_answered_for(inventory, item) || (inventory.has_input(item, RuleInput::accountable) &&
                                              (inventory.tier(item) != Tier::component ||
                                               inventory.has_input(item, RuleInput::operates)));
}

std::optional<Tier> deepest(const Depth& depth) {
  std::optional<Tier> lowest;
  for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
    const TierCoverage& coverage = depth.tiers[tier];
    if (coverage.answered * 100 < coverage.judged * DepthProfile::wanted_percent) {
      break;
    }
    lowest = coverage.judged > 0 ? static_cast<Tier>(tier) : lowest;
  }
  return lowest;
}

}  // namespace

DepthProfile depth_profile(const TableSource& source) {
  const Inventory& inventory = source.inventory();
  const Portfolios portfolios(source);
  std::map<ItemId, Depth> rows;
  DepthProfile profile;
  const auto add = [&](Depth& depth, std::size_t tier, ItemId item) {
    if (is_judged(inventory, item)) {
      ++depth.tiers[tier].judged;
      depth.tiers[tier].answered += is_answered_for(inventory, item) ? 1U : 0U;
    }
  };
  for (const ItemId item : inventory.items()) {
    const auto tier = static_cast<std::size_t>(inventory.tier(item));
    if (tier < owned_tiers && source.counts(item)) {
      add(profile.estate, tier, item);
      add(rows[portfolios.of(item)], tier, item);
    }
  }
  for (auto& [portfolio, depth] : rows) {
    depth.portfolio = portfolio;
    depth.deepest = deepest(depth);
    if (portfolio == no_item) {
      profile.in_none = depth;
    } else {
      profile.portfolios.push_back(depth);
    }
  }
  profile.estate.deepest = deepest(profile.estate);
  sort_by(profile.portfolios,
          [&](const Depth& row) { return name_order(inventory, row.portfolio); });
  return profile;
}

}  // namespace tierline
