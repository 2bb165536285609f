#pragma once
// The words below a picture: what its signs mean, and what it leaves out.

#include <string>
#include <vector>

#include "tierline/report.h"

namespace tierline {

/// As an HTML-like label of Graphviz.
std::string caption(const AuditReport& report, const ReportStyle& style,
                    const std::vector<ItemId>& items);

}  // namespace tierline
