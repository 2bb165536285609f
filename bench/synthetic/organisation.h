#pragma once
// Who answers for what where an estate is organised: persons and groups belong to departments, of
// which each portfolio has one.

#include "synthetic/estate.h"

namespace tierline::synthetic {

/// A live item's owner, where nothing is wrong with it.
Item organised_owner(const Estate& estate, Item item);
/// Whoever is named on it as its manager.
Item organised_manager(const Estate& estate, Item item);
/// A group that runs it.
Item organised_group(const Estate& estate, Item item, Random& dice);

}  // namespace tierline::synthetic
