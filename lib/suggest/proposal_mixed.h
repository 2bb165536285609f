#pragma once
// Tables that hold items, persons and groups side by side, a column saying which each record is.

#include <vector>

#include "suggest/proposal_items.h"

namespace tierline {

/// The records of persons and groups in a table of items, told by the classes that its tier was
/// guessed by; `items` is left with the other classes. Nothing where it holds items only.
std::vector<ProposedRecord> split_off_parties(const TableAnalysis& analysis, ProposedRecord& items,
                                              ProposedProfile& proposal, Advice& advice);

}  // namespace tierline
