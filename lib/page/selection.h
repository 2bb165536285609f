#pragma once
// Which items the page tells of, in which order, and by which numbers.

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tierline/report.h"

namespace tierline {

/// What the page calls items, parties and files by: numbers from 0 on, those that matter most
/// first.
class PageSelection {
 public:
  explicit PageSelection(const AuditReport& report);

  static constexpr std::uint32_t none = UINT32_MAX;

  /// Portfolios and services, then what these stand on, tier by tier, then what else findings are
  /// about; in each, those that findings are about first.
  [[nodiscard]] const std::vector<ItemId>& items() const { return items_; }
  [[nodiscard]] std::uint32_t number(ItemId item) const { return number_[index_of(item)]; }
  /// The number of the item of that id; none where there is none among them.
  [[nodiscard]] std::uint32_t number_of_id(std::string_view id) const;
  /// Parties of these items, and who is in those that are groups, where that is known.
  [[nodiscard]] const std::vector<PartyId>& parties() const { return parties_; }
  [[nodiscard]] std::uint32_t number(PartyId party) const { return party_number_[index_of(party)]; }
  /// Paths of what was read.
  [[nodiscard]] const std::vector<std::string_view>& files() const { return files_; }
  [[nodiscard]] std::int64_t number_of_file(std::string_view path) const;

 private:
  void choose_items(const AuditReport& report);
  void number_parties(const Inventory& inventory);
  void number_party(PartyId party);
  void hash_ids(const Inventory& inventory);

  const Inventory& inventory_;
  std::vector<ItemId> items_;
  std::vector<std::uint32_t> number_;
  std::vector<PartyId> parties_;
  std::vector<std::uint32_t> party_number_;
  std::vector<std::pair<std::size_t, std::uint32_t>> id_hashes_;  // Sorted.
  std::vector<std::string_view> files_;
  std::unordered_map<std::string_view, std::int64_t> file_number_;
};

/// By item: the portfolio that holds it; of what services stand on, the one that holds all of
/// these services.
class PortfolioOf {
 public:
  explicit PortfolioOf(const AuditReport& report);

  /// no_item where there is none, or more than one.
  [[nodiscard]] ItemId of(ItemId item) const {
    const ItemId portfolio = portfolio_[index_of(item)];
    return portfolio == several ? no_item : portfolio;
  }
  [[nodiscard]] bool has_several(ItemId item) const {
    return portfolio_[index_of(item)] == several;
  }

 private:
  static constexpr ItemId several{UINT32_MAX - 1};
  void add(ItemId item, ItemId portfolio);

  std::vector<ItemId> portfolio_;
};

}  // namespace tierline
