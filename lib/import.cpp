#include "tierline/import.h"

#include <fmt/format.h>

#include <atomic>
#include <map>
#include <mutex>

#include "export_request.h"
#include "inventory/builder.h"
#include "mapping/export_files.h"
#include "mapping/mapper.h"
#include "support/parallel.h"
#include "support/quote.h"

namespace tierline {
namespace {

/// A chunk to be parsed, and its place in the order of all chunks. Without a chunk: a file has
/// ended.
struct Task {
  std::size_t number = 0;
  std::shared_ptr<OpenExport> file;
  std::optional<Chunk> chunk;
};

/// What a task came to, until those before it are done. Its chunk is no longer needed.
struct Parsed {
  std::shared_ptr<OpenExport> ended;  ///< The file, when this was its end.
  Batch batch;
};

class Import {
 public:
  explicit Import(const ImportOptions& options)
      : options_(options), exports_(export_request(options)) {}

  Result<Inventory> run() {
    if (auto listed = exports_.list(); !listed) {
      return std::move(listed).error();
    }
    on_threads(options_.jobs, [this] {
      try {
        work();
      } catch (...) {
        stopped_ = true;
        throw;
      }
    });
    if (error_) {
      return *error_;
    }
    for (Notice& notice : exports_.notices()) {
      builder_.add_notice(std::move(notice));
    }
    return builder_.finish({.as_of = options_.as_of,
                            .jobs = options_.jobs,
                            .redact_people = options_.redact_people,
                            .redact_key = options_.redact_key,
                            .details = options_.details,
                            .assume_complete = options_.assume_complete,
                            .mentioned_people = options_.mentioned_people,
                            .mentioned_texts = options_.mentioned_texts,
                            .domain_owners = options_.domain_owners});
  }

 private:
  void work() {
    while (auto task = next_task()) {
      Batch batch;
      std::optional<Error> error;
      if (task->chunk) {
        error = parse(*task, batch);
      } else {
        finish_file(*task, batch);
      }
      hand_in(*task, std::move(batch), std::move(error));
    }
  }

  // --- cutting files, one thread at a time

  std::optional<Task> next_task() {
    const std::scoped_lock lock(reading_);
    if (stopped_) {
      return std::nullopt;
    }
    auto next = exports_.next_chunk();
    if (!next) {
      fail(next_number_, std::move(next).error());
      return std::nullopt;
    }
    if (!*next) {
      return std::nullopt;
    }
    auto& [file, chunk] = **next;
    if (file != started_) {
      start(file);
    }
    if (!chunk) {
      started_.reset();
    }
    report_progress();
    return Task{next_number_++, std::move(file), std::move(chunk)};
  }

  void start(const std::shared_ptr<OpenExport>& file) {
    InputSummary summary;
    summary.path = file->path;
    summary.disk_path = file->disk_path;
    summary.syntax = file->opened.syntax->id;
    summary.profile = file->profile->id();
    summary.table = file->table;
    summary.source = file->source;
    started_ = file;
    const std::scoped_lock lock(collecting_);
    file->number = builder_.add_file(std::move(summary), file->profile->compiled());
  }

  void report_progress() {
    if (options_.progress) {
      options_.progress(exports_.bytes_read(), exports_.bytes());
    }
  }

  // --- parsing, side by side

  std::optional<Error> parse(Task& task, Batch& batch) const {
    const OpenExport& file = *task.file;
    const ChunkContext context{
        file.number,     file.path, file.table, task.chunk->container, options_.redact_people,
        options_.details};
    Mapper mapper(file.profile->compiled(), context, batch);
    if (auto parsed = file.opened.records->parse(*task.chunk, mapper); !parsed) {
      return with_reason(std::move(parsed).error(), file.disk_path);
    }
    if (!batch.failures.empty()) {
      return Error{fmt::format("the export ends in an error of its server: {}: make it again",
                               as_said(batch.failures.front())),
                   {file.path}};
    }
    return std::nullopt;
  }

  static void finish_file(const Task& task, Batch& batch) {
    const OpenExport& file = *task.file;
    const ChunkContext context{file.number, file.path, file.table, {}, false, {}};
    Mapper mapper(file.profile->compiled(), context, batch);
    file.opened.records->finish(mapper);
  }

  // --- putting batches together, in their order

  void hand_in(const Task& task, Batch batch, std::optional<Error> error) {
    const std::scoped_lock lock(collecting_);
    if (error) {
      fail_locked(task.number, std::move(*error));
    }
    done_.emplace(task.number, Parsed{task.chunk ? nullptr : task.file, std::move(batch)});
    while (!done_.empty() && done_.begin()->first == next_appended_ && !error_) {
      auto& [ended, result] = done_.begin()->second;
      builder_.append(std::move(result));
      if (ended) {
        const TextSource& source = *ended->opened.source;
        builder_.end_file(ended->number, source.bytes_read(), source.digest());
      }
      done_.erase(done_.begin());
      ++next_appended_;
    }
  }

  void fail(std::size_t number, Error error) {
    const std::scoped_lock lock(collecting_);
    fail_locked(number, std::move(error));
  }

  /// The error that stands first in the order of the files is the one to report.
  void fail_locked(std::size_t number, Error error) {
    stopped_ = true;
    if (!error_ || number < error_number_) {
      error_number_ = number;
      error_ = std::move(error);
    }
  }

  const ImportOptions& options_;

  std::mutex reading_;  // Guards the files and the order of tasks; taken before `collecting_`.
  ExportFiles exports_;
  std::size_t next_number_ = 0;
  std::shared_ptr<OpenExport> started_;  // Announced, and not yet at its end.
  std::atomic<bool> stopped_ = false;

  std::mutex collecting_;  // Guards the builder and what waits for it.
  InventoryBuilder builder_;
  std::map<std::size_t, Parsed> done_;
  std::size_t next_appended_ = 0;
  std::optional<Error> error_;
  std::size_t error_number_ = 0;
};

}  // namespace

Result<Inventory> import(const ImportOptions& options) {
  const HiddenContents hidden(options.redact_people);
  return Import(options).run();
}

}  // namespace tierline
