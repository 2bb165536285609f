#pragma once
// The tables of a history. `lib/history/README.md` is their manual, for those who query them.

#include "history/database.h"

namespace tierline {

/// Brings a database to the newest schema, version by version, in one transaction; an error where
/// it is of a later tierline.
Status bring_up_to_date(Database& database);
/// Whether it holds a history; an error where that is of another version.
Result<bool> is_ready(Database& database);

}  // namespace tierline
