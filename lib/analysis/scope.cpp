#include "analysis/scope.h"

#include <fmt/format.h>

#include <map>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Values of a field, folded, with how each is written.
using Values = std::map<std::string, std::string>;

/// Portfolios of that name or id, what they hold, and all that this relies on.
ItemSet in_portfolio(const Inventory& inventory, const TieredGraph& graph, const Values& wanted) {
  const ItemSet portfolios = items_where(inventory, [&](ItemId item) {
    return inventory.tier(item) == Tier::portfolio &&
           (wanted.contains(fold(inventory.name(item))) ||
            wanted.contains(fold(inventory.id(item))) ||
            wanted.contains(fold(inventory.exported_name(item))) ||
            wanted.contains(fold(inventory.exported_id(item))));
  });
  const ItemSet held = graph.held(portfolios);
  const ItemSet relied_on = graph.reachable_from(held, all_items(inventory));
  return items_where(inventory,
                     [&](ItemId item) { return held.contains(item) || relied_on.contains(item); });
}

/// Every value that a field has somewhere.
Values values_of(const Inventory& inventory, const std::string& field) {
  Values values;
  for (const ItemId item : inventory.items()) {
    if (field == "environment") {
      values.try_emplace(fold(inventory.environment(item)), inventory.environment(item));
    } else if (field == "class") {
      values.try_emplace(fold(inventory.class_name(item)), inventory.class_name(item));
    } else if (inventory.tier(item) == Tier::portfolio) {
      values.try_emplace(fold(inventory.name(item)), std::string(inventory.name(item)));
      values.try_emplace(fold(inventory.id(item)), inventory.id(item));
    }
  }
  return values;
}

Result<ItemSet> items_of(const Inventory& inventory, const TieredGraph& graph,
                         const std::string& field, const Values& wanted) {
  const Values known = values_of(inventory, field);
  for (const auto& [value, typed] : wanted) {
    if (!known.contains(value)) {
      std::vector<std::string> written;
      for (const auto& [folded, text] : known) {
        written.push_back(text);
      }
      return Error{fmt::format("--where {}={}: nothing in the export has this {}{}", field, typed,
                               field, did_you_mean(value, written))};
    }
  }
  if (field == "portfolio") {
    return in_portfolio(inventory, graph, wanted);
  }
  return items_where(inventory, [&](ItemId item) {
    return wanted.contains(
        fold(field == "class" ? inventory.class_name(item) : inventory.environment(item)));
  });
}

}  // namespace

ItemSet items_of_portfolio(const Inventory& inventory, const TieredGraph& graph,
                           std::string_view name_or_id) {
  return in_portfolio(inventory, graph, {{fold(name_or_id), std::string(name_or_id)}});
}

Result<ItemSet> items_in_scope(const Inventory& inventory, const TieredGraph& graph,
                               std::span<const ScopeTerm> where) {
  std::map<std::string, Values> wanted;
  for (const ScopeTerm& term : where) {
    wanted[term.field].try_emplace(fold(term.value), term.value);
  }
  ItemSet scope = all_items(inventory);
  for (const auto& [field, values] : wanted) {
    auto items = items_of(inventory, graph, field, values);
    if (!items) {
      return items;
    }
    scope = items_where(inventory,
                        [&](ItemId item) { return scope.contains(item) && items->contains(item); });
  }
  return scope;
}

}  // namespace tierline
