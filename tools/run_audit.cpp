#include "run_audit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <memory>
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

Status record(const Audit& audit, std::chrono::steady_clock::time_point begun,
              RunOutputs& outputs) {
  const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begun);
  return outputs.record(audit.report(), static_cast<std::uint64_t>(taken.count()));
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

/// A report must not take the place of what said how to read the exports, and what to show of them.
Status refuse_overwriting_settings(const AuditArguments& arguments, const Config& config,
                                   const RunOutputs& outputs) {
  for (const std::string& file : profile_files(config.profiles)) {
    if (auto checked = outputs.refuse_overwriting(file, "profiles"); !checked) {
      return checked;
    }
  }
  for (const std::string& file : config.files) {
    if (auto checked = outputs.refuse_overwriting(file, "configurations"); !checked) {
      return checked;
    }
  }
  return arguments.redact_key_file().empty()
             ? Done{}
             : outputs.refuse_overwriting(arguments.redact_key_file(), "keys");
}

/// Nor of what it tells of.
Status refuse_overwriting_inputs(const Inventory& inventory, const RunOutputs& outputs) {
  for (const InputSummary& input : inventory.inputs()) {
    if (auto checked = outputs.refuse_overwriting(input.disk_path, "exports"); !checked) {
      return checked;
    }
  }
  return Done{};
}

void ask_for(std::span<const RuleInput> details, AuditOptions& options) {
  for (const RuleInput input : details) {
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
                      decltype(AuditOptions::only_about) only_about,
                      std::span<const RuleInput> reads) {
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
  auto outputs = RunOutputs::open(arguments);
  if (!outputs) {
    return outputs.error();
  }
  ask_for(reads, *options);
  for (const ReportFormat* format : outputs->formats()) {
    ask_for(format->reads, *options);
  }
  if (auto checked = refuse_overwriting_settings(arguments, *config, *outputs); !checked) {
    return checked.error();
  }
  auto progress = std::make_unique<Progress>(!arguments.quiet());
  options->import.progress = [&](std::uint64_t done, std::uint64_t all) { (*progress)(done, all); };
  auto made = audit(*options);
  progress.reset();
  if (!made) {
    return made.error();
  }
  History* const history = outputs->history();
  // As a baseline, it has been asked already.
  if (history != nullptr && arguments.history() != options->baseline) {
    if (auto recalled = recall(*history, *made); !recalled) {
      return recalled.error();
    }
  }
  const Audit& audited = *made;
  if (auto checked = refuse_overwriting_inputs(*audited.inventory, *outputs); !checked) {
    return checked.error();
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
  if (auto written = outputs->write_reports(audited, write); !written) {
    return written.error();
  }
  std::vector<StageTime> stages;
  watch.lap(stages, "reports");
  if (!arguments.history().empty()) {
    if (auto kept = record(audited, begun, *outputs); !kept) {
      return kept.error();
    }
    watch.lap(stages, "history");
  }
  const Stats stats = stats_of(audited, std::move(stages));
  if (arguments.stats()) {
    say(stats_text(stats));
  }
  outputs->write_stats(stats_json(stats));
  if (auto committed = outputs->commit(); !committed) {
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
