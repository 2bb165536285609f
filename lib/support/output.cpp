#include "tierline/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <vector>

#include "support/temporary_file.h"
#include "tierline/text.h"

namespace tierline {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_size = 256 * 1024;
constexpr std::array ending_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXFSZ};

std::string device_and_inode(const struct stat& status) {
  return S_ISCHR(status.st_mode) || S_ISSOCK(status.st_mode)
             ? std::string()
             : fmt::format("{}:{}", status.st_dev, status.st_ino);
}

class FileOutput final : public Output {
 public:
  /// A device, a pipe or standard output, written as it is.
  FileOutput(int descriptor, std::string path, std::string identity)
      : descriptor_(descriptor), path_(std::move(path)), identity_(std::move(identity)) {}
  FileOutput(std::unique_ptr<TemporaryFile> file, std::string path, std::string identity)
      : descriptor_(file->descriptor()),
        path_(std::move(path)),
        identity_(std::move(identity)),
        file_(std::move(file)) {}
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  ~FileOutput() override {
    if (!file_ && descriptor_ > STDERR_FILENO) {
      ::close(descriptor_);
    }
  }

  void write(std::string_view text) override {
    buffer_ += text;
    if (buffer_.size() >= buffer_size) {
      flush();
    }
  }

  [[nodiscard]] std::string identity() const override { return identity_; }
  [[nodiscard]] std::string path() const override { return path_; }

  Status save() override {
    flush();
    if (error_ == 0 && file_) {
      error_ = file_->save();
    }
    return error_ == 0 ? Status(Done{}) : Error{std::strerror(error_)};
  }

  Result<bool> put_in_place() override {
    if (!file_) {
      return false;
    }
    const int error = file_->put_in_place();
    return error == 0 ? Result<bool>(true) : Error{std::strerror(error)};
  }

  void settle() override {
    if (file_) {
      file_->settle();
    }
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

  int descriptor_;
  std::string path_;
  std::string identity_;
  std::unique_ptr<TemporaryFile> file_;
  std::string buffer_;
  int error_ = 0;
};

Error cannot_open(const std::string& path, std::string_view why) {
  return {fmt::format("cannot write here: {}", why), {path}};
}

/// Where a path leads in the end: links are followed, whether or not anything is there.
Result<fs::path> target_of(const std::string& path) {
  constexpr int most_links = 40;
  fs::path target = path;
  for (int links = 0; links <= most_links; ++links) {
    std::array<char, PATH_MAX> text;
    const ssize_t size = ::readlink(target.c_str(), text.data(), text.size());
    if (size < 0) {
      return target;
    }
    target = target.parent_path() / std::string(text.data(), static_cast<std::size_t>(size));
  }
  return cannot_open(path, std::strerror(ELOOP));
}

fs::path folder_of(const fs::path& target) {
  return target.has_parent_path() ? target.parent_path() : fs::path(".");
}

/// A folder that may be written but not read will do.
int open_folder(const fs::path& path) {
  const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return folder >= 0 || errno != EACCES ? folder
                                        : ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

Result<std::unique_ptr<Output>> open_file(const std::string& path) {
  auto target = target_of(path);
  if (!target) {
    return std::move(target).error();
  }
  const int folder = open_folder(folder_of(*target));
  if (folder < 0) {
    return cannot_open(path, std::strerror(errno));
  }
  auto file = TemporaryFile::create(folder, target->filename().string());
  if (!file) {
    return cannot_open(path, file.error().message);
  }
  return std::unique_ptr<Output>(
      std::make_unique<FileOutput>(std::move(*file), path, tierline::identity_of(path)));
}

extern "C" void die_of(int signal) {
  remove_unfinished_outputs();
  ::signal(signal, SIG_DFL);
  ::raise(signal);
}

void set_on_signals(void (*action)(int)) {
  for (const int signal : ending_signals) {
    struct sigaction now {};
    struct sigaction wanted {};
    ::sigaction(signal, nullptr, &now);
    wanted.sa_handler = action;
    if (now.sa_handler != SIG_IGN) {
      ::sigaction(signal, &wanted, nullptr);
    }
  }
}

}  // namespace

Result<std::unique_ptr<Output>> Output::open(const std::string& path) {
  struct stat status {};
  if (path == "-") {
    const bool is_open = ::fstat(STDOUT_FILENO, &status) == 0;
    return std::unique_ptr<Output>(std::make_unique<FileOutput>(
        STDOUT_FILENO, "<stdout>", is_open ? device_and_inode(status) : ""));
  }
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if ((exists && S_ISDIR(status.st_mode)) || path.ends_with('/')) {
    return Error{"this is a folder: name a file to write to", {path}};
  }
  if (!exists || S_ISREG(status.st_mode)) {
    return open_file(path);
  }
  // Renaming onto devices and pipes would replace them.
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return cannot_open(path, std::strerror(errno));
  }
  return std::unique_ptr<Output>(
      std::make_unique<FileOutput>(descriptor, path, device_and_inode(status)));
}

Status commit(std::span<Output* const> outputs) {
  std::vector<std::string> changed;
  const auto failed = [&](const Output& output, const Error& error) {
    return Error{fmt::format("cannot write: {}; {}", error.message,
                             changed.empty()
                                 ? "no file was changed"
                                 : fmt::format("only this was written: {}", join(changed, ", "))),
                 {output.path()}};
  };
  for (Output* output : outputs) {
    if (auto saved = output->save(); !saved) {
      return failed(*output, saved.error());
    }
  }
  for (Output* output : outputs) {
    const auto placed = output->put_in_place();
    if (!placed) {
      return failed(*output, placed.error());
    }
    if (*placed) {
      changed.push_back(output->path());
    }
  }
  for (Output* output : outputs) {
    output->settle();
  }
  return Done{};
}

std::string identity_of(const std::string& path) {
  struct stat status {};
  if (path == "-") {
    return ::fstat(STDIN_FILENO, &status) == 0 ? device_and_inode(status) : std::string();
  }
  if (::stat(path.c_str(), &status) == 0) {
    return device_and_inode(status);
  }
  const auto target = target_of(path);
  if (!target || ::stat(folder_of(*target).c_str(), &status) != 0) {
    return {};
  }
  return fmt::format("{}/{}", device_and_inode(status), target->filename().string());
}

void clean_up_on_signals() {
  set_on_signals(die_of);
}

void forget_signals() {
  set_on_signals(SIG_DFL);
}

}  // namespace tierline
