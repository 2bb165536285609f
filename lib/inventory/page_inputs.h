#pragma once
// Which inputs of the rules an export has, for the records of each page and for each class.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <utility>

#include "inventory/collected.h"
#include "inventory/draft.h"
#include "inventory/item_numbers.h"
#include "inventory/item_traits.h"

namespace tierline {

class PageInputs {
 public:
  /// With `assume_complete`, tables of assignments that are not there are empty.
  PageInputs(const Collected& in, const ItemTraits& traits, bool assume_complete)
      : in_(in), traits_(traits), assume_complete_(assume_complete) {}

  /// Which inputs the page that a record stands in has, a bit for each.
  std::uint16_t of(std::uint32_t file, std::uint32_t signature);

 private:
  [[nodiscard]] Presence presence(std::uint32_t file, const SourceSignature& signature) const;

  const Collected& in_;
  const ItemTraits& traits_;
  bool assume_complete_;
  boost::unordered_flat_map<std::uint64_t, std::uint16_t> known_;  // By file and signature.
};

/// For each class of a tier that needs it, whether any page of it has an input.
void list_class_inputs(const Collected& in, const ItemTraits& traits, const ItemNumbers& numbers,
                       InventoryDraft& out);

}  // namespace tierline
