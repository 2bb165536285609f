#include "input/json/transcoder.h"

#include <algorithm>

namespace tierline {
namespace {

/// Memory that a record of ordinary size may leave behind.
constexpr std::size_t kept_capacity = 1024 * 1024;

}  // namespace

Result<std::size_t> JsonTranscoder::read(std::span<char> out) {
  std::size_t filled = 0;
  while (filled < out.size()) {
    if (taken_ == json_.size()) {
      taken_ = 0;
      json_.clear();
      if (json_.capacity() > kept_capacity) {
        json_.shrink_to_fit();
      }
      const auto is_more = write_on();
      if (!is_more) {
        return is_more.error();
      }
      if (!*is_more) {
        break;
      }
    }
    const std::size_t count = std::min(json_.size() - taken_, out.size() - filled);
    std::copy_n(json_.data() + taken_, count, out.data() + filled);
    taken_ += count;
    filled += count;
  }
  return filled;
}

void JsonTranscoder::go_to_line(std::uint64_t line) {
  if (line_ < line) {
    json_.append(line - line_, '\n');
    line_ = line;
  }
}

}  // namespace tierline
