#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "judge/wording.h"
#include "support/text.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Why a supporting service serves no customer, and the items that come closest to making it do so.
struct Miss {
  std::string_view kind;
  std::string message;
  std::vector<ItemId> nearest;
};

class Orphans {
 public:
  Orphans(const Estate& estate, std::span<const ItemId> orphans)
      : inventory_(estate.inventory), graph_(estate.graph), live_(estate.reach.live) {
    ItemSet all(inventory_.item_count());
    for (const ItemId orphan : orphans) {
      all.add(orphan);
    }
    retired_above_ = nearest_above(all, State::retired);
    planned_above_ = nearest_above(all, State::planned);
    find_islands(all);
  }

  Miss miss_of(ItemId orphan) {
    if (const ItemId retired = retired_above_[index_of(orphan)]; retired != no_item) {
      return {"outlived", only_through(orphan, retired, true), {retired}};
    }
    if (const ItemId planned = planned_above_[index_of(orphan)]; planned != no_item) {
      return {"awaited", only_through(orphan, planned, false), {planned}};
    }
    if (!is_used_from_outside(orphan)) {
      return isolated(orphan);
    }
    std::vector<ItemId> nearest;
    std::string message = only_by(orphan, nearest);
    const auto& members = island_of(orphan);
    if (members.size() > 1) {
      message += fmt::format("; an island of {} services: {}", members.size(),
                             name_list(inventory_, members, 5));
    }
    nearest.resize(std::min<std::size_t>(nearest.size(), 3), no_item);
    return {"island", std::move(message), std::move(nearest)};
  }

  const std::vector<ItemId>& island_of(ItemId orphan) {
    return members_[island_[index_of(orphan)]];
  }

 private:
  /// The islands that the orphans and what relies on them make.
  void find_islands(const ItemSet& orphans) {
    const ItemSet dark = graph_.upwards(orphans, live_);
    island_ = graph_.islands(dark);
    for (const ItemId item : inventory_.items()) {
      if (dark.contains(item) && inventory_.is_service(item)) {
        members_[island_[index_of(item)]].push_back(item);
      }
    }
    for (auto& [island, members] : members_) {
      members = in_order(inventory_, std::move(members));
    }
  }

  /// For each orphan that customer-facing services rely on once items of that state are counted in:
  /// the nearest of these items above it.
  std::vector<ItemId> nearest_above(const ItemSet& orphans, State state) const {
    const auto faces_customers = [&](ItemId item) {
      return inventory_.is_service(item) && (inventory_.facing(item) == Facing::external ||
                                             inventory_.facing(item) == Facing::internal);
    };
    const ItemSet counted_in =
        items_where(inventory_, [&](ItemId item) { return inventory_.state(item) == state; });
    const ItemSet through =
        graph_.upwards(orphans, items_where(inventory_, [&](ItemId item) {
                         return counted_in.contains(item) || live_.contains(item);
                       }));
    const ItemSet roots = items_where(
        inventory_, [&](ItemId item) { return through.contains(item) && faces_customers(item); });
    return graph_.last_marked(roots, through, counted_in);
  }

  /// What would serve customers through it, if it were live.
  std::string only_through(ItemId orphan, ItemId above, bool is_retired) const {
    const auto used_by = graph_.relied_on_by(orphan);
    const auto users = in_order(inventory_, {used_by.begin(), used_by.end()});
    const std::string state = is_retired ? "retired" : "still planned";
    if (users == std::vector{above}) {
      return fmt::format("supports only {}, which is {}", inventory_.label(above), state);
    }
    return fmt::format("nothing live that serves customers relies on it; {}, which is {}, {}",
                       inventory_.label(above), state, is_retired ? "did" : "will");
  }

  /// Who relies on it without serving customers: those that are live first, then those that were or
  /// will be.
  std::string only_by(ItemId orphan, std::vector<ItemId>& nearest) const {
    const auto used_by = graph_.relied_on_by(orphan);
    const auto users = in_order(inventory_, {used_by.begin(), used_by.end()});
    std::vector<std::string> clauses;
    const auto add = [&](auto is_meant, std::string_view one, std::string_view several) {
      std::vector<ItemId> some;
      std::ranges::copy_if(users, std::back_inserter(some), [&](ItemId user) {
        return user != orphan && inventory_.tier(user) != Tier::portfolio && is_meant(user);
      });
      if (!some.empty()) {
        clauses.push_back(fmt::format("by {}, which {}", name_list(inventory_, some),
                                      some.size() == 1 ? one : several));
        nearest.insert(nearest.end(), some.begin(), some.end());
      }
    };
    const auto is_other = [&](State state) {
      return [this, state, family = family_of(orphan)](ItemId user) {
        return inventory_.state(user) == state && family_of(user) != family;
      };
    };
    add([&](ItemId user) { return live_.contains(user); }, "serves no customer-facing service",
        "serve no customer-facing service");
    add(is_other(State::retired), "is retired", "are retired");
    add(is_other(State::planned), "is still planned", "are still planned");
    return "relied on only " + join(clauses, ", and ");
  }

  Miss isolated(ItemId orphan) const {
    std::vector<ItemId> holders;
    for (const ItemId holder : graph_.holders_of(orphan)) {
      if (inventory_.tier(holder) == Tier::portfolio) {
        holders.push_back(holder);
      }
    }
    holders = in_order(inventory_, std::move(holders));
    return {"isolated",
            holders.empty() ? "nothing live relies on it"
                            : fmt::format("nothing live relies on it; only portfolio {} lists it",
                                          name_list(inventory_, holders)),
            holders};
  }

  /// A service and its offerings are one: the service that stands for them.
  ItemId family_of(ItemId item) const {
    ItemId head = item;
    if (inventory_.is_offering(item)) {
      for (const ItemId holder : graph_.holders_of(item)) {
        if (inventory_.is_service(holder) && live_.contains(holder) &&
            (head == item || inventory_.comes_before(holder, head))) {
          head = holder;
        }
      }
    }
    return head;
  }

  bool has_other_user(ItemId item, ItemId family) const {
    return std::ranges::any_of(graph_.relied_on_by(item), [&](ItemId user) {
      return user != item && inventory_.tier(user) != Tier::portfolio && family_of(user) != family;
    });
  }

  /// Whether anything but portfolios, the service itself and its offerings relies on it: live, gone
  /// or still to come.
  bool is_used_from_outside(ItemId orphan) {
    const ItemId family = family_of(orphan);
    const auto [known, is_new] = used_families_.try_emplace(family, false);
    if (is_new) {
      known->second = has_other_user(family, family);
      for (const ItemId part : graph_.held_by(family)) {
        known->second = known->second || (live_.contains(part) && family_of(part) == family &&
                                          has_other_user(part, family));
      }
    }
    return known->second;
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  const ItemSet& live_;
  std::vector<ItemId> retired_above_;
  std::vector<ItemId> planned_above_;
  std::vector<std::uint32_t> island_;
  std::map<std::uint32_t, std::vector<ItemId>> members_;
  std::map<ItemId, bool> used_families_;
};

void check(const Estate& estate, Findings& findings) {
  constexpr std::size_t members_shown = 20;
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> orphans;
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item)) {
      continue;
    }
    if (inventory.facing(item) == Facing::unknown) {
      findings.can_judge(item, Input::facing);
    }
    if (inventory.facing(item) != Facing::supporting || estate.reach.by_customers.contains(item)) {
      continue;
    }
    if (estate.reach.by_unknown_facing.contains(item)) {
      findings.undetermined(item, "a live service of unknown facing relies on it");
    } else {
      orphans.push_back(item);
    }
  }
  if (orphans.empty()) {
    return;
  }
  Orphans all(estate, orphans);
  for (const ItemId orphan : orphans) {
    Miss miss = all.miss_of(orphan);
    Evidence evidence = {{"kind", std::string(miss.kind)},
                         {"nearest", ids_of(inventory, miss.nearest)}};
    if (miss.kind == "island") {
      const auto& members = all.island_of(orphan);
      const auto shown = std::span(members).first(std::min(members.size(), members_shown));
      evidence.emplace_back("members", ids_of(inventory, shown));
      evidence.emplace_back("memberCount", members.size());
    }
    findings.add(orphan, std::move(miss.message), std::move(evidence));
  }
}

const Register<Rule> rule{{
    .id = "orphaned-supporting-service",
    .title = "Supporting service supports nobody",
    .severity = Severity::high,
    .certainty = Certainty::assumes_complete_export,
    .rationale =
        "A supporting service is a building block of services that face customers. One that "
        "none of them stands on costs money and attention for nothing, or something that "
        "does rely on it is not on record.",
    .definition =
        "A live supporting service that no live customer-facing service relies on through "
        "live items. Kinds: outlived (customer-facing services rely on it once retired "
        "items are counted in), awaited (once planned ones are), isolated (nothing but "
        "portfolios and itself relies on it), island (only what reaches no customer-facing "
        "service relies on it). If a live service of unknown facing relies on it, it is "
        "undetermined.",
    .remedy = "Record what relies on it, or plan its retirement with its owner.",
    .tiers = {Tier::service},
    .needs = {Need::services, Need::service_relations},
    .inputs = {Input::facing},
    .concludes_from_absence_of = Absence::path,
    .check = check,
}};

}  // namespace
}  // namespace tierline
