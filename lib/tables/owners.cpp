#include <algorithm>

#include "analysis/families.h"
#include "support/sorted.h"
#include "tables/by_name.h"
#include "tierline/tables.h"

namespace tierline {
namespace {

constexpr std::uint64_t weight(int criticality) {
  return criticality == 1 ? 3 : criticality == 2 ? 2 : 1;
}

class Owners {
 public:
  explicit Owners(const TableSource& source)
      : source_(source), inventory_(source.inventory()), of_party_(inventory_.party_count()) {}

  std::vector<Owner> all() {
    add_services();
    add_others();
    add_findings();
    std::vector<Owner> owners;
    for (std::size_t i = 0; i < of_party_.size(); ++i) {
      if (std::ranges::any_of(of_party_[i].items, [](std::uint64_t count) { return count > 0; })) {
        owners.push_back(of_party_[i]);
        owners.back().party = PartyId{static_cast<std::uint32_t>(i)};
      }
    }
    sort_by(owners, [&](const Owner& owner) {
      return std::pair(~owner.load, name_order(inventory_.party(owner.party)));
    });
    return owners;
  }

 private:
  template <typename Sink>
  void each_owner(ItemId item, Sink sink) const {
    for (const Responsibility& one : inventory_.parties_of(item)) {
      if (one.role == Role::accountable) {
        sink(one.party);
      }
    }
  }

  /// Who owns a service or an offering of it answers for the service, once.
  void add_services() {
    const Families& families = source_.families();
    std::vector<std::pair<PartyId, ItemId>> services;
    for (const ItemId item : inventory_.items()) {
      const ItemId head = families.head_of(item);
      if (head != no_item && source_.counts(head)) {
        each_owner(item, [&](PartyId owner) { services.emplace_back(owner, head); });
      }
    }
    sort_without_doubles(services);
    for (const auto& [party, head] : services) {
      Owner& owner = of_party_[index_of(party)];
      const int criticality = families.criticality(head);
      ++owner.items[static_cast<std::size_t>(Tier::service)];
      owner.external += families.facing(head) == Facing::external ? 1U : 0U;
      ++owner.criticalities[static_cast<std::size_t>(criticality)];
      owner.load += weight(criticality);
    }
  }

  void add_others() {
    for (const ItemId item : inventory_.items()) {
      const auto tier = static_cast<std::size_t>(inventory_.tier(item));
      if (tier < owned_tiers && !inventory_.is_service(item) && source_.counts(item)) {
        each_owner(item, [&](PartyId owner) { ++of_party_[index_of(owner)].items[tier]; });
      }
    }
  }

  void add_findings() {
    std::vector<PartyId> concerned;
    for (const RuleFacts& found : source_.results().found) {
      for (const Fact& fact : found.facts) {
        const FactView view(inventory_, source_.graph(), found, fact);
        concerned.clear();
        const auto add = [&](PartyId owner) { concerned.push_back(owner); };
        if (view.kind() == SubjectKind::party) {
          add(view.party());
        } else if (view.item() != no_item) {
          each_owner(view.item(), add);
        } else {
          for (const ItemId member : view.members()) {
            each_owner(member, add);
          }
        }
        sort_without_doubles(concerned);
        for (const PartyId owner : concerned) {
          ++of_party_[index_of(owner)].findings[static_cast<std::size_t>(fact.severity)];
        }
      }
    }
  }

  const TableSource& source_;
  const Inventory& inventory_;
  std::vector<Owner> of_party_;
};

}  // namespace

std::vector<Owner> owner_table(const TableSource& source) {
  return Owners(source).all();
}

}  // namespace tierline
