#pragma once
// Which subjects are reported. What the graph contains never depends on it.

#include <span>
#include <string_view>

#include "tierline/rule.h"

namespace tierline {

/// The items that every field of `where` lets through; an error for a value that nothing has. The
/// fields are those that `ScopeTerm` knows.
Result<ItemSet> items_in_scope(const Inventory& inventory, const TieredGraph& graph,
                               std::span<const ScopeTerm> where);

/// What portfolios of that name or id hold, and all that this relies on; nothing where there is no
/// such portfolio.
ItemSet items_of_portfolio(const Inventory& inventory, const TieredGraph& graph,
                           std::string_view name_or_id);

/// Whether an end of a relation is in scope. What leads nowhere at both ends always is.
inline bool is_in_scope(const Relation& relation, const ItemSet& scope) {
  const auto is_one = [&](ItemId end) { return end != no_item && scope.contains(end); };
  const bool leads_nowhere = relation.from == no_item && relation.to == no_item;
  return leads_nowhere || is_one(relation.from) || is_one(relation.to);
}

}  // namespace tierline
