#pragma once
// What a profile says of records that stand in other places than lists at the top.

#include <span>

#include "suggest/layout.h"
#include "suggest/proposal_items.h"

namespace tierline {

/// Sets where records stand.
void describe_places(const Layout& layout, ProposedProfile& proposal);

/// Whether the table's records hold records of other tables.
bool holds_records(const TableAnalysis& analysis, const Layout& layout);

/// Says that the item stands inside of another, where it does.
void propose_outer(const TableAnalysis& analysis, std::span<const TableAnalysis* const> items,
                   const Layout& layout, ProposedRecord& record, Advice& advice);

/// Says what the objects mean whose members are called as other items are.
void propose_keyed(const TableAnalysis& analysis, const Layout& layout, ProposedRecord& record,
                   Advice& advice);

}  // namespace tierline
