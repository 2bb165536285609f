#pragma once
// Tables of persons and groups: which tables are some, and what their fields say.

#include <span>

#include "check/item_draft.h"

namespace tierline {

/// Whether the name of the table or an address in every record says so.
bool looks_like_parties(const Sheet& sheet);

/// Whether fields about owners in other tables lead into this one.
bool is_where_owners_are(const Sheet& sheet, std::span<Sheet> sheets);

/// Says by that field who has left, where some of its texts do.
void draft_inactive(const Sheet& sheet, const std::string& field, DraftRecord& record);

/// Sets the sheet's kind of party where it has one.
void draft_party(Sheet& sheet, DraftRecord& record, Advice& advice);

}  // namespace tierline
