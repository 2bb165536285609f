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

/// The exit code. `only_about`: see AuditOptions. `reads`: details that `write` shows besides those
/// of the formats that were asked for. An error where nothing could be read or written.
Result<int> run_audit(const AuditArguments& arguments, const WriteOutput& write,
                      decltype(AuditOptions::only_about) only_about = {},
                      std::span<const Input> reads = {});

/// Of the process: that of the run, or of an error, which it says.
int exit_code(const Result<int>& run);

}  // namespace tierline
