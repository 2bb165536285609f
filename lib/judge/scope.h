#pragma once
// Which subjects are reported. What the graph contains never depends on it.

#include <span>

#include "tierline/rule.h"

namespace tierline {

/// The items that every field of `where` lets through; an error for a field that there is not, or a
/// value that nothing has.
Result<ItemSet> items_in_scope(const Inventory& inventory, const TieredGraph& graph,
                               std::span<const ScopeTerm> where);

}  // namespace tierline
