#include "files/byte_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "tierline/small_file.h"

namespace tierline {
namespace {

class FileBytes final : public ByteStream {
 public:
  FileBytes(int descriptor, std::string path, std::shared_ptr<Expansion> expansion)
      : descriptor_(descriptor),
        path_(std::move(path)),
        expansion_(std::move(expansion)),
        can_seek_(::lseek(descriptor, 0, SEEK_CUR) == 0),
        size_(size_now()) {}
  ~FileBytes() override { close(); }

  [[nodiscard]] bool can_seek() const override { return can_seek_; }

  void close_at_end() override {
    closes_at_end_ = true;
    if (at_end_) {
      close();
    }
  }

  [[nodiscard]] Status check_size() const override {
    if (descriptor_ >= 0 && size_now() != size_) {
      return Error{
          "this file changed while it was read: read it when nothing writes to it any more",
          {path_}};
    }
    return Done{};
  }

 private:
  Result<std::size_t> read_available(std::span<char> out) override {
    while (descriptor_ >= 0) {
      const ssize_t got = ::read(descriptor_, out.data(), out.size());
      if (got >= 0) {
        const auto size = static_cast<std::size_t>(got);
        expansion_->set_taken(expansion_->taken() + size);
        return size > 0 || out.empty() ? Result<std::size_t>(size) : end();
      }
      if (errno != EINTR) {
        return Error{fmt::format("cannot read: {}", std::strerror(errno)), {path_}};
      }
    }
    return 0;
  }

  Result<std::size_t> end() {
    at_end_ = true;
    if (auto checked = check_size(); !checked) {
      return std::move(checked).error();
    }
    if (closes_at_end_) {
      close();
    }
    return 0;
  }

  void close() {
    if (descriptor_ > STDIN_FILENO) {
      ::close(descriptor_);
    }
    descriptor_ = -1;
  }

  /// Of pipes and devices nobody knows a size.
  [[nodiscard]] off_t size_now() const {
    struct stat status {};
    return ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : -1;
  }

  std::int64_t move(std::int64_t offset, int whence) override {
    const std::int64_t at = ::lseek(descriptor_, offset, whence);
    if (at >= 0) {
      expansion_->set_taken(static_cast<std::uint64_t>(at));
    }
    return at;
  }

  int descriptor_;
  std::string path_;
  std::shared_ptr<Expansion> expansion_;
  bool can_seek_;
  off_t size_;  ///< When it was opened.
  bool at_end_ = false;
  bool closes_at_end_ = false;
};

}  // namespace

Result<std::string_view> ByteStream::peek(std::size_t size) {
  std::string beginning(size, '\0');
  auto got = read(beginning);
  if (!got) {
    return std::move(got).error();
  }
  beginning.resize(*got);
  peeked_ = std::move(beginning);
  used_ = 0;
  return std::string_view(peeked_);
}

Result<std::size_t> ByteStream::read(std::span<char> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    auto got = read_some(out.subspan(filled));
    if (!got || *got == 0) {
      return got ? Result<std::size_t>(filled) : got;
    }
    filled += *got;
  }
  return filled;
}

Result<std::size_t> ByteStream::read_some(std::span<char> out) {
  if (used_ == peeked_.size()) {
    return read_available(out);
  }
  const std::size_t count = std::min(out.size(), peeked_.size() - used_);
  std::copy_n(peeked_.data() + used_, count, out.data());
  used_ += count;
  return count;
}

std::int64_t ByteStream::seek(std::int64_t offset, int whence) {
  const std::int64_t at = move(offset, whence);
  if (at >= 0) {
    used_ = peeked_.size();
  }
  return at;
}

Result<std::unique_ptr<ByteStream>> open_bytes(const std::string& path,
                                               std::shared_ptr<Expansion> expansion) {
  const int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error{errno == ENOENT ? "no such file or folder"
                                 : fmt::format("cannot open: {}", std::strerror(errno)),
                 {path}};
  }
  return std::unique_ptr<ByteStream>(
      std::make_unique<FileBytes>(descriptor, path, std::move(expansion)));
}

Result<std::string> read_small_file(const std::string& path, std::size_t most,
                                    std::string_view kind) {
  auto file = open_bytes(path, std::make_shared<Expansion>());
  if (!file) {
    return std::move(file).error();
  }
  auto text = (*file)->peek(most + 1);
  if (!text) {
    return std::move(text).error();
  }
  if (text->size() > most) {
    constexpr std::size_t mebi = 1024 * 1024;
    return Error{most < mebi
                     ? fmt::format("this is no {}: none is larger than {} KiB", kind, most / 1024)
                     : fmt::format("this is no {}: none is larger than {} MiB", kind, most / mebi),
                 {path}};
  }
  return std::string(*text);
}

}  // namespace tierline
