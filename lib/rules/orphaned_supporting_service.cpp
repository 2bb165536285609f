#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// How close a supporting service comes to serving a customer.
enum class Miss : std::uint8_t { outlived, awaited, isolated, island };

std::string_view to_string(Miss miss) {
  constexpr std::string_view words[] = {"outlived", "awaited", "isolated", "island"};
  return words[static_cast<std::size_t>(miss)];
}

class Orphans {
 public:
  Orphans(const Estate& estate, std::span<const ItemId> orphans, Facts& facts)
      : inventory_(estate.inventory),
        graph_(estate.graph),
        live_(estate.reach.live),
        facts_(facts) {
    ItemSet all(inventory_.item_count());
    for (const ItemId orphan : orphans) {
      all.add(orphan);
    }
    retired_above_ = nearest_above(all, State::retired);
    planned_above_ = nearest_above(all, State::planned);
    find_islands(all);
  }

  /// The evidence: the miss, and the item above it or where its island is kept.
  void add(ItemId orphan) {
    if (const ItemId retired = retired_above_[index_of(orphan)]; retired != no_item) {
      add(orphan, Miss::outlived, index_of(retired));
    } else if (const ItemId planned = planned_above_[index_of(orphan)]; planned != no_item) {
      add(orphan, Miss::awaited, index_of(planned));
    } else if (!is_used_from_outside(orphan)) {
      add(orphan, Miss::isolated, 0);
    } else {
      add(orphan, Miss::island, kept_island_of(orphan));
    }
  }

 private:
  void add(ItemId orphan, Miss miss, std::uint32_t more) {
    facts_.add(orphan, {static_cast<std::uint32_t>(miss), more});
  }

  /// The islands that the orphans and what relies on them make.
  void find_islands(const ItemSet& orphans) {
    const ItemSet dark = graph_.reaching(orphans, live_);
    island_ = graph_.connected_components(dark);
    for (const ItemId item : inventory_.items()) {
      if (dark.contains(item) && inventory_.is_service(item)) {
        members_[island_[index_of(item)]].push_back(item);
      }
    }
  }

  std::uint32_t kept_island_of(ItemId orphan) {
    const std::uint32_t island = island_[index_of(orphan)];
    const auto [kept, is_new] = kept_.try_emplace(island, 0);
    if (is_new) {
      kept->second = facts_.keep(in_order(inventory_, std::move(members_[island])));
    }
    return kept->second;
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
        graph_.reaching(orphans, items_where(inventory_, [&](ItemId item) {
                          return counted_in.contains(item) || live_.contains(item);
                        }));
    const ItemSet roots = items_where(
        inventory_, [&](ItemId item) { return through.contains(item) && faces_customers(item); });
    return graph_.last_marked(roots, through, counted_in);
  }

  bool has_other_user(ItemId item, ItemId family) const {
    return std::ranges::any_of(graph_.dependents_of(item), [&](ItemId user) {
      return user != item && inventory_.tier(user) != Tier::portfolio &&
             family_of(inventory_, graph_, user) != family;
    });
  }

  /// Whether anything but portfolios, the service itself and its offerings relies on it: live, gone
  /// or still to come.
  bool is_used_from_outside(ItemId orphan) {
    const ItemId family = family_of(inventory_, graph_, orphan);
    const auto [known, is_new] = used_families_.try_emplace(family, false);
    if (is_new) {
      known->second = has_other_user(family, family);
      for (const ItemId part : graph_.held_by(family)) {
        known->second = known->second ||
                        (live_.contains(part) && family_of(inventory_, graph_, part) == family &&
                         has_other_user(part, family));
      }
    }
    return known->second;
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  const ItemSet& live_;
  Facts& facts_;
  std::vector<ItemId> retired_above_;
  std::vector<ItemId> planned_above_;
  std::vector<std::uint32_t> island_;
  std::map<std::uint32_t, std::vector<ItemId>> members_;
  std::map<std::uint32_t, std::uint32_t> kept_;
  std::map<ItemId, bool> used_families_;
};

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  std::vector<ItemId> orphans;
  for (const ItemId item : inventory.items()) {
    if (!inventory.is_service(item) || !inventory.is_live(item)) {
      continue;
    }
    if (inventory.facing(item) == Facing::unknown) {
      facts.can_judge(item, RuleInput::facing);
    }
    if (inventory.facing(item) != Facing::supporting || estate.reach.by_customers.contains(item)) {
      continue;
    }
    if (estate.reach.by_unknown_facing.contains(item)) {
      facts.undetermined(item, "a live service of unknown facing relies on it");
    } else {
      orphans.push_back(item);
    }
  }
  if (orphans.empty()) {
    return;
  }
  Orphans all(estate, orphans, facts);
  for (const ItemId orphan : orphans) {
    all.add(orphan);
  }
}

std::vector<ItemId> users_of(const FactView& fact) {
  const auto used_by = fact.graph().dependents_of(fact.item());
  return in_order(fact.inventory(), {used_by.begin(), used_by.end()});
}

/// What would serve customers through it, if it were live.
std::string only_through(const FactView& fact, ItemId above, bool is_retired) {
  const std::string label = label_of(fact.inventory(), above);
  const std::string state = is_retired ? "retired" : "still planned";
  if (users_of(fact) == std::vector{above}) {
    return fmt::format("supports only {}, which is {}", label, state);
  }
  return fmt::format("nothing live that serves customers relies on it; {}, which is {}, {}", label,
                     state, is_retired ? "did" : "will");
}

/// Who relies on it without serving customers: those that are live first, then those that were or
/// will be.
std::string only_by(const FactView& fact, std::vector<ItemId>& nearest) {
  const Inventory& inventory = fact.inventory();
  const ItemId orphan = fact.item();
  const std::vector<ItemId> users = users_of(fact);
  std::vector<std::string> clauses;
  const auto add = [&](auto is_meant, std::string_view one, std::string_view several) {
    std::vector<ItemId> some;
    std::ranges::copy_if(users, std::back_inserter(some), [&](ItemId user) {
      return user != orphan && inventory.tier(user) != Tier::portfolio && is_meant(user);
    });
    if (!some.empty()) {
      clauses.push_back(fmt::format("by {}, which {}", name_list(inventory, some),
                                    some.size() == 1 ? one : several));
      nearest.insert(nearest.end(), some.begin(), some.end());
    }
  };
  const auto is_other = [&](State state) {
    return [&fact, state, family = family_of(inventory, fact.graph(), orphan)](ItemId user) {
      return fact.inventory().state(user) == state &&
             family_of(fact.inventory(), fact.graph(), user) != family;
    };
  };
  add([&](ItemId user) { return inventory.is_live(user); }, "serves no customer-facing service",
      "serve no customer-facing service");
  add(is_other(State::retired), "is retired", "are retired");
  add(is_other(State::planned), "is still planned", "are still planned");
  return "relied on only " + join(clauses, ", and ");
}

std::string isolated(const FactView& fact, std::vector<ItemId>& nearest) {
  for (const ItemId holder : fact.graph().holders_of(fact.item())) {
    if (fact.inventory().tier(holder) == Tier::portfolio) {
      nearest.push_back(holder);
    }
  }
  nearest = in_order(fact.inventory(), std::move(nearest));
  return nearest.empty() ? "nothing live relies on it"
                         : fmt::format("nothing live relies on it; only portfolio {} lists it",
                                       name_list(fact.inventory(), nearest));
}

/// An island may be the whole estate, and each of its services tells of it: only what is shown is
/// looked at.
void add_island(const FactView& fact, std::span<const std::uint32_t> island, Finding& finding) {
  constexpr std::size_t members_shown = 20;
  if (island.size() > 1) {
    finding.message += fmt::format("; an island of {} services: {}", island.size(),
                                   name_list(fact.inventory(), island, 5));
  }
  const std::vector<ItemId> shown = items_of(island.first(std::min(island.size(), members_shown)));
  finding.evidence.emplace_back("members", ids_of(fact.inventory(), shown));
  finding.evidence.emplace_back("memberCount", std::uint64_t{island.size()});
}

void word(const FactView& fact, Finding& finding) {
  const Miss miss{static_cast<std::uint8_t>(fact.evidence()[0])};
  const std::uint32_t more = fact.evidence()[1];
  std::vector<ItemId> nearest;
  switch (miss) {
    case Miss::outlived:
    case Miss::awaited:
      nearest = {ItemId{more}};
      finding.message = only_through(fact, nearest.front(), miss == Miss::outlived);
      break;
    case Miss::isolated:
      finding.message = isolated(fact, nearest);
      break;
    case Miss::island:
      finding.message = only_by(fact, nearest);
      nearest.resize(std::min<std::size_t>(nearest.size(), 3), no_item);
      break;
  }
  finding.evidence = {{"kind", std::string(to_string(miss))},
                      {"nearest", ids_of(fact.inventory(), nearest)}};
  if (miss == Miss::island) {
    add_island(fact, fact.list(more), finding);
  }
}

std::string brief(const FactView& fact) {
  const std::uint32_t more = fact.evidence()[1];
  const auto label = [&](ItemId item) { return brief_label_of(fact.inventory(), item); };
  switch (Miss{static_cast<std::uint8_t>(fact.evidence()[0])}) {
    case Miss::outlived:
      return fmt::format("outlives {}", label(ItemId{more}));
    case Miss::awaited:
      return fmt::format("waits for {}", label(ItemId{more}));
    case Miss::isolated:
      return "nothing live relies on it";
    case Miss::island:
      break;
  }
  for (const std::uint32_t member : fact.list(more)) {
    if (ItemId{member} != fact.item()) {
      return fmt::format("an island with {}", label(ItemId{member}));
    }
  }
  return "what relies on it serves no customer";
}

/// Those that support others, and those of which the export does not say whether they do.
bool concerns(const Inventory& inventory, ItemId item) {
  return inventory.facing(item) == Facing::supporting ||
         (inventory.facing(item) == Facing::unknown &&
          !inventory.has_input(item, RuleInput::facing));
}

const Register<Rule> rule{{
    .id = rule_of_orphans,
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
    .concerns = concerns,
    .needs = {Need::services, Need::service_relations},
    .inputs = {RuleInput::facing},
    .concludes_from_absence_of = Absence::path,
    .fix = FixKind::retire,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
