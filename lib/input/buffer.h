#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace tierline {

class Buffer;

/// Text that has `Buffer::padding` bytes behind it which may be read: part of a buffer. What scans
/// it block by block asks for this, so that no other text can get there.
class PaddedView {
 public:
  [[nodiscard]] std::string_view text() const { return text_; }
  operator std::string_view() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  char operator[](std::size_t at) const { return text_[at]; }
  /// Without what stands before `offset`.
  [[nodiscard]] PaddedView from(std::size_t offset) const {
    return PaddedView(text_.substr(offset));
  }
  [[nodiscard]] PaddedView first(std::size_t size) const {
    return PaddedView(text_.substr(0, size));
  }

 private:
  friend Buffer;
  explicit PaddedView(std::string_view text) : text_(text) {}
  std::string_view text_;
};

/// Text in memory, writable because parsers unescape in place, with room after its end so that they
/// may read a little past it.
class Buffer {
 public:
  static constexpr std::size_t padding = 64;

  explicit Buffer(std::size_t capacity)
      : bytes_(std::make_unique_for_overwrite<char[]>(capacity + padding)), capacity_(capacity) {
    set_size(0);
  }

  /// A copy of `text`, with room for `capacity` bytes in all.
  Buffer(std::string_view text, std::size_t capacity) : Buffer(capacity) {
    std::ranges::copy(text, data());
    set_size(text.size());
  }
  explicit Buffer(std::string_view text) : Buffer(text, text.size()) {}

  [[nodiscard]] char* data() const { return bytes_.get(); }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
  [[nodiscard]] PaddedView padded() const { return PaddedView(view()); }
  /// Says that nobody relies on the text at [begin, end) any more. Builds with assertions spoil it,
  /// so that a view into it that was kept for too long shows in every test. Texts that had to be
  /// decoded stand elsewhere, and are not spoilt.
  void let_go([[maybe_unused]] std::size_t begin, [[maybe_unused]] std::size_t end) const {
    assert(begin <= end && end <= size_);
#ifndef NDEBUG
    std::fill(data() + begin, data() + end, '\xDD');
#endif
  }
  void set_size(std::size_t size) {
    assert(size <= capacity_);
    size_ = size;
    std::memset(bytes_.get() + size, 0, padding);
  }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_;
  std::size_t size_ = 0;
};

}  // namespace tierline
