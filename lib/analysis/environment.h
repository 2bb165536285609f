#pragma once
// What stands in production, and what does not.

#include "tierline/inventory.h"

namespace tierline {

/// Whether an item says of itself that it stands in an environment which is not production, such as
/// test. One that says nothing may be anywhere.
bool is_nonproduction(const Inventory& inventory, ItemId item);

}  // namespace tierline
