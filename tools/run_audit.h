#pragma once
// Reads exports, judges them and writes what was asked for.

#include <functional>
#include <span>

#include "audit_arguments.h"

namespace tierline {

/// Writes one output of a finished audit in the format that was asked for.
using WriteOutput =
    std::function<Status(const Audit& audit, const ReportFormat& format, Output& output)>;

/// The report, in its usual form.
WriteOutput report_in(const ReportStyle& style);

/// Returns the exit code. `only_about`: see AuditOptions. `reads`: details that `write` shows
/// besides those of the formats that were asked for.
int run_audit(const AuditArguments& arguments, const WriteOutput& write,
              decltype(AuditOptions::only_about) only_about = {},
              std::span<const Input> reads = {});

}  // namespace tierline
