#pragma once
// Tables of persons and groups: which tables are some, and what their fields say.

#include <span>

#include "suggest/proposal_items.h"

namespace tierline {

/// Whether the name of the table or an address in every record says so.
bool looks_like_parties(const TableAnalysis& analysis);

/// Whether fields about owners in other tables lead into this one.
bool is_where_owners_are(const TableAnalysis& analysis, std::span<TableAnalysis> analyses);

/// Says by that field who has left, where some of its texts do.
void propose_inactive(const TableAnalysis& analysis, const std::string& field,
                      ProposedRecord& record);

/// Sets the table's kind of party where it has one.
void propose_party(TableAnalysis& analysis, ProposedRecord& record, Advice& advice);

}  // namespace tierline
