#pragma once
// From item records to items: what each item is, where records of it agree and where they do not.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/group_inputs.h"
#include "inventory/item_index.h"
#include "support/interner.h"

namespace tierline {

class Items {
 public:
  /// Fills the columns of `out` that are about items alone.
  Items(const Collected& in, InventoryAssembly& out, AttributeTable& attributes,
        const ItemIndex& item_index, GroupInputs& inputs, const InputSet& details, unsigned jobs);

  /// What fields say about the parties of an item whose records were merged; null for others.
  [[nodiscard]] const std::vector<PartyRef>* merged_responsibilities(std::uint32_t item) const;
  /// Whether its facing is that of the item its parent field names.
  [[nodiscard]] bool faces_as_parent(std::uint32_t item) const {
    return facing_from_parent_[item] != 0;
  }

 private:
  class Merge;  // merge.cpp

  void resize_columns();
  void fill(std::uint32_t item, std::uint32_t record, GroupInputs& inputs);
  void set_attributes(std::uint32_t item, std::uint32_t signature);
  /// May be asked side by side once it was asked of a signature.
  std::uint32_t environment_of(std::uint32_t signature);
  void merge_repeated();
  void merge(std::uint32_t item, std::span<const std::uint32_t> records);
  void add_from_other_sources(std::uint32_t item, std::span<const std::uint32_t> records);
  void choose_costs();
  void fill_details();
  [[nodiscard]] std::map<std::uint32_t, std::vector<std::uint32_t>> records_of_repeated() const;
  std::uint32_t merged_detail(
      RuleInput input, std::span<const std::uint32_t> records,
      const std::map<std::pair<RuleInput, std::uint32_t>, std::uint32_t>& stated);
  void fill_redundancy();
  void fill_strong_keys();
  void fill_texts(std::span<const ItemText> stated, std::vector<StatedText>& column);
  std::uint32_t contradiction_of(std::uint32_t signature);
  void report_unmapped_values();

  const Collected& in_;
  InventoryAssembly& out_;
  AttributeTable& attributes_;
  const ItemIndex& item_index_;
  GroupInputs& inputs_;
  Interner environments_;
  std::vector<std::uint32_t> environment_of_signature_;
  std::vector<std::uint32_t> contradiction_of_signature_;  // Where they are asked for.
  std::map<Contradiction, std::uint32_t> contradictions_;  // The same: many have the same.
  std::vector<std::uint8_t> facing_from_parent_;
  std::map<std::uint32_t, std::vector<PartyRef>> merged_responsibilities_;
  std::map<std::pair<std::string, std::uint32_t>, Notice> disagreements_;  // By field and file.
};

}  // namespace tierline
