#pragma once
// Findings as the JSON report has them, for formats that are made of these.

#include <span>
#include <string>
#include <string_view>

#include "tierline/report.h"

namespace tierline {

/// Appends an object for each, in one line, with `between` between them.
void append_findings(const AuditReport& report, std::span<const FactView> facts,
                     std::string_view between, std::string& text);
/// The same of what is gone.
void append_absent(const AuditReport& report, std::span<const AbsentFinding> absent,
                   std::string_view between, std::string& text);

}  // namespace tierline
