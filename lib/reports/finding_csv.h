#pragma once
// Findings as rows of the CSV report, for formats that are made of these.

#include <string>

#include "tierline/report.h"

namespace tierline {

/// The first row.
std::string finding_header();
void append_finding_row(std::string& rows, const AuditReport& report, const Finding& finding);

}  // namespace tierline
