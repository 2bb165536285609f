#pragma once
// Tables that hold items, persons and groups side by side, a column saying which each record is.

#include <vector>

#include "check/item_draft.h"

namespace tierline {

/// The records of persons and groups in a table of items, told by the classes that its tier was
/// drafted by; `items` is left with the other classes. Nothing where it holds items only.
std::vector<DraftRecord> split_off_parties(const Sheet& sheet, DraftRecord& items, Draft& draft,
                                           Advice& advice);

}  // namespace tierline
