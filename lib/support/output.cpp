#include "tierline/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = 256 * 1024;

class FileOutput final : public Output {
 public:
  /// `temporary` is renamed to `path` in the end; empty when `path` itself is written.
  FileOutput(int descriptor, std::string path, std::string temporary)
      : descriptor_(descriptor), path_(std::move(path)), temporary_(std::move(temporary)) {}
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  ~FileOutput() override {
    close();
    if (!temporary_.empty()) {
      ::unlink(temporary_.c_str());
    }
  }

  void write(std::string_view text) override {
    buffer_ += text;
    if (buffer_.size() >= buffer_size) {
      flush();
    }
  }

  Status commit() override {
    flush();
    if (error_ == 0 && !temporary_.empty() && ::fsync(descriptor_) != 0) {
      error_ = errno;
    }
    if (const int closed = close(); error_ == 0) {
      error_ = closed;
    }
    if (error_ == 0 && !temporary_.empty()) {
      error_ = ::rename(temporary_.c_str(), path_.c_str()) == 0 ? 0 : errno;
    }
    if (error_ != 0) {
      return Error{fmt::format("cannot write: {}{}", std::strerror(error_),
                               temporary_.empty() ? "" : "; nothing was changed"),
                   {path_}};
    }
    temporary_.clear();
    return Done{};
  }

 private:
  void flush() {
    std::string_view rest = buffer_;
    while (!rest.empty() && error_ == 0) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written >= 0) {
        rest.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
    buffer_.clear();
  }

  int close() {
    const int descriptor = std::exchange(descriptor_, -1);
    return descriptor > STDERR_FILENO && ::close(descriptor) != 0 ? errno : 0;
  }

  int descriptor_;
  std::string path_;
  std::string temporary_;
  std::string buffer_;
  int error_ = 0;
};

Error cannot_open(const std::string& path) {
  return {fmt::format("cannot write here: {}", std::strerror(errno)), {path}};
}

/// Devices and pipes are written as they are: renaming onto them would replace them.
bool is_special(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

}  // namespace

Result<std::unique_ptr<Output>> Output::open(const std::string& path) {
  if (path == "-") {
    return std::unique_ptr<Output>(std::make_unique<FileOutput>(STDOUT_FILENO, "<stdout>", ""));
  }
  std::error_code error;
  if (fs::is_directory(path, error)) {
    return Error{"this is a folder: name a file to write to", {path}};
  }
  if (is_special(path)) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) {
      return cannot_open(path);
    }
    return std::unique_ptr<Output>(std::make_unique<FileOutput>(descriptor, path, ""));
  }
  // A link keeps pointing where it points.
  const fs::path target =
      fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : fs::path(path);
  const std::string temporary =
      (target.parent_path() / fmt::format(".{}.{}.part", target.filename().string(), ::getpid()))
          .string();
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    return cannot_open(path);
  }
  return std::unique_ptr<Output>(
      std::make_unique<FileOutput>(descriptor, target.string(), temporary));
}

}  // namespace tierline
