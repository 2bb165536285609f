#pragma once
// A neighbourhood as SVG.

#include <string>

#include "pictures/neighbourhood.h"

namespace tierline {

std::string draw_neighbourhood(const AuditReport& report, const Neighbourhood& model,
                               const ReportStyle& style);

}  // namespace tierline
