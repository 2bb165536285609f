#pragma once
// Which live services rely on a system or a supporting service: for tables about what is shared.

#include "analysis/families.h"
#include "analysis/services_above.h"
#include "tierline/tables.h"

namespace tierline {

/// `use(item, count, sketch)` for each item of `wanted` that other live services rely on. A service
/// is none of its own users, though it may be in the sketch.
template <typename Sink>
void each_with_users(const TableSource& source, const ServiceRanks& ranks, const ItemSet& wanted,
                     Sink sink) {
  const ItemSet above = source.graph().reaching(wanted, source.live());
  each_with_services_above(
      source.graph(), source.condensation(), [&](ItemId item) { return above.contains(item); },
      ranks,
      [&](ItemSpan members, const Sketch& sketch) {
        for (const ItemId item : members) {
          if (!wanted.contains(item)) {
            continue;
          }
          ServiceReach::Count users = sketch.count(ranks.heads.size());
          users.services -= source.inventory().is_service(item) ? 1U : 0U;
          if (users.services > 0) {
            sink(item, users, sketch);
          }
        }
      });
}

/// All live services.
inline ServiceRanks rank_users(const TableSource& source) {
  return rank_services(source.inventory(), source.graph(),
                       [](const Inventory& /*inventory*/, ItemId /*item*/) { return true; });
}

/// A supporting service that tables count.
inline bool is_supporting_service(const TableSource& source, ItemId item) {
  return source.inventory().is_service(item) && source.counts(item) &&
         source.families().facing(item) == Facing::supporting;
}

}  // namespace tierline
