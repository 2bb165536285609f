#pragma once
// Reads exports, judges them and writes what was asked for.

#include <span>

#include "audit_arguments.h"
#include "run_outputs.h"

namespace tierline {

/// The report, in its usual form.
WriteOutput report_in(const ReportStyle& style);

/// The exit code. `only_about`: see AuditOptions. `reads`: details that `write` shows besides those
/// of the formats that were asked for. An error where nothing could be read or written.
Result<int> run_audit(const AuditArguments& arguments, const WriteOutput& write,
                      decltype(AuditOptions::only_about) only_about = {},
                      std::span<const RuleInput> reads = {});

/// Of the process: that of the run, or of an error, which it says.
int exit_code(const Result<int>& run);

}  // namespace tierline
