#pragma once
// What a profile says of records that stand in other places than lists at the top.

#include <span>

#include "check/item_draft.h"
#include "check/layout.h"

namespace tierline {

/// Sets where records stand.
void describe_places(const Layout& layout, Draft& draft);

/// Whether the table's records hold records of other tables.
bool holds_records(const Sheet& sheet, const Layout& layout);

/// Says that the item stands inside of another, where it does.
void draft_outer(const Sheet& sheet, std::span<const Sheet* const> items, const Layout& layout,
                 DraftRecord& record, Advice& advice);

/// Says what the objects mean whose members are called as other items are.
void draft_keyed(const Sheet& sheet, const Layout& layout, DraftRecord& record, Advice& advice);

}  // namespace tierline
