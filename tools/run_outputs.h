#pragma once
// All that a run writes: its reports, the history, the statistics. They are opened before the work,
// so that a place that cannot be written to fails at once, and put in place together at its end.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit_arguments.h"
#include "tierline/history.h"
#include "tierline/output.h"

namespace tierline {

/// Writes one output of a finished audit in the format that was asked for.
using WriteOutput =
    std::function<Status(const Audit& audit, const ReportFormat& format, Output& output)>;

class HistoryOutput;

class RunOutputs {
 public:
  /// An error where a place cannot be written to, or two outputs go to the same.
  static Result<RunOutputs> open(const AuditArguments& arguments);

  /// To be asked for earlier nights; null where there is none yet, or none was asked for.
  [[nodiscard]] History* history() const;
  /// The formats of the reports, in the order in which they were asked for.
  [[nodiscard]] std::vector<const ReportFormat*> formats() const;

  /// An error where one of them would take the place of a file that is read: `what` are such.
  [[nodiscard]] Status refuse_overwriting(const std::string& path, std::string_view what) const;

  Status write_reports(const Audit& audit, const WriteOutput& write);
  /// Into the history, where there is to be one.
  Status record(const AuditReport& report, std::uint64_t milliseconds);
  /// Where a file was asked for. After the reports, which they tell of too.
  void write_stats(std::string_view text);
  /// The history first: where it cannot be written, no report is put in place.
  Status commit();

 private:
  struct OpenOutput {
    std::string_view option;
    OutputRequest request;  ///< Without a format: what is no report.
    std::unique_ptr<Output> output;
  };

  RunOutputs() = default;
  Status open_output(std::string_view option, const OutputRequest& request);
  Status add(OpenOutput one);

  std::vector<OpenOutput> outputs_;
  HistoryOutput* history_ = nullptr;  ///< One of the outputs.
  Output* stats_ = nullptr;           ///< The same.
};

}  // namespace tierline
