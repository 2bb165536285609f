#pragma once
// An inventory in the making: its columns, open to the stages that fill them one after the other,
// what can be asked of it so far, and what all stages share: texts, numbers of sources, notices.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "inventory/batch.h"
#include "tierline/inventory.h"

namespace tierline {

class InventoryAssembly {
  Inventory inventory_;

 public:
  InventoryColumns& columns = inventory_.columns_;
  /// Answers from the columns that have been filled.
  const Inventory& so_far = inventory_;

  InventoryAssembly() = default;
  /// Begins with a copy.
  explicit InventoryAssembly(const Inventory& inventory) : inventory_(inventory) {}
  InventoryAssembly(const InventoryAssembly&) = delete;
  InventoryAssembly& operator=(const InventoryAssembly&) = delete;

  /// The number of a source, a new one for a name that was not there yet.
  std::uint16_t source_number(const std::string& name);

  /// Notices of one kind and message become one for each file, with the first place. May be called
  /// side by side.
  void add_notice(Notice notice);

  TextRange add_text(std::string_view text);
  /// A reference as the export writes it.
  [[nodiscard]] std::string reference_text(const Id128& id, RefKind kind) const;

  /// The assembly is used up.
  Inventory finish() { return std::move(inventory_); }

 private:
  std::map<std::string, std::uint16_t> source_numbers_;
  std::mutex noticing_;  // Guards the notices.
  std::map<std::pair<std::string, std::string>, std::size_t> notice_numbers_;
};

}  // namespace tierline
