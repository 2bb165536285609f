#include "run_audit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>

#include "commands.h"
#include "stats.h"
#include "tierline/history.h"
#include "tierline/stopwatch.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

/// Bytes read so far, on a terminal only, in one line that goes away again.
class Progress {
 public:
  explicit Progress(bool wanted) : shown_(wanted && ::isatty(STDERR_FILENO) == 1) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (drawn_) {
      say("\r\x1b[K");
    }
  }

  void operator()(std::uint64_t done, std::uint64_t all) {
    constexpr std::uint64_t step = 8 * 1024 * 1024;
    if (!shown_ || done < next_) {
      return;
    }
    next_ = done + step;
    drawn_ = true;
    say(fmt::format("\rreading: {} MB{}", done / 1'000'000,
                    all > 0 ? fmt::format(" of {} MB", all / 1'000'000) : ""));
  }

 private:
  bool shown_;
  bool drawn_ = false;
  std::uint64_t next_ = 0;
};

/// The history, among the outputs: what is written to it counts from when they are put in place.
class HistoryOutput : public Output {
 public:
  /// It is open by the time that it is put in place.
  HistoryOutput(const std::string& address, std::optional<History>& history)
      : file_(History::file_of(address)), history_(history) {}
  void write(std::string_view /*text*/) override {}
  [[nodiscard]] std::string identity() const override {
    return file_.empty() ? std::string() : identity_of(file_);
  }
  Result<bool> put_in_place() override {
    auto done = history_->commit();
    return done ? Result<bool>(true) : Result<bool>(done.error());
  }
  [[nodiscard]] std::string path() const override { return history_->name(); }

 private:
  std::string file_;
  std::optional<History>& history_;
};

struct OpenOutput {
  std::string_view option;
  OutputRequest request;  ///< Without a format: what is no report.
  std::unique_ptr<Output> output;
};

constexpr std::string_view stats_option = "--stats-json";

Status add_output(OpenOutput one, std::vector<OpenOutput>& outputs) {
  outputs.push_back(std::move(one));
  const OpenOutput& added = outputs.back();
  const std::string identity = added.output->identity();
  for (const OpenOutput& other : std::span(outputs).first(outputs.size() - 1)) {
    if ((!identity.empty() && other.output->identity() == identity) ||
        other.output->holds(added.request.path) || added.output->holds(other.request.path)) {
      return Error{
          fmt::format("{} {}: two outputs go to the same place", added.option, added.request.path)};
    }
  }
  return Done{};
}

/// Opened before the work, so that a place that cannot be written to fails at once.
Status open_output(std::string_view option, const OutputRequest& request,
                   std::vector<OpenOutput>& outputs) {
  const bool is_folder = request.format != nullptr && request.format->is_folder;
  auto output =
      is_folder ? Output::open_folder(request.path, fmt::format(".tierline-{}", request.format->id))
                : Output::open(request.path);
  return output ? add_output({option, request, std::move(*output)}, outputs)
                : Status(std::move(output).error());
}

/// The history first: where it cannot be written, no report is put in place. It is opened last, as
/// that may make it, which a run does not that has no place for its reports.
Result<std::vector<OpenOutput>> open_outputs(const AuditArguments& arguments,
                                             std::optional<History>& history) {
  auto requests = arguments.outputs();
  if (!requests) {
    return std::move(requests).error();
  }
  std::vector<OpenOutput> outputs;
  Status done = Done{};
  if (!arguments.history().empty()) {
    OpenOutput nights;
    nights.option = "--history";
    nights.request.path = History::file_of(arguments.history());
    nights.output = std::make_unique<HistoryOutput>(arguments.history(), history);
    done = add_output(std::move(nights), outputs);
  }
  for (const OutputRequest& request : *requests) {
    done = done ? open_output("-o", request, outputs) : done;
  }
  if (done && !arguments.stats_file().empty()) {
    done = open_output(stats_option, {nullptr, arguments.stats_file()}, outputs);
  }
  if (done && !arguments.history().empty()) {
    auto opened = History::open(arguments.history());
    if (!opened) {
      return std::move(opened).error();
    }
    history = std::move(*opened);
  }
  return done ? Result<std::vector<OpenOutput>>(std::move(outputs))
              : Result<std::vector<OpenOutput>>(done.error());
}

Status write_reports(const Audit& audit, const WriteOutput& write,
                     std::vector<OpenOutput>& outputs) {
  for (OpenOutput& one : outputs) {
    if (one.request.format == nullptr) {
      continue;
    }
    if (auto written = write(audit, *one.request.format, *one.output); !written) {
      return written;
    }
  }
  return Done{};
}

/// On standard error, into a file, or both; after the reports, which it tells of too.
void write_stats(const AuditArguments& arguments, const Stats& stats,
                 std::vector<OpenOutput>& outputs) {
  if (arguments.stats()) {
    say(stats_text(stats));
  }
  if (outputs.back().option == stats_option) {
    outputs.back().output->write(stats_json(stats));
  }
}

/// The nights before this one, unless the baseline knows more of them; of a single one, a history
/// knows more than a file.
Status recall(History& history, Audit& audit) {
  auto nights = history.nights_before(audit.run.estate, audit.run.as_of);
  if (!nights) {
    return std::move(nights).error();
  }
  if (!nights->empty() && nights->size() >= audit.earlier_nights.size()) {
    audit.earlier_nights = std::move(*nights);
  }
  return Done{};
}

Status record(const Audit& audit, std::chrono::steady_clock::time_point begun, History& history) {
  const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  return history.record(audit.report(), static_cast<std::uint64_t>(taken.count()));
}

Status commit(const std::vector<OpenOutput>& outputs) {
  std::vector<Output*> all;
  for (const OpenOutput& one : outputs) {
    all.push_back(one.output.get());
  }
  return commit(all);
}

std::string summary_line(const Audit& audit) {
  const std::string counts = findings_by_severity(audit.summary);
  const std::size_t accepted = audit.results.accepted_count();
  return fmt::format(
      "tierline: {} and {} in {}: {}{}{}", count_of(audit.inventory->item_count(), "item"),
      count_of(audit.inventory->relation_count(), "relation"),
      count_of(audit.inventory->inputs().size(), "file"), counts.empty() ? "no findings" : counts,
      accepted == 0 ? "" : fmt::format("; {} accepted", with_thousands(accepted)),
      audit.run.is_incomplete ? "; the export looks incomplete" : "");
}

/// Why nothing is written: one broken export must not look like an estate that has changed.
void tell_suspicions(const Audit& audit) {
  for (const std::string& suspicion : audit.suspicions) {
    say(fmt::format("tierline: {}\n", without_controls(repair_utf8(suspicion))));
  }
  say(
      fmt::format("tierline: beside {} the export looks broken; nothing was written. Export again, "
                  "or say --accept-change where this is how it is\n",
                  without_controls(repair_utf8(audit.changes->file))));
}

void tell_passed_over(const Config& config) {
  for (const std::string& file : config.passed_over) {
    say(fmt::format("tierline: {}: lies within what is audited: not used\n",
                    without_controls(repair_utf8(file))));
  }
}

/// Files of the inputs that were not read, as they are tierline's own.
void tell_skipped(const Audit& audit) {
  for (const std::string& path : audit.ledger.own_outputs) {
    say(fmt::format("tierline: {}: a report of tierline itself: skipped\n",
                    without_controls(repair_utf8(path))));
  }
}

/// A report must not take the place of what it tells of, nor of what said how to read it.
Status refuse_overwriting(const std::vector<OpenOutput>& outputs, const std::string& path,
                          std::string_view what) {
  const std::string identity = identity_of(path);
  for (const OpenOutput& one : outputs) {
    if ((!identity.empty() && one.output->identity() == identity) || one.output->holds(path)) {
      return Error{fmt::format("{} {}: is one of the {} that are read: write elsewhere", one.option,
                               one.request.path, what)};
    }
  }
  return Done{};
}

/// What said how to read the exports, and what to show of them.
Status refuse_overwriting_settings(const AuditArguments& arguments, const Config& config,
                                   const std::vector<OpenOutput>& outputs) {
  for (const std::string& file : profile_files(config.profiles)) {
    if (auto spared = refuse_overwriting(outputs, file, "profiles"); !spared) {
      return spared;
    }
  }
  for (const std::string& file : config.files) {
    if (auto spared = refuse_overwriting(outputs, file, "configurations"); !spared) {
      return spared;
    }
  }
  return arguments.redact_key_file().empty()
             ? Done{}
             : refuse_overwriting(outputs, arguments.redact_key_file(), "keys");
}

Status refuse_overwriting_inputs(const Inventory& inventory,
                                 const std::vector<OpenOutput>& outputs) {
  for (const InputSummary& input : inventory.inputs()) {
    if (auto spared = refuse_overwriting(outputs, input.disk_path, "exports"); !spared) {
      return spared;
    }
  }
  return Done{};
}

void ask_for(std::span<const Input> details, AuditOptions& options) {
  for (const Input input : details) {
    options.import.details.set(static_cast<std::size_t>(input));
  }
}

}  // namespace

WriteOutput report_in(const ReportStyle& style) {
  return [style](const Audit& audit, const ReportFormat& format, Output& output) {
    return format.write(audit.report(), style, output);
  };
}

Result<int> run_audit(const AuditArguments& arguments, const WriteOutput& write,
                      decltype(AuditOptions::only_about) only_about, std::span<const Input> reads) {
  const auto config = arguments.config();
  if (!config) {
    return config.error();
  }
  auto options = arguments.options(*config);
  if (!options) {
    return options.error();
  }
  options->only_about = std::move(only_about);
  const auto begun = std::chrono::steady_clock::now();
  std::optional<History> history;
  auto outputs = open_outputs(arguments, history);
  if (!outputs) {
    return outputs.error();
  }
  ask_for(reads, *options);
  for (const OpenOutput& one : *outputs) {
    if (one.request.format != nullptr) {
      ask_for(one.request.format->reads, *options);
    }
  }
  if (auto spared = refuse_overwriting_settings(arguments, *config, *outputs); !spared) {
    return spared.error();
  }
  auto progress = std::make_unique<Progress>(!arguments.quiet());
  options->import.progress = [&](std::uint64_t done, std::uint64_t all) { (*progress)(done, all); };
  auto made = audit(*options);
  progress.reset();
  if (!made) {
    return made.error();
  }
  // As a baseline, it has been asked already.
  if (history && arguments.history() != options->baseline) {
    if (auto recalled = recall(*history, *made); !recalled) {
      return recalled.error();
    }
  }
  const Audit& audited = *made;
  if (auto spared = refuse_overwriting_inputs(*audited.inventory, *outputs); !spared) {
    return spared.error();
  }
  if (!audited.suspicions.empty() && !arguments.accepts_change()) {
    tell_suspicions(audited);
    return 3;
  }
  if (!arguments.quiet()) {
    tell_passed_over(*config);
    tell_skipped(audited);
  }
  Stopwatch watch;
  if (auto written = write_reports(audited, write, *outputs); !written) {
    return written.error();
  }
  std::vector<StageTime> stages;
  watch.lap(stages, "reports");
  if (history) {
    if (auto kept = record(audited, begun, *history); !kept) {
      return kept.error();
    }
    watch.lap(stages, "history");
  }
  write_stats(arguments, stats_of(audited, std::move(stages)), *outputs);
  if (auto committed = commit(*outputs); !committed) {
    return committed.error();
  }
  if (arguments.names_outputs() && !arguments.quiet()) {
    say(summary_line(audited) + '\n');
  }
  return audited.run.exit_code;
}

int exit_code(const Result<int>& run) {
  return run ? *run : fail(to_string(run.error()));
}

}  // namespace tierline
