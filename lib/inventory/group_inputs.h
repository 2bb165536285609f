#pragma once
// Which inputs of the rules an export has, for the records of each group and for each class.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/item_index.h"

namespace tierline {

class GroupInputs {
 public:
  /// With `assume_complete`, tables of assignments that are not there are empty.
  GroupInputs(const Collected& in, const AttributeTable& attributes, bool assume_complete)
      : in_(in), attributes_(attributes), assume_complete_(assume_complete) {}

  /// Which inputs the group that a record stands in has, a bit for each.
  std::uint16_t of(std::uint32_t file, std::uint32_t signature);

 private:
  [[nodiscard]] FieldSet fields_present_in(std::uint32_t file,
                                           const SourceSignature& signature) const;

  const Collected& in_;
  const AttributeTable& attributes_;
  bool assume_complete_;
  boost::unordered_flat_map<std::uint64_t, std::uint16_t> known_;  // By file and signature.
};

/// For each class of a tier that needs it, whether any group of it has an input. `names_parties` is
/// that of `Responsibilities`.
void list_class_inputs(const Collected& in, const AttributeTable& attributes,
                       const ItemIndex& item_index,
                       const std::vector<std::optional<bool>>& names_parties,
                       InventoryAssembly& out);

}  // namespace tierline
