#include "run_audit.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "commands.h"
#include "stats.h"
#include "support/text.h"

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
      fmt::print(stderr, "\r\x1b[K");
    }
  }

  void operator()(std::uint64_t done, std::uint64_t all) {
    constexpr std::uint64_t step = 8 * 1024 * 1024;
    if (!shown_ || done < next_) {
      return;
    }
    next_ = done + step;
    drawn_ = true;
    fmt::print(stderr, "\rreading: {} MB{}", done / 1'000'000,
               all > 0 ? fmt::format(" of {} MB", all / 1'000'000) : "");
  }

 private:
  bool shown_;
  bool drawn_ = false;
  std::uint64_t next_ = 0;
};

struct OpenOutput {
  OutputRequest request;
  std::unique_ptr<Output> output;
};

/// Opened before the work, so that a place that cannot be written to fails at once.
Result<std::vector<OpenOutput>> open_outputs(const std::vector<OutputRequest>& requests) {
  std::vector<OpenOutput> outputs;
  for (const OutputRequest& request : requests) {
    auto output = Output::open(request.path);
    if (!output) {
      return std::move(output).error();
    }
    outputs.push_back({request, std::move(*output)});
  }
  return outputs;
}

Status write_outputs(const Audit& audit, const ReportStyle& style,
                     std::vector<OpenOutput>& outputs) {
  for (OpenOutput& one : outputs) {
    if (auto written = one.request.format->write(audit.report(), style, *one.output); !written) {
      return written;
    }
  }
  for (OpenOutput& one : outputs) {
    if (auto committed = one.output->commit(); !committed) {
      return committed;
    }
  }
  return Done{};
}

std::string summary_line(const Audit& audit) {
  const std::string counts = findings_by_severity(audit.summary);
  return fmt::format(
      "tierline: {} and {} in {}: {}{}", count_of(audit.inventory->item_count(), "item"),
      count_of(audit.inventory->relation_count(), "relation"),
      count_of(audit.inventory->inputs().size(), "file"), counts.empty() ? "no findings" : counts,
      audit.run.is_incomplete ? "; the export looks incomplete" : "");
}

/// On standard error, into a file, or both; after the reports, which it tells of too.
Status write_stats(const AuditArguments& arguments, const Stats& stats, Output* file) {
  if (arguments.stats()) {
    fmt::print(stderr, "{}", stats_text(stats));
  }
  if (file == nullptr) {
    return Done{};
  }
  file->write(stats_json(stats));
  return file->commit();
}

/// A report must not take the place of an export it tells of.
Status spare_inputs(const Inventory& inventory, std::string_view option, const std::string& path) {
  for (const InputSummary& input : inventory.inputs()) {
    std::error_code error;
    if (std::filesystem::equivalent(path, input.disk_path, error)) {
      return Error{
          fmt::format("{} {}: is one of the exports that are read: write elsewhere", option, path)};
    }
  }
  return Done{};
}

Status spare_inputs(const Inventory& inventory, const std::vector<OpenOutput>& outputs,
                    const std::string& stats_file) {
  for (const OpenOutput& one : outputs) {
    if (auto spared = spare_inputs(inventory, "-o", one.request.path); !spared) {
      return spared;
    }
  }
  return spare_inputs(inventory, "--stats-json", stats_file);
}

}  // namespace

int run_audit(const AuditArguments& arguments, const ReportStyle& style, const std::string& focus) {
  auto options = arguments.options();
  if (!options) {
    return fail(to_string(options.error()));
  }
  auto requests = arguments.outputs();
  if (!requests) {
    return fail(to_string(requests.error()));
  }
  auto outputs = open_outputs(*requests);
  if (!outputs) {
    return fail(to_string(outputs.error()));
  }
  std::unique_ptr<Output> stats_file;
  if (!arguments.stats_file().empty()) {
    auto opened = Output::open(arguments.stats_file());
    if (!opened) {
      return fail(to_string(opened.error()));
    }
    stats_file = std::move(*opened);
  }
  auto progress = std::make_unique<Progress>(!arguments.quiet());
  options->import.progress = [&](std::uint64_t done, std::uint64_t all) { (*progress)(done, all); };
  auto made = audit(*options);
  progress.reset();
  if (!made) {
    return fail(to_string(made.error()));
  }
  // Kept until the process ends: to give it back piece by piece takes longer than some reports.
  static const Audit* const audited = new Audit(std::move(*made));
  if (auto spared = spare_inputs(*audited->inventory, *outputs, arguments.stats_file()); !spared) {
    return fail(to_string(spared.error()));
  }
  ReportStyle chosen = style;
  if (!focus.empty()) {
    auto item = find_item(*audited->inventory, focus);
    if (!item) {
      return fail(to_string(item.error()));
    }
    chosen.focus = *item;
  }
  const auto start = std::chrono::steady_clock::now();
  if (auto written = write_outputs(*audited, chosen, *outputs); !written) {
    return fail(to_string(written.error()));
  }
  const std::chrono::duration<double> report_time = std::chrono::steady_clock::now() - start;
  if (auto written =
          write_stats(arguments, stats_of(*audited, report_time.count()), stats_file.get());
      !written) {
    return fail(to_string(written.error()));
  }
  if (arguments.names_outputs() && !arguments.quiet()) {
    fmt::print(stderr, "{}\n", summary_line(*audited));
  }
  return audited->run.exit_code;
}

}  // namespace tierline
