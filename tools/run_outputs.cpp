#include "run_outputs.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include "tierline/report.h"

namespace tierline {

/// What is written to a history counts from when the outputs are put in place.
class HistoryOutput : public Output {
 public:
  explicit HistoryOutput(std::string address)
      : address_(std::move(address)), file_(History::file_of(address_)) {}

  /// Leaves one that has to be made until there is a night for it: a run that fails before that
  /// leaves none.
  Status begin() { return can_be_made() ? Status(Done{}) : open(); }
  /// Null where it has to be made.
  [[nodiscard]] History* history() { return history_ ? &*history_ : nullptr; }
  Status record(const AuditReport& report, std::uint64_t milliseconds) {
    if (auto opened = history_ ? Status(Done{}) : open(); !opened) {
      return opened;
    }
    return history_->record(report, milliseconds);
  }

  void write(std::string_view /*text*/) override {}
  [[nodiscard]] std::string identity() const override {
    return file_.empty() ? std::string() : identity_of(file_);
  }
  Result<bool> put_in_place() override {
    auto done = history_->commit();
    return done ? Result<bool>(true) : Result<bool>(done.error());
  }
  [[nodiscard]] std::string path() const override { return history_ ? history_->name() : file_; }

 private:
  [[nodiscard]] bool can_be_made() const {
    namespace fs = std::filesystem;
    std::error_code none;
    const fs::path folder = fs::absolute(file_, none).parent_path();
    return !file_.empty() && file_ != "-" &&
           fs::symlink_status(file_, none).type() == fs::file_type::not_found &&
           ::access(folder.c_str(), W_OK | X_OK) == 0;
  }
  Status open() {
    auto opened = History::open(address_);
    if (!opened) {
      return std::move(opened).error();
    }
    history_ = std::move(*opened);
    return Done{};
  }

  std::string address_;
  std::string file_;  ///< Empty for a server.
  std::optional<History> history_;
};

Result<RunOutputs> RunOutputs::open(const AuditArguments& arguments) {
  auto requests = arguments.outputs();
  if (!requests) {
    return std::move(requests).error();
  }
  RunOutputs outputs;
  Status done = Done{};
  if (!arguments.history().empty()) {
    auto nights = std::make_unique<HistoryOutput>(arguments.history());
    outputs.history_ = nights.get();
    done = outputs.add(
        {"--history", {nullptr, History::file_of(arguments.history())}, std::move(nights)});
  }
  for (const OutputRequest& request : *requests) {
    done = done ? outputs.open_output("-o", request) : done;
  }
  if (done && !arguments.stats_file().empty()) {
    done = outputs.open_output("--stats-json", {nullptr, arguments.stats_file()});
    outputs.stats_ = done ? outputs.outputs_.back().output.get() : nullptr;
  }
  if (done && outputs.history_ != nullptr) {
    done = outputs.history_->begin();
  }
  return done ? Result<RunOutputs>(std::move(outputs)) : Result<RunOutputs>(done.error());
}

Status RunOutputs::open_output(std::string_view option, const OutputRequest& request) {
  const bool is_folder = request.format != nullptr && request.format->is_folder;
  auto output =
      is_folder ? Output::open_folder(request.path, fmt::format(".tierline-{}", request.format->id))
                : Output::open(request.path);
  return output ? add({option, request, std::move(*output)}) : Status(std::move(output).error());
}

Status RunOutputs::add(OpenOutput one) {
  outputs_.push_back(std::move(one));
  const OpenOutput& added = outputs_.back();
  const std::string identity = added.output->identity();
  for (const OpenOutput& other : std::span(outputs_).first(outputs_.size() - 1)) {
    if ((!identity.empty() && other.output->identity() == identity) ||
        other.output->holds(added.request.path) || added.output->holds(other.request.path)) {
      return Error{
          fmt::format("{} {}: two outputs go to the same place", added.option, added.request.path)};
    }
  }
  return Done{};
}

History* RunOutputs::history() const {
  return history_ == nullptr ? nullptr : history_->history();
}

std::vector<const ReportFormat*> RunOutputs::formats() const {
  std::vector<const ReportFormat*> formats;
  for (const OpenOutput& one : outputs_) {
    if (one.request.format != nullptr) {
      formats.push_back(one.request.format);
    }
  }
  return formats;
}

Status RunOutputs::refuse_overwriting(const std::string& path, std::string_view what) const {
  const std::string identity = identity_of(path);
  for (const OpenOutput& one : outputs_) {
    if ((!identity.empty() && one.output->identity() == identity) || one.output->holds(path)) {
      return Error{fmt::format("{} {}: is one of the {} that are read: write elsewhere", one.option,
                               one.request.path, what)};
    }
  }
  return Done{};
}

Status RunOutputs::write_reports(const Audit& audit, const WriteOutput& write) {
  for (OpenOutput& one : outputs_) {
    if (one.request.format == nullptr) {
      continue;
    }
    if (auto written = write(audit, *one.request.format, *one.output); !written) {
      return written;
    }
  }
  return Done{};
}

Status RunOutputs::record(const AuditReport& report, std::uint64_t milliseconds) {
  return history_ == nullptr ? Done{} : history_->record(report, milliseconds);
}

void RunOutputs::write_stats(std::string_view text) {
  if (stats_ != nullptr) {
    stats_->write(text);
  }
}

Status RunOutputs::commit() {
  std::vector<Output*> all;
  for (const OpenOutput& one : outputs_) {
    all.push_back(one.output.get());
  }
  return tierline::commit(all);
}

}  // namespace tierline
