#include "explain/candidates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/wording.h"
#include "support/text.h"

namespace tierline {
namespace {

class Candidates {
 public:
  Candidates(const AuditReport& report, ItemId item)
      : inventory_(report.inventory), graph_(report.graph), item_(item) {}

  std::vector<OwnerCandidate> all(std::span<const ItemId> holders) {
    for (const ItemId holder : holders) {
      add_owners_of(holder, "holds it");
    }
    add_served();
    add_named();
    add_below();
    return std::move(found_);
  }

 private:
  /// Whoever has another part in it, managers and contacts before those who run it.
  void add_named() {
    for (const Role role : {Role::candidate, Role::operates}) {
      for (const PartyUse& use : inventory_.parties_of(item_)) {
        if (use.role == role) {
          add(use.party,
              role == Role::candidate ? "is named on it, as manager or contact" : "runs it");
        }
      }
    }
  }

  void add_owners_of(ItemId other, std::string_view what_it_does) {
    for (const PartyId owner : inventory_.owners(other)) {
      add(owner, fmt::format("owns the {} {}, which {}", to_string(inventory_.tier(other)),
                             label_of(inventory_, other), what_it_does));
    }
  }

  /// Owners of live services that rely on it directly: those that customers outside see first.
  void add_served() {
    std::vector<ItemId> users;
    for (const ItemId user : graph_.relied_on_by(item_)) {
      if (inventory_.is_live(user) && inventory_.tier(user) <= Tier::system) {
        users.push_back(user);
      }
    }
    users = in_order(inventory_, std::move(users));
    std::ranges::stable_sort(users, {}, [&](ItemId user) {
      return inventory_.is_customer_facing(user)
                 ? (inventory_.facing(user) == Facing::external ? 0 : 1)
                 : 2;
    });
    for (const ItemId user : users) {
      add_owners_of(user, "relies on it");
    }
  }

  /// Who owns most of what it stands on.
  void add_below() {
    std::map<PartyId, std::size_t> owned;
    for (const ItemId used : graph_.relies_on(item_)) {
      for (const PartyId owner : inventory_.owners(used)) {
        ++owned[owner];
      }
    }
    const auto most =
        std::ranges::max_element(owned, {}, [](const auto& one) { return one.second; });
    if (most != owned.end()) {
      add(most->first, most->second == 1
                           ? "owns what it stands on"
                           : fmt::format("owns {} of the items it stands on", most->second));
    }
  }

  void add(PartyId party, std::string reason) {
    constexpr std::size_t most = 6;
    const Party& one = inventory_.party(party);
    const std::string name = shortened(label(one));
    const bool is_there = std::ranges::any_of(
        found_, [&](const OwnerCandidate& other) { return other.name == name; });
    if (one.active && !is_there && found_.size() < most) {
      found_.push_back({name, std::move(reason)});
    }
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  ItemId item_;
  std::vector<OwnerCandidate> found_;
};

}  // namespace

std::vector<OwnerCandidate> owner_candidates(const AuditReport& report, ItemId item,
                                             std::span<const ItemId> holders) {
  return Candidates(report, item).all(holders);
}

}  // namespace tierline
