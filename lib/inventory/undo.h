#pragma once
// An inventory with one difference to an earlier one taken back: what the estate would be like if
// that had not happened. Each works on a copy.

#include <string>
#include <vector>

#include "tierline/inventory.h"

namespace tierline {

/// Which items and parties of an earlier inventory are which of a later one, by their keys.
struct Correspondence {
  Correspondence(const Inventory& earlier, const Inventory& later);
  Correspondence(const Correspondence&) = delete;
  Correspondence& operator=(const Correspondence&) = delete;

  const Inventory& before;
  const Inventory& now;
  std::vector<ItemId> item_now;       ///< By item before; `no_item` for what is gone.
  std::vector<ItemId> item_before;    ///< By item now; `no_item` for what is new.
  std::vector<PartyId> party_now;     ///< By party before.
  std::vector<PartyId> party_before;  ///< By party now.
};

/// What of an item can be as it was while the rest is as it is.
enum class ItemAspect : std::uint8_t {
  name,
  owners,
  other_parties,
  state,
  facing,
  tier,
  criticality
};

/// An item that is there on both days, in one way as it was.
Inventory with_item_as_before(const Correspondence& both, ItemId now, ItemAspect aspect);
/// Whether a party is there and active, and who leads it.
Inventory with_party_as_before(const Correspondence& both, PartyId now);
/// A relation that is new, away; one that is gone, there, where both its ends are.
Inventory without_relation(const Correspondence& both, RelationId now);
Inventory with_relation(const Correspondence& both, RelationId before);
/// An item that is new, away with its relations; one that is gone, there with those that it had to
/// what is still there.
Inventory without_item(const Correspondence& both, ItemId now);
Inventory with_item(const Correspondence& both, ItemId before);

/// How a party is told from all others, in any export.
std::string party_key(const Party& party);

}  // namespace tierline
