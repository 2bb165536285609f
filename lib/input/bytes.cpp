#include "input/bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace tierline {
namespace {

class FileBytes final : public Bytes {
 public:
  FileBytes(int descriptor, std::string path, std::shared_ptr<Expansion> expansion)
      : descriptor_(descriptor),
        path_(std::move(path)),
        expansion_(std::move(expansion)),
        can_seek_(::lseek(descriptor, 0, SEEK_CUR) == 0) {}
  ~FileBytes() override {
    if (descriptor_ != STDIN_FILENO) {
      ::close(descriptor_);
    }
  }

  [[nodiscard]] bool can_seek() const override { return can_seek_; }

 private:
  Result<std::size_t> take(std::span<char> out) override {
    std::size_t filled = 0;
    while (filled < out.size()) {
      const ssize_t got = ::read(descriptor_, out.data() + filled, out.size() - filled);
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got < 0) {
        return Error{fmt::format("cannot read: {}", std::strerror(errno)), {path_}};
      }
      if (got == 0) {
        break;
      }
      filled += static_cast<std::size_t>(got);
    }
    expansion_->set_taken(expansion_->taken() + filled);
    return filled;
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
};

}  // namespace

Result<std::string_view> Bytes::peek(std::size_t size) {
  if (const std::size_t had = peeked_.size(); had < size) {
    peeked_.resize(size);
    auto got = take(std::span(peeked_).subspan(had));
    if (!got) {
      return std::move(got).error();
    }
    peeked_.resize(had + *got);
  }
  return std::string_view(peeked_).substr(0, size);
}

Result<std::size_t> Bytes::read(std::span<char> out) {
  const std::size_t count = std::min(out.size(), peeked_.size() - used_);
  std::copy_n(peeked_.data() + used_, count, out.data());
  used_ += count;
  if (count == out.size()) {
    return count;
  }
  auto got = take(out.subspan(count));
  return got ? Result<std::size_t>(count + *got) : got;
}

std::int64_t Bytes::seek(std::int64_t offset, int whence) {
  const std::int64_t at = move(offset, whence);
  if (at >= 0) {
    used_ = peeked_.size();
  }
  return at;
}

Result<std::unique_ptr<Bytes>> open_bytes(const std::string& path,
                                          std::shared_ptr<Expansion> expansion) {
  const int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return Error{errno == ENOENT ? "no such file or folder"
                                 : fmt::format("cannot open: {}", std::strerror(errno)),
                 {path}};
  }
  return std::unique_ptr<Bytes>(
      std::make_unique<FileBytes>(descriptor, path, std::move(expansion)));
}

}  // namespace tierline
