#pragma once
// Which subjects are reported. What the graph contains never depends on it.

#include <span>

#include "tierline/rule.h"

namespace tierline {

/// The items that every field of `where` lets through; an error for a value that nothing has. The
/// fields are those that `ScopeTerm` knows.
Result<ItemSet> items_in_scope(const Inventory& inventory, const TieredGraph& graph,
                               std::span<const ScopeTerm> where);

}  // namespace tierline
