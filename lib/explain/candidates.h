#pragma once
// Who may be the right owner of an item that has none.

#include <span>
#include <vector>

#include "tierline/explain.h"

namespace tierline {

/// The most likely first, each person or group once. `holders` are the portfolios and services that
/// hold the item, the nearest first.
std::vector<OwnerCandidate> owner_candidates(const AuditReport& report, ItemId item,
                                             std::span<const ItemId> holders);

}  // namespace tierline
