// A folder that is exchanged for another one as a whole.

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <memory>

#include "support/temporary_file.h"
#include "tierline/output.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = 256 * 1024;

/// Removes a folder that a killed run has left: old, and locked by nobody.
void sweep(const fs::path& folder) {
  constexpr std::time_t old_enough = 3600;
  const int open = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  struct stat status {};
  if (open >= 0 && ::fstat(open, &status) == 0 &&
      status.st_mtime < std::time(nullptr) - old_enough && ::flock(open, LOCK_EX | LOCK_NB) == 0) {
    std::error_code error;
    fs::remove_all(folder, error);
  }
  if (open >= 0) {
    ::close(open);
  }
}

void sweep_all(const fs::path& parent) {
  std::error_code error;
  for (fs::directory_iterator at(parent, error), end; !error && at != end; at.increment(error)) {
    if (is_temporary_name(at->path().filename().string())) {
      sweep(at->path());
    }
  }
}

/// Whether a folder may be replaced: it is ours, or there is nothing in it.
Status may_replace(const fs::path& folder, const std::string& marker) {
  struct stat status {};
  if (::lstat(folder.c_str(), &status) != 0) {
    return errno == ENOENT ? Status(Done{}) : Error{std::strerror(errno)};
  }
  if (!S_ISDIR(status.st_mode)) {
    return Error{"this is a file, and a folder is to be written"};
  }
  std::error_code error;
  const bool is_empty = fs::is_empty(folder, error);
  if (error) {
    return Error{error.message()};
  }
  if (!is_empty && !fs::is_regular_file(fs::symlink_status(folder / marker, error))) {
    return Error{
        fmt::format("this folder is not tierline's: it holds no {}; name one that is not "
                    "there yet",
                    marker)};
  }
  return Done{};
}

class FolderOutput final : public Output {
 public:
  FolderOutput(std::string path, fs::path target, fs::path temporary, int folder,
               std::string marker)
      : path_(std::move(path)),
        target_(std::move(target)),
        temporary_(std::move(temporary)),
        marker_(std::move(marker)),
        folder_(folder) {}
  FolderOutput(const FolderOutput&) = delete;
  FolderOutput& operator=(const FolderOutput&) = delete;

  ~FolderOutput() override {
    close_file();
    // In its place stands what was there before, or nothing.
    std::error_code error;
    fs::remove_all(temporary_, error);
    ::close(folder_);
  }

  void begin_file(const std::string& name) override {
    close_file();
    file_ =
        ::openat(folder_, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    error_ = error_ == 0 && file_ < 0 ? errno : error_;
  }

  void write(std::string_view text) override {
    buffer_ += text;
    if (buffer_.size() >= buffer_size) {
      flush();
    }
  }

  [[nodiscard]] std::string identity() const override { return identity_of(target_.string()); }
  [[nodiscard]] std::string path() const override { return path_; }
  [[nodiscard]] bool holds(const std::string& path) const override {
    std::error_code error;
    const fs::path place = fs::weakly_canonical(path, error);
    const auto [inside, outside] =
        std::mismatch(target_.begin(), target_.end(), place.begin(), place.end());
    return !error && inside == target_.end();
  }

  Status save() override {
    close_file();
    // Many small files: to bring each to disk by itself takes far longer.
    if (error_ == 0 && ::syncfs(folder_) != 0) {
      error_ = errno;
    }
    return error_ == 0 ? Status(Done{}) : Error{std::strerror(error_)};
  }

  Result<bool> put_in_place() override {
    if (auto allowed = may_replace(target_, marker_); !allowed) {
      return std::move(allowed).error();
    }
    const int error = exchange();
    return error == 0 ? Result<bool>(true) : Error{std::strerror(error)};
  }

  void settle() override {
    const int parent = ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent >= 0) {
      ::fsync(parent);
      ::close(parent);
    }
  }

 private:
  /// What was there stands under the temporary name afterwards.
  [[nodiscard]] int exchange() const {
    const char* const from = temporary_.c_str();
    const char* const to = target_.c_str();
    if (::access(to, F_OK) != 0) {
      return ::rename(from, to) == 0 ? 0 : errno;
    }
    if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0) {
      return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
      return errno;
    }
    // A file system that cannot exchange: for a moment, nothing is there.
    const std::string aside = temporary_.string() + ".old";
    if (::rename(to, aside.c_str()) != 0) {
      return errno;
    }
    if (::rename(from, to) != 0) {
      const int error = errno;
      ::rename(aside.c_str(), to);
      return error;
    }
    ::rename(aside.c_str(), from);
    return 0;
  }

  void flush() {
    std::string_view rest = buffer_;
    while (!rest.empty() && error_ == 0) {
      const ssize_t written = ::write(file_, rest.data(), rest.size());
      if (written >= 0) {
        rest.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    buffer_.clear();
  }

  void close_file() {
    if (file_ >= 0) {
      flush();
      error_ = ::close(file_) != 0 && error_ == 0 ? errno : error_;
      file_ = -1;
    }
  }

  std::string path_;
  fs::path target_;
  fs::path temporary_;
  std::string marker_;
  int folder_;  ///< The temporary one, locked while this lives.
  int file_ = -1;
  std::string buffer_;
  int error_ = 0;
};

}  // namespace

Result<std::unique_ptr<Output>> Output::open_folder(const std::string& path,
                                                    const std::string& marker) {
  const auto cannot = [&](const std::string& why) {
    return Error{fmt::format("cannot write here: {}", why), {path}};
  };
  std::error_code error;
  fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
  if (!error && !target.has_filename()) {
    target = target.parent_path();
  }
  if (error || !target.has_filename()) {
    return cannot(error ? error.message() : "no folder can take its place");
  }
  if (auto allowed = may_replace(target, marker); !allowed) {
    return cannot(allowed.error().message);
  }
  sweep_all(target.parent_path());
  const fs::path temporary = target.parent_path() / temporary_name();
  if (::mkdir(temporary.c_str(), 0777) != 0) {
    return cannot(std::strerror(errno));
  }
  const int folder = ::open(temporary.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    const int why = errno;
    ::rmdir(temporary.c_str());
    return cannot(std::strerror(why));
  }
  ::flock(folder, LOCK_EX | LOCK_NB);
  return std::unique_ptr<Output>(
      std::make_unique<FolderOutput>(path, target, temporary, folder, marker));
}

}  // namespace tierline
