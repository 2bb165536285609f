#pragma once
// Reads exports, judges them and writes what was asked for.

#include <string>

#include "audit_arguments.h"

namespace tierline {

/// Draws around the item called `focus`, if there is one. Returns the exit code.
int run_audit(const AuditArguments& arguments, const ReportStyle& style, const std::string& focus);

}  // namespace tierline
