#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "files/files.h"
#include "files/text_source.h"
#include "input/buffer.h"

namespace tierline {

/// The text of a file while chunks are cut off it: what is left of what was read, and more behind
/// it whenever that holds no whole record. Where a record is larger than the buffer, the buffer
/// grows.
class RefillBuffer {
 public:
  static constexpr std::size_t usual_size = 1024 * 1024;
  static constexpr std::size_t largest_record = 256 * 1024 * 1024;
  static_assert(2 * largest_record <= UINT32_MAX, "indexes of chunks have offsets of 32 bits");

  /// `record` is what one is called, in messages, and `advice` follows where it is too large.
  RefillBuffer(std::shared_ptr<TextSource> source, std::string path, std::string_view record,
               std::string_view advice = {})
      : source_(std::move(source)), path_(std::move(path)), record_(record), advice_(advice) {}

  [[nodiscard]] std::string_view view() const { return text_.view(); }
  [[nodiscard]] PaddedView padded() const { return text_.padded(); }
  [[nodiscard]] char* data() const { return text_.data(); }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  /// Nothing comes behind the text.
  [[nodiscard]] bool at_end() const { return at_end_; }

  /// Drops what stands before `done`, and reads on; `line` is that of `done`.
  Status fill(std::size_t done, std::uint64_t line) {
    const std::size_t left = text_.size() - done;
    if (left >= largest_record) {
      return Error{
          fmt::format("a {} is larger than {} MiB{}", record_, largest_record >> 20U, advice_),
          {path_, line}};
    }
    Buffer larger(text_.view().substr(done), std::max(usual_size, left * 2));
    auto got = source_->read({larger.data() + left, larger.capacity() - left});
    if (!got) {
      return in_file(std::move(got).error(), path_);
    }
    larger.set_size(left + *got);
    at_end_ = larger.size() < larger.capacity();
    text_ = std::move(larger);
    return Done{};
  }

  /// All of the text, for a chunk; goes on with a copy of what stands from `rest` on.
  Buffer hand_over(std::size_t rest) {
    Buffer copy(text_.view().substr(rest));
    return std::exchange(text_, std::move(copy));
  }

 private:
  std::shared_ptr<TextSource> source_;
  std::string path_;
  std::string_view record_;
  std::string_view advice_;
  Buffer text_{0};
  bool at_end_ = false;
};

}  // namespace tierline
