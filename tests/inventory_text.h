#pragma once
// An inventory as a person reads it, to be compared with a golden file.

#include <string>

#include "tierline/inventory.h"

namespace tierline {

/// Each item with all that is known of it, each relation, what did not resolve, and each notice.
std::string inventory_text(const Inventory& inventory);

}  // namespace tierline
