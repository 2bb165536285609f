#include "files/text_source.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t beginning_size = 64 * 1024;

struct Digest {
  XXH3_state_t* state = XXH3_createState();
  Digest() { XXH3_128bits_reset(state); }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest() { XXH3_freeState(state); }
};

/// Bytes that are counted and digested as they pass.
class CountedBytes {
 public:
  explicit CountedBytes(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}

  Result<std::size_t> read(std::span<char> out) {
    auto got = bytes_->read(out);
    if (got) {
      XXH3_128bits_update(digest_.state, out.data(), *got);
      count_ += *got;
    }
    return got;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }

  [[nodiscard]] std::string digest() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(digest_.state);
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
  }

 private:
  std::unique_ptr<ByteStream> bytes_;
  Digest digest_;
  std::uint64_t count_ = 0;
};

/// Turns pieces of UTF-16 into UTF-8; a pair cut by the end of a piece waits for the next one.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}

  void decode(std::string_view bytes, bool is_last, std::string& out) {
    rest_.append(bytes);
    std::size_t at = 0;
    while (at + 2 <= rest_.size()) {
      const std::uint32_t unit = unit_at(at);
      const bool is_high = unit >= 0xD800 && unit < 0xDC00;
      if (is_high && at + 4 > rest_.size() && !is_last) {
        break;
      }
      const std::uint32_t next = at + 4 <= rest_.size() ? unit_at(at + 2) : 0;
      if (is_high && next >= 0xDC00 && next < 0xE000) {
        append_utf8(out, 0x10000 + ((unit - 0xD800) << 10U) + (next - 0xDC00));
        at += 4;
      } else {
        append_utf8(out, unit);
        at += 2;
      }
    }
    rest_.erase(0, at);
    if (is_last && !rest_.empty()) {
      append_utf8(out, UINT32_MAX);
      rest_.clear();
    }
  }

 private:
  [[nodiscard]] std::uint32_t unit_at(std::size_t at) const {
    const auto first = static_cast<unsigned char>(rest_[at]);
    const auto second = static_cast<unsigned char>(rest_[at + 1]);
    return big_endian_ ? (first * 256U) + second : (second * 256U) + first;
  }

  bool big_endian_;
  std::string rest_;
};

class DecodedText final : public TextSource {
 public:
  explicit DecodedText(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}

  Status begin() {
    beginning_.resize(beginning_size);
    auto got = bytes_.read(beginning_);
    if (!got) {
      return std::move(got).error();
    }
    beginning_.resize(*got);
    at_end_ = *got < beginning_size;
    if (beginning_.starts_with("\xEF\xBB\xBF")) {
      beginning_.erase(0, 3);
      passed_ = 3;
    } else if (beginning_.starts_with("\xFF\xFE") || beginning_.starts_with("\xFE\xFF")) {
      decoder_.emplace(beginning_.starts_with("\xFE\xFF"));
      std::string decoded;
      decoder_->decode(std::string_view(beginning_).substr(2), at_end_, decoded);
      beginning_ = std::move(decoded);
    }
    pending_ = beginning_;
    return Done{};
  }

  [[nodiscard]] std::string_view beginning() const override { return beginning_; }

  /// All text passes here, whatever it is read as.
  Result<std::size_t> read(std::span<char> out) override {
    auto got = fill(out);
    if (got) {
      if (const void* nul = *got == 0 ? nullptr : std::memchr(out.data(), 0, *got)) {
        const auto at =
            passed_ + static_cast<std::uint64_t>(static_cast<const char*>(nul) - out.data());
        return Error{
            fmt::format("byte {} is NUL, which no text has: the export is damaged, make "
                        "it again",
                        at + 1)};
      }
      passed_ += *got;
    }
    return got;
  }

  [[nodiscard]] std::uint64_t bytes_read() const override { return bytes_.count(); }
  [[nodiscard]] std::string digest() const override { return bytes_.digest(); }

 private:
  Result<std::size_t> fill(std::span<char> out) {
    std::size_t filled = take_pending(out);
    if (filled == out.size() || at_end_) {
      return filled;
    }
    if (!decoder_) {
      auto got = bytes_.read(out.subspan(filled));
      if (got) {
        at_end_ = filled + *got < out.size();
        return filled + *got;
      }
      return got;
    }
    return decode(out, filled);
  }

  Result<std::size_t> decode(std::span<char> out, std::size_t filled) {
    std::array<char, beginning_size> bytes;
    while (filled < out.size() && !at_end_) {
      auto got = bytes_.read(bytes);
      if (!got) {
        return got;
      }
      at_end_ = *got < bytes.size();
      decoded_.clear();
      decoder_->decode({bytes.data(), *got}, at_end_, decoded_);
      pending_ = decoded_;
      filled += take_pending(out.subspan(filled));
    }
    return filled;
  }

  std::size_t take_pending(std::span<char> out) {
    const std::size_t count = std::min(pending_.size(), out.size());
    std::copy_n(pending_.begin(), count, out.begin());
    pending_.remove_prefix(count);
    return count;
  }

  CountedBytes bytes_;
  std::uint64_t passed_ = 0;  ///< Bytes of text that were handed out, a byte order mark included.
  std::string beginning_;
  std::string decoded_;
  std::string_view pending_;
  std::optional<Utf16Decoder> decoder_;
  bool at_end_ = false;
};

}  // namespace

Result<std::shared_ptr<TextSource>> read_as_text(std::unique_ptr<ByteStream> bytes) {
  auto source = std::make_shared<DecodedText>(std::move(bytes));
  if (auto begun = source->begin(); !begun) {
    return std::move(begun).error();
  }
  return std::shared_ptr<TextSource>(std::move(source));
}

}  // namespace tierline
