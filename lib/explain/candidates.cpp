#include "explain/candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "analysis/answered.h"
#include "analysis/wording.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t most_candidates = 6;

class Candidates {
 public:
  Candidates(const AuditReport& report, ItemId item, const OperatedItems& operated)
      : inventory_(report.inventory), graph_(report.graph), item_(item), operated_(operated) {}

  void add_by(OwnerReason reason, std::span<const ItemId> holders) {
    switch (reason) {
      case OwnerReason::part:
        return add_parts();
      case OwnerReason::stream:
        return add_streams();
      case OwnerReason::user:
        return add_users();
      case OwnerReason::below:
        return add_below();
      case OwnerReason::named:
        return add_named(Role::candidate, "is named on it, as manager or contact");
      case OwnerReason::holder:
        return add_holders(holders);
      case OwnerReason::peers:
        return add_peers();
      case OwnerReason::operates:
        add_named(Role::operates, "runs it");
        return add_named(Role::domain, "answers for its class, as the configuration says");
    }
  }

  [[nodiscard]] std::vector<OwnerCandidate> all() && { return std::move(found_); }

 private:
  /// How many items each of several owns.
  class Shares {
   public:
    Shares(const Inventory& inventory, ItemId but_not) : inventory_(inventory), but_not_(but_not) {}

    void add(ItemId item) {
      if (item == but_not_ || !inventory_.is_live(item)) {
        return;
      }
      ++count_;
      for (const PartyId owner : inventory_.owners(item)) {
        if (is_there(inventory_.party(owner))) {
          owned_[owner].push_back(item);
        }
      }
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    /// Who owns most of them, and which; of several the first by id.
    [[nodiscard]] std::pair<PartyId, std::vector<ItemId>> most() const {
      std::pair<PartyId, std::vector<ItemId>> most;
      for (const auto& [owner, items] : owned_) {
        const bool is_first_by_id = items.size() == most.second.size() &&
                                    inventory_.party(owner).id < inventory_.party(most.first).id;
        if (items.size() > most.second.size() || is_first_by_id) {
          most = {owner, items};
        }
      }
      return most;
    }

   private:
    const Inventory& inventory_;
    ItemId but_not_;
    std::size_t count_ = 0;
    std::map<PartyId, std::vector<ItemId>> owned_;
  };

  [[nodiscard]] std::string told(ItemId item) const {
    return fmt::format("the {} {}", to_string(inventory_.tier(item)), label_of(inventory_, item));
  }

  void add_owners_of(ItemId other, std::string_view what_it_does) {
    for (const PartyId owner : inventory_.owners(other)) {
      add(owner, fmt::format("owns {}, which {}", told(other), what_it_does));
    }
  }

  void add_holders(std::span<const ItemId> holders) {
    for (const ItemId holder : holders) {
      add_owners_of(holder, "holds it");
    }
  }

  void add_parts() {
    Shares services(inventory_, item_);
    for (const ItemId part : in_order(inventory_, items(graph_.held_by(item_)))) {
      if (inventory_.is_offering(part) && inventory_.is_live(part)) {
        add_owners_of(part, "is an offering of it");
      } else {
        services.add(part);
      }
    }
    add_most(services, "it holds");
  }

  void add_streams() {
    std::vector<ItemId> before;
    for (const RelationId step : inventory_.steps_to(item_)) {
      const ItemId from = inventory_.relation(step).from;
      if (from != no_item && from != item_ && inventory_.is_live(from)) {
        before.push_back(from);
      }
    }
    for (const ItemId one : in_order(inventory_, before)) {
      for (const PartyId owner : inventory_.owners(one)) {
        add(owner, fmt::format("owns {}, which leads to it in a value stream",
                               inventory_.tier(one) == Tier::unmapped ? label_of(inventory_, one)
                                                                      : told(one)));
      }
    }
  }

  /// Owners of the services and systems that rely on it, the nearest first; of these, those that
  /// customers outside see. Most that is far away has little to do with it.
  void add_users() {
    constexpr std::size_t enough = 200;
    std::vector<std::pair<ItemId, int>> users = {{item_, 0}};
    std::set<ItemId> seen = {item_};
    for (std::size_t at = 0; at < users.size() && users.size() < enough; ++at) {
      const auto [item, distance] = users[at];
      for (const ItemId user : in_order(inventory_, items(graph_.dependents_of(item)))) {
        if (inventory_.is_live(user) && seen.insert(user).second) {
          users.emplace_back(user, distance + 1);
        }
      }
    }
    std::ranges::stable_sort(users, {}, [&](const std::pair<ItemId, int>& user) {
      return std::pair(user.second, !inventory_.is_customer_facing(user.first)          ? 2
                                    : inventory_.facing(user.first) == Facing::external ? 0
                                                                                        : 1);
    });
    for (const auto& [user, distance] : users) {
      if (distance > 0 && inventory_.tier(user) <= Tier::system) {
        add_owners_of(user, "relies on it");
      }
    }
  }

  void add_named(Role role, std::string_view reason) {
    for (const Responsibility& responsibility : inventory_.parties_of(item_)) {
      if (responsibility.role == role) {
        add(responsibility.party, std::string(reason));
      }
    }
  }

  void add_peers() {
    for (const Responsibility& responsibility : inventory_.parties_of(item_)) {
      if (responsibility.role != Role::operates) {
        continue;
      }
      Shares peers(inventory_, item_);
      for (const ItemId item : operated_.by(responsibility.party)) {
        peers.add(item);
      }
      add_most(peers, shortened(label(inventory_.party(responsibility.party))) + " runs", true);
    }
  }

  void add_below() {
    Shares used(inventory_, item_);
    for (const ItemId one : in_order(inventory_, items(graph_.dependencies_of(item_)))) {
      used.add(one);
    }
    add_most(used, "it stands on");
  }

  /// Who owns most of them; `what` goes on after "all that" and "the items that".
  void add_most(const Shares& shares, std::string_view what, bool is_one_of_them = false) {
    const auto [owner, items] = shares.most();
    if (items.empty()) {
      return;
    }
    const std::string all = fmt::format(
        "{} that {}", count_of(shares.count(), is_one_of_them ? "other item" : "item"), what);
    if (items.size() > 1) {
      add(owner, fmt::format("owns {} of the {}", with_thousands(items.size()), all));
    } else if (shares.count() > 1) {
      add(owner, fmt::format("owns {}, one of the {}", told(items.front()), all));
    } else {
      add(owner, fmt::format("owns {}, all{} that {}", told(items.front()),
                             is_one_of_them ? " else" : "", what));
    }
  }

  static std::vector<ItemId> items(ItemSpan span) {
    return std::vector<ItemId>(span.begin(), span.end());
  }

  void add(PartyId party, std::string reason) {
    const bool is_new = std::ranges::find(found_, party, &OwnerCandidate::party) == found_.end();
    if (is_there(inventory_.party(party)) && is_new && found_.size() < most_candidates) {
      found_.push_back({party, std::move(reason)});
    }
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  ItemId item_;
  const OperatedItems& operated_;
  std::vector<OwnerCandidate> found_;
};

}  // namespace

std::vector<ItemId> live_holders(const AuditReport& report, ItemId item) {
  std::vector<ItemId> found = {item};
  for (std::size_t at = 0; at < found.size(); ++at) {
    for (const ItemId holder : report.graph.holders_of(found[at])) {
      if (report.inventory.is_live(holder) && std::ranges::find(found, holder) == found.end()) {
        found.push_back(holder);
      }
    }
  }
  found.erase(found.begin());
  return found;
}

OperatedItems::OperatedItems(const Inventory& inventory) {
  for (const ItemId item : inventory.items()) {
    if (inventory.tier(item) == Tier::component) {
      continue;
    }
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      if (responsibility.role == Role::operates) {
        std::vector<ItemId>& items = by_[responsibility.party];
        if (items.empty() || items.back() != item) {
          items.push_back(item);
        }
      }
    }
  }
}

std::span<const ItemId> OperatedItems::by(PartyId party) const {
  const auto found = by_.find(party);
  return found == by_.end() ? std::span<const ItemId>() : found->second;
}

std::vector<OwnerCandidate> candidates_by(OwnerReason reason, const AuditReport& report,
                                          ItemId item, std::span<const ItemId> holders,
                                          const OperatedItems& operated) {
  Candidates candidates(report, item, operated);
  candidates.add_by(reason, holders);
  return std::move(candidates).all();
}

std::vector<OwnerCandidate> owner_candidates(const AuditReport& report, ItemId item,
                                             std::span<const ItemId> holders,
                                             const OperatedItems& operated) {
  std::array<std::vector<OwnerCandidate>, owner_reason_count> by_reason;
  for (std::size_t reason = 0; reason < owner_reason_count; ++reason) {
    by_reason[reason] =
        candidates_by(static_cast<OwnerReason>(reason), report, item, holders, operated);
  }
  std::vector<OwnerCandidate> all;
  for (std::size_t place = 0; place < most_candidates; ++place) {
    for (const std::vector<OwnerCandidate>& candidates : by_reason) {
      const bool is_new =
          place < candidates.size() &&
          std::ranges::find(all, candidates[place].party, &OwnerCandidate::party) == all.end();
      if (is_new && all.size() < most_candidates) {
        all.push_back(candidates[place]);
      }
    }
  }
  return all;
}

}  // namespace tierline
