#pragma once
// What the coded fields of item records add up to, asked of the profiles once for each combination.

#include <cstdint>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/collected.h"
#include "inventory/lineages.h"
#include "inventory/profile_semantics.h"
#include "inventory/signatures.h"

namespace tierline {

class AttributeTable {
 public:
  /// Sources that codes name become sources of `out`.
  AttributeTable(const Collected& in, InventoryAssembly& out);

  /// The number of a signature that records have together, when each alone has another.
  std::uint32_t number(SourceSignature signature);

  [[nodiscard]] const ItemAttributes& attributes(std::uint32_t signature) const {
    return attributes_[signature];
  }
  [[nodiscard]] std::vector<StateField> state_fields(std::uint32_t signature) const;
  [[nodiscard]] const Signatures& signatures() const { return signatures_; }

  /// Of an item record; the source may be one that its codes name.
  [[nodiscard]] const SourceSignature& signature_of(std::uint32_t record) const {
    return signatures_[signature_of_record_[record]];
  }
  /// Whether a record is there only because something names its item.
  [[nodiscard]] bool is_implied(std::uint32_t record) const {
    return is_implied_[signature_of_record_[record]] != 0;
  }
  /// Whether any record can be.
  [[nodiscard]] bool has_implied() const { return has_implied_; }
  /// Whether nothing tells a record from others of its class and name: it should have an id, and
  /// has none.
  [[nodiscard]] bool lacks_id(std::uint32_t record) const {
    const SourceSignature& signature = signature_of(record);
    return in_.items[record].id_kind == RefKind::none && !is_implied(record) &&
           in_.profiles[signature.profile]->has_ids(signature.local.record_kind);
  }

 private:
  void work_out();
  [[nodiscard]] std::vector<const std::string*> codes_of(std::uint32_t signature) const;

  const Collected& in_;
  InventoryAssembly& out_;
  Lineages lineages_;
  Signatures signatures_;
  std::vector<std::uint32_t> signature_of_record_;
  std::vector<ItemAttributes> attributes_;  // One for each of them.
  std::vector<std::uint8_t> is_implied_;    // The same.
  bool has_implied_ = false;
};

}  // namespace tierline
