#pragma once
// One run becomes rows.

#include "history/database.h"
#include "tierline/report.h"

namespace tierline {

/// In a transaction that is left open. See `History::record`.
Status record_run(Database& database, const AuditReport& report, std::uint64_t milliseconds);

}  // namespace tierline
