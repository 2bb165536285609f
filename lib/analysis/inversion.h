#pragma once
// What contradicts the tiers for certain, for the rule that says so and for those that leave it to
// that rule.

#include "tierline/inventory.h"

namespace tierline {

/// A containment from a lower tier to a higher one, or a need of a portfolio. Memberships, and
/// relations with an end that is no item or has no tier, are none.
bool is_inverted(const Inventory& inventory, const Relation& relation);

}  // namespace tierline
