#pragma once
// Who reports to whom.

#include <cstdint>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

class ReportingLines {
 public:
  explicit ReportingLines(const Inventory& inventory);

  /// Where somebody stands: how far below whoever reports to nobody, and how many levels all have
  /// together who stand below that one. 0 levels for those of whom nobody knows: they report round
  /// in a circle, or to somebody who is in no table.
  struct Place {
    std::uint32_t levels_below_top = 0;
    std::uint32_t levels_of_tree = 0;
  };
  [[nodiscard]] Place of(PartyId person) const { return places_[index_of(person)]; }

 private:
  std::vector<Place> places_;  // By party.
};

}  // namespace tierline
