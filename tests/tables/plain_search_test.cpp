// Every number of the tables, against a plain search: each item looked at by itself, each path
// looked for from the beginning, nothing shared.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>

#include "scratch.h"
#include "synthetic.h"
#include "tierline/audit.h"
#include "tierline/tables.h"

namespace tierline {
namespace {

using Next = std::function<std::vector<ItemId>(ItemId)>;

/// The definitions of tables.h, word for word.
class Plain {
 public:
  explicit Plain(const Audit& audit)
      : audit_(audit), inventory_(*audit.inventory), graph_(*audit.graph) {}

  [[nodiscard]] ItemId service_of(ItemId item) const {
    ItemId service = item;
    for (int step = 0; step < 2; ++step) {
      const ItemId offering = service;
      for (const ItemId holder : graph_.holders_of(offering)) {
        if (inventory_.is_offering(offering) && inventory_.is_service(holder) &&
            inventory_.is_live(holder) &&
            (service == offering || inventory_.comes_before(holder, service))) {
          service = holder;
        }
      }
    }
    return service;
  }
  [[nodiscard]] bool is_live_service(ItemId item) const {
    return inventory_.is_service(item) && inventory_.is_live(item);
  }
  [[nodiscard]] bool counts(ItemId item) const {
    return inventory_.tier(item) != Tier::unmapped && inventory_.is_live(item) &&
           audit_.scope.contains(item) &&
           (!inventory_.is_service(item) || service_of(item) == item);
  }
  [[nodiscard]] std::vector<ItemId> counted(Tier tier) const {
    std::vector<ItemId> items;
    for (const ItemId item : inventory_.items()) {
      if (inventory_.tier(item) == tier && counts(item)) {
        items.push_back(item);
      }
    }
    return items;
  }
  [[nodiscard]] std::vector<ItemId> family(ItemId head) const {
    std::vector<ItemId> members;
    for (const ItemId item : inventory_.items()) {
      if (is_live_service(item) && service_of(item) == head) {
        members.push_back(item);
      }
    }
    return members;
  }
  [[nodiscard]] Facing facing(ItemId head) const {
    std::set<Facing> all;
    for (const ItemId member : family(head)) {
      all.insert(inventory_.facing(member));
    }
    for (const Facing one : {Facing::external, Facing::internal, Facing::unknown}) {
      if (all.contains(one)) {
        return one;
      }
    }
    return Facing::supporting;
  }
  [[nodiscard]] int criticality(ItemId head) const {
    int strongest = 0;
    for (const ItemId member : family(head)) {
      const int stated = inventory_.criticality(member);
      strongest = strongest == 0 || (stated != 0 && stated < strongest) ? stated : strongest;
    }
    return strongest;
  }

  /// Breadth first from an item, which is at distance 0.
  [[nodiscard]] std::map<ItemId, int> distances(ItemId from, const Next& next) const {
    std::map<ItemId, int> distance = {{from, 0}};
    std::deque<ItemId> waiting = {from};
    while (!waiting.empty()) {
      const ItemId at = waiting.front();
      waiting.pop_front();
      for (const ItemId to : next(at)) {
        if (distance.try_emplace(to, distance[at] + 1).second) {
          waiting.push_back(to);
        }
      }
    }
    return distance;
  }
  /// Live items that rely on it, and how far away they are.
  [[nodiscard]] std::map<ItemId, int> above(ItemId item) const {
    return distances(item, [&](ItemId at) {
      std::vector<ItemId> users;
      for (const ItemId user : graph_.dependents_of(at)) {
        if (inventory_.is_live(user)) {
          users.push_back(user);
        }
      }
      return users;
    });
  }
  [[nodiscard]] std::set<ItemId> users(ItemId item) const {
    std::set<ItemId> services;
    for (const auto& [user, distance] : above(item)) {
      if (is_live_service(user)) {
        services.insert(service_of(user));
      }
    }
    services.erase(item);
    return services;
  }

  [[nodiscard]] bool is_topmost(ItemId item) const {
    const auto is_live_portfolio = [&](ItemId one) {
      return inventory_.tier(one) == Tier::portfolio && inventory_.is_live(one);
    };
    bool is_held = false;
    for (const ItemId holder : graph_.holders_of(item)) {
      is_held = is_held || (holder != item && is_live_portfolio(holder));
    }
    return is_live_portfolio(item) && !is_held;
  }
  [[nodiscard]] ItemId nearest(const std::map<ItemId, int>& distances,
                               const std::function<bool(ItemId)>& is_one) const {
    ItemId best = no_item;
    for (const auto& [item, distance] : distances) {
      if (is_one(item) &&
          (best == no_item || distance < distances.at(best) ||
           (distance == distances.at(best) && inventory_.comes_before(item, best)))) {
        best = item;
      }
    }
    return best;
  }
  [[nodiscard]] ItemId portfolio_of(ItemId item) const {
    if (inventory_.tier(item) > Tier::service) {
      const ItemId service = nearest(above(item), [&](ItemId one) { return is_live_service(one); });
      return service == no_item ? no_item : portfolio_of(service);
    }
    const auto holders = distances(item, [&](ItemId at) {
      std::vector<ItemId> all;
      for (const ItemId holder : graph_.holders_of(at)) {
        all.push_back(holder);
      }
      return all;
    });
    return nearest(holders, [&](ItemId one) { return is_topmost(one); });
  }

 private:
  const Audit& audit_;
  const Inventory& inventory_;
  const TieredGraph& graph_;
};

/// Three of them have many defects, one has none, and in one only a part is in scope.
class TablesOf : public testing::TestWithParam<std::uint64_t> {
 protected:
  TablesOf() {
    const Scratch scratch;
    synthetic::write(
        {.seed = GetParam(),
         .cis = 350,
         .defects = GetParam() == 4 ? synthetic::Defects::none : synthetic::Defects::many},
        scratch / "x");
    AuditOptions options;
    options.import.inputs = {scratch / "x/export"};
    options.import.as_of = "2026-11-21";
    options.rules.set = RuleSet::all;
    if (GetParam() == 3) {
      options.where = {{"environment", "Production"}};
    }
    auto made = audit(options);
    if (!made) {
      throw std::runtime_error(to_string(made.error()));
    }
    audit_ = std::make_unique<Audit>(std::move(*made));
    source_ = std::make_unique<TableSource>(*audit_->inventory, *audit_->graph, audit_->results,
                                            audit_->scope);
    plain_ = std::make_unique<Plain>(*audit_);
  }

  [[nodiscard]] const Inventory& inventory() const { return *audit_->inventory; }
  [[nodiscard]] const Plain& plain() const { return *plain_; }
  [[nodiscard]] const TableSource& source() const { return *source_; }
  [[nodiscard]] const Audit& audited() const { return *audit_; }

  static std::vector<Tier> tiers() {
    return {Tier::portfolio, Tier::service, Tier::system, Tier::component};
  }

  /// Exact where there are few; else an estimate.
  static void expect_count(ServiceReach::Count count, std::size_t users) {
    EXPECT_EQ(count.exact, users < 60) << users;
    if (count.exact) {
      EXPECT_EQ(count.services, users);
    } else {
      EXPECT_NEAR(count.services, static_cast<double>(users), 0.5 * static_cast<double>(users));
    }
  }

 private:
  std::unique_ptr<Audit> audit_;
  std::unique_ptr<TableSource> source_;
  std::unique_ptr<Plain> plain_;
};

TEST_P(TablesOf, CountEachItemOnceByWhoAnswersForIt) {
  const auto is_in_owned = [&](ItemId item) {
    for (const RelationId id : inventory().relations()) {
      const Relation& one = inventory().relation(id);
      if (one.kind == RelationKind::contains && one.to == item && one.from != item &&
          one.from != no_item && inventory().is_live(one.from) && inventory().has_owner(one.from)) {
        return true;
      }
    }
    return false;
  };
  const OwnershipTable table = ownership_table(source());
  for (const Tier tier : tiers()) {
    std::map<std::string, std::uint64_t> counts;
    for (const ItemId item : plain().counted(tier)) {
      const auto owners = inventory().owners(item);
      const auto is_there = [&](PartyId owner) {
        const Party& party = inventory().party(owner);
        return party.active && (party.known || !party.table_loaded);
      };
      const auto has_left = [&](PartyId owner) { return !inventory().party(owner).active; };
      ++counts[std::ranges::any_of(owners, is_there)                      ? "owned"
               : !owners.empty() && std::ranges::all_of(owners, has_left) ? "inactive"
               : !owners.empty()                                          ? "dangling"
               : inventory().has_operator(item)                           ? "group"
               : !inventory().has_input(item, RuleInput::accountable)     ? "not judged"
               : is_in_owned(item)                                        ? "inherited"
                                                                          : "none"];
    }
    const Ownership& row = table[static_cast<std::size_t>(tier)];
    EXPECT_EQ(row.live, plain().counted(tier).size());
    EXPECT_EQ(row.owned, counts["owned"]);
    EXPECT_EQ(row.inactive, counts["inactive"]);
    EXPECT_EQ(row.dangling, counts["dangling"]);
    EXPECT_EQ(row.group_only, counts["group"]);
    EXPECT_EQ(row.not_evaluated, counts["not judged"]);
    EXPECT_EQ(row.inherited, counts["inherited"]);
    EXPECT_EQ(row.none, counts["none"]);
  }
}

using Shares = std::map<ItemId, std::map<Tier, std::pair<std::uint64_t, std::uint64_t>>>;

void expect_depth(const Depth& row, Shares& shares) {
  std::string deepest = "none";
  bool is_deep = true;
  for (std::size_t tier = 0; tier < owned_tiers; ++tier) {
    const auto [answered, judged] = shares[row.portfolio][static_cast<Tier>(tier)];
    EXPECT_EQ(row.tiers[tier].answered, answered);
    EXPECT_EQ(row.tiers[tier].judged, judged);
    is_deep = is_deep && 5 * answered >= 4 * judged;
    if (is_deep && judged > 0) {
      deepest = to_string(static_cast<Tier>(tier));
    }
  }
  EXPECT_EQ(row.deepest ? to_string(*row.deepest) : "none", deepest);
}

TEST_P(TablesOf, PutEachItemIntoOnePortfolioAndSayHowDeepOwnershipGoes) {
  Shares by_portfolio;
  Shares in_all;
  for (const Tier tier : tiers()) {
    for (const ItemId item : plain().counted(tier)) {
      const bool is_component = tier == Tier::component;
      const bool answered =
          inventory().has_owner(item) || (is_component && inventory().has_operator(item));
      const bool judged =
          answered || (inventory().has_input(item, RuleInput::accountable) &&
                       (!is_component || inventory().has_input(item, RuleInput::operates)));
      for (auto* counts :
           {&by_portfolio[plain().portfolio_of(item)][tier], &in_all[no_item][tier]}) {
        counts->first += answered ? 1 : 0;
        counts->second += judged ? 1 : 0;
      }
    }
  }
  const DepthProfile profile = depth_profile(source());
  expect_depth(profile.estate, in_all);
  expect_depth(profile.in_none, by_portfolio);
  EXPECT_EQ(profile.portfolios.size() + (by_portfolio.contains(no_item) ? 1 : 0),
            by_portfolio.size());
  for (const Depth& row : profile.portfolios) {
    EXPECT_NE(row.portfolio, no_item);
    expect_depth(row, by_portfolio);
  }
}

TEST_P(TablesOf, CountWhatBelongsToAService) {
  const auto expect_ratio = [&](const DefinedRatio::Count& count, Tier tier) {
    const auto items = plain().counted(tier);
    EXPECT_EQ(count.live, items.size());
    EXPECT_EQ(count.in_services, std::ranges::count_if(items, [&](ItemId item) {
                return !plain().users(item).empty();
              }));
  };
  const DefinedRatio ratio = defined_ratio(source());
  expect_ratio(ratio.systems, Tier::system);
  expect_ratio(ratio.components, Tier::component);
}

TEST_P(TablesOf, SayHowMuchEachOwnerAnswersFor) {
  const auto owns = [&](PartyId party, ItemId item) {
    const auto owners = inventory().owners(item);
    return std::ranges::find(owners, party) != owners.end();
  };
  std::map<PartyId, Owner> expected;
  for (std::uint32_t i = 0; i < inventory().party_count(); ++i) {
    const PartyId party{i};
    Owner owner{.party = party};
    for (const ItemId head : plain().counted(Tier::service)) {
      if (std::ranges::any_of(plain().family(head),
                              [&](ItemId member) { return owns(party, member); })) {
        ++owner.items[1];
        owner.external += plain().facing(head) == Facing::external ? 1 : 0;
        const int criticality = plain().criticality(head);
        ++owner.criticalities[static_cast<std::size_t>(criticality)];
        owner.load += criticality == 1 ? 3 : criticality == 2 ? 2 : 1;
      }
    }
    for (const Tier tier : {Tier::portfolio, Tier::system, Tier::component}) {
      owner.items[static_cast<std::size_t>(tier)] =
          static_cast<std::uint64_t>(std::ranges::count_if(
              plain().counted(tier), [&](ItemId item) { return owns(party, item); }));
    }
    for (const Finding& finding : audited().findings()) {
      std::vector<ItemId> items = finding.subject.members;
      items.push_back(finding.subject.item);
      const bool concerns = (finding.subject.kind == SubjectKind::party &&
                             finding.subject.id == inventory().party(party).id) ||
                            std::ranges::any_of(items, [&](ItemId item) {
                              return item != no_item && owns(party, item);
                            });
      owner.findings[static_cast<std::size_t>(finding.severity)] += concerns ? 1 : 0;
    }
    if (owner.items != decltype(owner.items){}) {
      expected.emplace(party, owner);
    }
  }
  const std::vector<Owner> table = owner_table(source());
  ASSERT_EQ(table.size(), expected.size());
  for (const Owner& row : table) {
    const Owner& owner = expected.at(row.party);
    EXPECT_EQ(row.items, owner.items);
    EXPECT_EQ(row.external, owner.external);
    EXPECT_EQ(row.criticalities, owner.criticalities);
    EXPECT_EQ(row.load, owner.load);
    EXPECT_EQ(row.findings, owner.findings) << inventory().party(row.party).name;
  }
  EXPECT_TRUE(std::ranges::is_sorted(table, std::ranges::greater(), &Owner::load));
}

TEST_P(TablesOf, SayWhichLayerBuildsOnWhich) {
  const FacingLayers layers = facing_layers(source());
  decltype(layers.services) services{};
  std::set<std::pair<ItemId, ItemId>> uses;
  std::map<ItemId, std::size_t> supporting;
  for (const ItemId head : plain().counted(Tier::service)) {
    ++services[static_cast<std::size_t>(plain().facing(head))];
    for (const ItemId member : plain().family(head)) {
      for (const ItemId used : audited().graph->dependencies_of(member)) {
        if (plain().is_live_service(used) && plain().service_of(used) != head &&
            plain().counts(plain().service_of(used))) {
          uses.emplace(head, plain().service_of(used));
        }
      }
    }
    if (plain().facing(head) == Facing::supporting) {
      supporting[head] = plain().users(head).size();
    }
  }
  decltype(layers.uses) pairs{};
  for (const auto& [user, used] : uses) {
    ++pairs[static_cast<std::size_t>(plain().facing(user))]
           [static_cast<std::size_t>(plain().facing(used))];
  }
  EXPECT_EQ(layers.services, services);
  EXPECT_EQ(layers.uses, pairs);
  EXPECT_EQ(layers.supporting.size(), supporting.size());
  for (const FacingLayers::Reuse& one : layers.supporting) {
    expect_count(one.users, supporting.at(one.service));
  }
}

TEST_P(TablesOf, NameWhoSharesAPlatform) {
  const PlatformCollaborators table = platform_collaborators(source());
  std::set<ItemId> shared;
  for (const Tier tier : {Tier::service, Tier::system}) {
    for (const ItemId item : plain().counted(tier)) {
      if ((tier == Tier::system || plain().facing(item) == Facing::supporting) &&
          plain().users(item).size() >= 3) {
        shared.insert(item);
      }
    }
  }
  EXPECT_EQ(table.shared, shared.size());
  EXPECT_EQ(table.platforms.size(), shared.size());
  for (const Platform& platform : table.platforms) {
    ASSERT_TRUE(shared.contains(platform.platform));
    const std::set<ItemId> users = plain().users(platform.platform);
    expect_count(platform.users, users.size());
    EXPECT_EQ(platform.consumers.size(), std::min<std::size_t>(users.size(), 60));
    for (const Platform::Consumer& consumer : platform.consumers) {
      EXPECT_TRUE(users.contains(consumer.service));
      std::set<PartyId> owners;
      for (const ItemId member : plain().family(consumer.service)) {
        for (const PartyId owner : inventory().owners(member)) {
          owners.insert(owner);
        }
      }
      EXPECT_EQ(std::set(consumer.owners.begin(), consumer.owners.end()), owners);
      EXPECT_EQ(consumer.owners.size(), owners.size());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, TablesOf, testing::Range<std::uint64_t>(1, 5));

}  // namespace
}  // namespace tierline
