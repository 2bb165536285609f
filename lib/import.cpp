#include "tierline/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>

#include "input/own_output.h"
#include "inventory/builder.h"
#include "profile/detect.h"
#include "profile/mapper.h"
#include "support/text.h"
#include "tierline/input.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

std::string canonical(const std::string& path) {
  std::error_code error;
  return fs::weakly_canonical(path, error).generic_string();
}

/// Whether a file is that one, or in that folder; both canonical.
bool is_inside(std::string_view file, std::string_view folder) {
  return file.starts_with(folder) &&
         (file.size() == folder.size() || folder.ends_with('/') || file[folder.size()] == '/');
}

/// What the end of a broken file says about why: APIs put an error object there.
std::string reason_in(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) {
    return {};
  }
  constexpr std::streamoff tail_size = 4096;
  const std::streamoff size = file.tellg();
  file.seekg(std::max<std::streamoff>(0, size - tail_size));
  std::string tail(static_cast<std::size_t>(std::min(size, tail_size)), '\0');
  file.read(tail.data(), static_cast<std::streamsize>(tail.size()));
  const std::size_t error = tail.find("\"error\"");
  const std::size_t name = error == std::string::npos ? error : tail.find("\"message\"", error);
  const std::size_t begin = name == std::string::npos ? name : tail.find('"', name + 9);
  const std::size_t end = begin == std::string::npos ? begin : tail.find('"', begin + 1);
  return end == std::string::npos ? std::string() : tail.substr(begin + 1, end - begin - 1);
}

/// One file while it is read.
struct OpenFile {
  std::uint32_t number = 0;
  std::string path;
  std::string table;
  OpenedFile opened;
  const Profile* profile = nullptr;
};

/// A chunk to be parsed, and its place in the order of all chunks. Without a chunk: a file has
/// ended.
struct Task {
  std::size_t number = 0;
  std::shared_ptr<OpenFile> file;
  std::optional<Chunk> chunk;
};

/// What a task came to, until those before it are done. Its chunk is no longer needed.
struct Parsed {
  std::shared_ptr<OpenFile> ended;  ///< The file, when this was its end.
  Batch batch;
};

class Import {
 public:
  explicit Import(const ImportOptions& options)
      : options_(options),
        profiles_(options.profiles.empty() ? built_in_profiles() : options.profiles) {}

  Result<Inventory> run() {
    auto files = list_files(options_.inputs);
    if (!files) {
      return std::move(files).error();
    }
    waiting_ = std::move(*files);
    for (const auto& [name, root] : options_.sources) {
      const std::string folder = canonical(root);
      const auto is_meant = [&](const InputFile& file) {
        return is_inside(canonical(file.path), folder);
      };
      if (std::ranges::none_of(waiting_, is_meant)) {
        return Error{fmt::format("--source {}={}: none of the inputs is there", name, root)};
      }
    }
    for (const InputFile& file : waiting_) {
      std::error_code error;
      const auto size = fs::file_size(file.path, error);
      all_bytes_ += error ? 0 : size;
    }
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 1; i < options_.jobs; ++i) {
        workers.emplace_back([this] { work(); });
      }
      work();
    }
    if (error_) {
      return *error_;
    }
    if (read_files_ == 0) {
      return Error{
          "nothing here is an export that a profile understands: `tierline profiles` lists what "
          "can be read; describe anything else with --profile",
          {options_.inputs.size() == 1 ? options_.inputs.front() : ""}};
    }
    return builder_.finish({options_.as_of, options_.jobs, options_.redact_people});
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
    while (true) {
      if (stopped_) {
        return std::nullopt;
      }
      if (current_) {
        auto chunk = current_->opened.records->next();
        if (!chunk) {
          fail(next_number_, with_reason(std::move(chunk).error()));
          return std::nullopt;
        }
        report_progress();
        Task task{next_number_++, current_, std::move(*chunk)};
        if (!task.chunk) {
          done_bytes_ += current_->opened.source->bytes_read();
          current_.reset();
        }
        return task;
      }
      if (next_file_ == waiting_.size()) {
        return std::nullopt;
      }
      open(waiting_[next_file_++]);
    }
  }

  void open(const InputFile& file) {
    auto source = ByteSource::open(file.path);
    if (!source) {
      reject(file, std::move(source).error());
      return;
    }
    if (is_own_output((*source)->beginning())) {
      const std::scoped_lock lock(collecting_);
      builder_.add_notice({"own-output", "a report of tierline itself: skipped", {file.path}});
      return;
    }
    auto opened = open_export(std::move(*source), file.path);
    if (!opened) {
      reject(file, std::move(opened).error());
      return;
    }
    auto found = matching_profiles(profiles_, *opened->records, file.path);
    if (!found) {
      reject(file, std::move(found).error());
      return;
    }
    const std::vector<const Profile*>& matching = found->profiles;
    if (matching.size() != 1) {
      const Error error = unclear(file.path, opened->syntax->id, *opened->records, matching);
      const bool matters = file.named || !matching.empty();
      matters ? fail(next_number_, error) : skip(file, error.message);
      return;
    }
    start(file, std::move(*opened), *matching.front());
  }

  /// A broken file ends the run when it was named or must be an export; others in a folder are
  /// none of ours.
  void reject(const InputFile& file, Error error) {
    const bool matters = file.named || has_export_ending(file.path) || is_table(file.path);
    matters ? fail(next_number_, with_reason(std::move(error))) : skip(file, error.message);
  }

  void start(const InputFile& file, OpenedFile opened, const Profile& profile) {
    current_ = std::make_shared<OpenFile>();
    current_->path = file.path;
    current_->profile = &profile;
    current_->table = profile.compiled().table_of_file(file.path);
    opened.records->expect(profile.compiled().wants);
    InputSummary summary;
    summary.path = file.path;
    summary.syntax = opened.syntax->id;
    summary.profile = profile.id();
    summary.table = current_->table;
    summary.source = source_of(file.path, profile);
    current_->opened = std::move(opened);
    const std::scoped_lock lock(collecting_);
    current_->number = builder_.add_file(std::move(summary), profile.compiled());
    ++read_files_;
  }

  [[nodiscard]] std::string source_of(const std::string& path, const Profile& profile) const {
    std::string name = profile.id();
    std::size_t longest = 0;
    for (const auto& [source, root] : options_.sources) {
      const std::string folder = canonical(root);
      if (is_inside(canonical(path), folder) && folder.size() >= longest) {
        longest = folder.size();
        name = source;
      }
    }
    return name;
  }

  /// Whether a profile has a table of that file's name.
  [[nodiscard]] bool is_table(const std::string& path) const {
    return std::ranges::any_of(profiles_, [&](const Profile& profile) {
      return !profile.compiled().table_of_file(path).empty();
    });
  }

  void skip(const InputFile& file, const std::string& why) {
    const std::scoped_lock lock(collecting_);
    builder_.add_notice({"not-an-export", why, {file.path}});
  }

  [[nodiscard]] Error unclear(const std::string& path, std::string_view syntax,
                              const Records& records,
                              std::span<const Profile* const> matching) const {
    std::vector<std::string> names;
    if (matching.empty()) {
      for (const Profile& profile : profiles_) {
        names.push_back(profile.id());
      }
    } else {
      for (const Profile* profile : matching) {
        names.push_back(profile->id());
      }
    }
    std::vector<std::string> fields = records.fields();
    const bool cut = fields.size() > 8;
    fields.resize(std::min<std::size_t>(fields.size(), 8));
    const std::string seen =
        fields.empty() ? std::string("no records")
                       : fmt::format("the fields {}{}", join(fields, ", "), cut ? ", ..." : "");
    if (matching.empty()) {
      const std::string advice =
          path == "-" ? "save it as a file that is named after its table"
          : syntax == "csv"
              ? "name the file after its table, with the fields' names in its first line"
              : "name the file after its table";
      return {fmt::format("no profile understands this file: {} {} tried, and {} found; {}, or "
                          "describe it with --profile",
                          join(names, ", "), names.size() == 1 ? "was" : "were", seen, advice),
              {path}};
    }
    return {
        fmt::format("more than one profile understands this file: {}; {} found; choose one with "
                    "--profile",
                    join(names, ", "), seen),
        {path}};
  }

  void report_progress() {
    if (options_.progress) {
      options_.progress(done_bytes_ + current_->opened.source->bytes_read(), all_bytes_);
    }
  }

  // --- parsing, side by side

  std::optional<Error> parse(Task& task, Batch& batch) const {
    const OpenFile& file = *task.file;
    const ChunkContext context{file.number, file.path, file.table, task.chunk->container};
    Mapper mapper(file.profile->compiled(), context, batch);
    if (auto parsed = file.opened.records->parse(*task.chunk, mapper); !parsed) {
      return with_reason(std::move(parsed).error());
    }
    if (!batch.failures.empty()) {
      return Error{fmt::format("the export ends in an error of its server: {}: make it again",
                               batch.failures.front()),
                   {file.path}};
    }
    return std::nullopt;
  }

  static void finish_file(const Task& task, Batch& batch) {
    const OpenFile& file = *task.file;
    const ChunkContext context{file.number, file.path, file.table, {}};
    Mapper mapper(file.profile->compiled(), context, batch);
    file.opened.records->finish(mapper);
  }

  /// Says why the server broke off, where the file has it.
  static Error with_reason(Error error) {
    const std::string reason = error.place.file.empty() ? "" : reason_in(error.place.file);
    if (!reason.empty()) {
      error.message += fmt::format(" (the file itself says: {})", reason);
    }
    return error;
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
        const ByteSource& source = *ended->opened.source;
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
  std::span<const Profile> profiles_;

  std::mutex reading_;  // Guards the files and the order of tasks; taken before `collecting_`.
  std::vector<InputFile> waiting_;
  std::size_t next_file_ = 0;
  std::size_t next_number_ = 0;
  std::shared_ptr<OpenFile> current_;
  std::uint64_t done_bytes_ = 0;
  std::uint64_t all_bytes_ = 0;
  std::atomic<bool> stopped_ = false;

  std::mutex collecting_;  // Guards the builder and what waits for it.
  InventoryBuilder builder_;
  std::map<std::size_t, Parsed> done_;
  std::size_t next_appended_ = 0;
  std::size_t read_files_ = 0;
  std::optional<Error> error_;
  std::size_t error_number_ = 0;
};

}  // namespace

Result<Inventory> import(const ImportOptions& options) {
  return Import(options).run();
}

}  // namespace tierline
