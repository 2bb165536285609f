#include "analysis/stated.h"

#include <fmt/format.h>

#include "analysis/sources.h"

namespace tierline {
namespace {

bool says(const Inventory& inventory, ItemId item, RuleInput detail) {
  switch (detail) {
    case RuleInput::manager:
      return !inventory.parties_in_role(item, Role::manager).empty();
    case RuleInput::delegate:
      return !inventory.parties_in_role(item, Role::delegate).empty();
    default:
      return inventory.detail(item, detail) != 0;
  }
}

}  // namespace

Stated::Stated(const Inventory& inventory, RuleInput detail)
    : inventory_(inventory),
      detail_(detail),
      is_filled_in_(
          sources_where(inventory, [&](ItemId item) { return says(inventory, item, detail); })) {}

bool Stated::can_judge(ItemId item, Facts& facts) const {
  if (!inventory_.has_input(item, detail_)) {
    facts.cannot_judge(item, fmt::format("the export has no field for the {}", phrase(detail_)));
    return false;
  }
  if (!is_filled_in_[inventory_.source_of(item)]) {
    facts.cannot_judge(item, fmt::format("nobody fills in the {}", phrase(detail_)));
    return false;
  }
  return true;
}

}  // namespace tierline
