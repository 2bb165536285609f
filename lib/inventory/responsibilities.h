#pragma once
// Who answers for what: each item gets its owners, operators and candidates.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/item_index.h"
#include "inventory/items.h"
#include "inventory/parties.h"

namespace tierline {

class Responsibilities {
 public:
  Responsibilities(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes,
                   const ItemIndex& item_index, const Items& items, Parties& parties,
                   const InputSet& details, unsigned jobs);

  /// Says who answers for components of which nobody is known to run them. Before `fill`.
  void answer_for_classes(std::span<const DomainOwner> owners);

  /// Fills the columns of `out` that say who answers for what.
  void fill();

  /// By class, whether owners are said by their names, and not by ids; nothing where no item tells.
  [[nodiscard]] const std::vector<std::optional<bool>>& names_parties() const {
    return names_parties_;
  }

 private:
  class OfItem;

  void look_up(unsigned jobs);
  void assign();
  void fill(std::uint32_t item);
  [[nodiscard]] std::uint32_t domain_owner_of(std::uint32_t item) const;
  void note_form(std::uint32_t item, const PartyRef& ref, std::uint32_t number);
  void report_ambiguous();
  [[nodiscard]] std::optional<bool> are_others(std::span<const PartyId> owners,
                                               std::span<const PartyId> others) const;

  const Collected& in_;
  InventoryAssembly& out_;
  const AttributeTable& attributes_;
  const ItemIndex& item_index_;
  const Items& items_;
  Parties& parties_;
  bool compares_sources_;
  std::vector<std::uint32_t> domain_owner_;  // Parties, by class; empty where none was said.
  std::vector<std::optional<bool>> names_parties_;
  std::vector<std::uint32_t> found_;  // Parties that items name by id, or `no_index`.
  std::map<std::uint32_t, std::vector<std::uint32_t>> assigned_;  // Assignments, by item.
};

}  // namespace tierline
