#include "page/selection.h"

#include <algorithm>
#include <array>
#include <functional>

namespace tierline {
namespace {

/// Items that findings are about: subjects, members of groups, ends of relations.
ItemSet with_findings(const AuditReport& report) {
  ItemSet items(report.inventory.item_count());
  report.each_fact([&](const FactView& fact) {
    if (fact.item() != no_item) {
      items.add(fact.item());
    } else if (fact.kind() == SubjectKind::group || fact.kind() == SubjectKind::relation) {
      for (const ItemId member : fact.members()) {
        items.add(member);
      }
    }
  });
  return items;
}

}  // namespace

PageSelection::PageSelection(const AuditReport& report) : inventory_(report.inventory) {
  choose_items(report);
  number_parties(report.inventory);
  hash_ids(report.inventory);
  for (const InputSummary& input : report.inventory.inputs()) {
    files_.push_back(input.path);
  }
  std::ranges::sort(files_);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    file_number_.emplace(files_[i], static_cast<std::int64_t>(i));
  }
}

void PageSelection::choose_items(const AuditReport& report) {
  const Inventory& inventory = report.inventory;
  const ItemSet found = with_findings(report);
  const ItemSet services =
      items_where(inventory, [&](ItemId item) { return inventory.is_service(item); });
  const ItemSet below = report.graph.reachable_from(services, all_items(inventory));
  // By tier: those below services with findings, those without; then what else has findings.
  constexpr std::size_t kinds = 2 * tier_count + 1;
  std::array<std::vector<ItemId>, kinds> by_kind;
  for (const ItemId item : inventory.items()) {
    const bool is_below = inventory.tier(item) == Tier::portfolio || below.contains(item);
    if (is_below) {
      by_kind[2 * static_cast<std::size_t>(inventory.tier(item)) + (found.contains(item) ? 0 : 1)]
          .push_back(item);
    } else if (found.contains(item)) {
      by_kind.back().push_back(item);
    }
  }
  number_.assign(inventory.item_count(), none);
  for (const std::vector<ItemId>& items : by_kind) {
    for (const ItemId item : items) {
      number_[index_of(item)] = static_cast<std::uint32_t>(items_.size());
      items_.push_back(item);
    }
  }
}

void PageSelection::number_parties(const Inventory& inventory) {
  party_number_.assign(inventory.party_count(), none);
  for (const ItemId item : items_) {
    for (const Responsibility& responsibility : inventory.parties_of(item)) {
      if (responsibility.role != Role::placeholder) {
        number_party(responsibility.party);
      }
    }
  }
  constexpr std::size_t most_members = 50;
  for (std::size_t i = 0, groups = parties_.size(); i < groups; ++i) {
    const std::vector<PartyId>& members = inventory.contact(parties_[i]).members;
    const PartyId lead = inventory.details(parties_[i]).lead;
    if (members.empty()) {
      continue;
    }
    if (lead != no_party) {
      number_party(lead);
    }
    for (std::size_t k = 0; k < std::min(most_members, members.size()); ++k) {
      number_party(members[k]);
    }
  }
}

void PageSelection::number_party(PartyId party) {
  std::uint32_t& number = party_number_[index_of(party)];
  if (number == none) {
    number = static_cast<std::uint32_t>(parties_.size());
    parties_.push_back(party);
  }
}

void PageSelection::hash_ids(const Inventory& inventory) {
  id_hashes_.reserve(items_.size());
  for (std::uint32_t i = 0; i < items_.size(); ++i) {
    id_hashes_.emplace_back(std::hash<std::string_view>()(inventory.id(items_[i])), i);
  }
  std::ranges::sort(id_hashes_);
}

std::uint32_t PageSelection::number_of_id(std::string_view id) const {
  const std::size_t hash = std::hash<std::string_view>()(id);
  for (auto at = std::ranges::lower_bound(id_hashes_, std::pair(hash, std::uint32_t{0}));
       at != id_hashes_.end() && at->first == hash; ++at) {
    if (inventory_.id(items_[at->second]) == id) {
      return at->second;
    }
  }
  return none;
}

std::int64_t PageSelection::number_of_file(std::string_view path) const {
  const auto found = file_number_.find(path);
  return found == file_number_.end() ? -1 : found->second;
}

PortfolioOf::PortfolioOf(const AuditReport& report)
    : portfolio_(report.graph.nearest_holder(items_where(report.inventory, [&](ItemId item) {
        return report.inventory.tier(item) == Tier::portfolio;
      }))) {
  const Inventory& inventory = report.inventory;
  const Condensation parts = report.graph.condensation(
      items_where(inventory, [&](ItemId item) { return inventory.is_live(item); }));
  for (std::uint32_t part = 0; part < parts.size(); ++part) {
    for (const ItemId item : parts.members(part)) {
      for (const ItemId below : report.graph.dependencies_of(item)) {
        const Tier tier = inventory.tier(below);
        if (inventory.is_live(below) && (tier == Tier::system || tier == Tier::component)) {
          add(below, portfolio_[index_of(item)]);
        }
      }
    }
  }
}

void PortfolioOf::add(ItemId item, ItemId portfolio) {
  ItemId& known = portfolio_[index_of(item)];
  if (known == no_item) {
    known = portfolio;
  } else if (portfolio != no_item && known != portfolio) {
    known = several;
  }
}

}  // namespace tierline
