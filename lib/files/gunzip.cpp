#include "files/gunzip.h"

#include <zlib.h>

#include <algorithm>
#include <vector>

#include "files/archive_reader.h"

namespace tierline {
namespace {

constexpr std::size_t packed_size = 256 * 1024;
constexpr std::size_t largest_piece = 64 * 1024 * 1024;  // Of what zlib counts in 32 bits.
constexpr int gzip_only = 15 + 16;                       // A window of any size; no other header.

class Gunzip final : public ByteStream {
 public:
  Gunzip(std::unique_ptr<ByteStream> compressed, std::string path,
         std::shared_ptr<Expansion> expansion)
      : compressed_(std::move(compressed)),
        path_(std::move(path)),
        expansion_(std::move(expansion)),
        buffer_(packed_size) {
    ::inflateInit2(&stream_, gzip_only);
  }
  ~Gunzip() override { ::inflateEnd(&stream_); }

 private:
  Result<std::size_t> read_available(std::span<char> out) override {
    while (true) {
      auto more = refill();
      if (!more) {
        return std::move(more).error();
      }
      if (!*more) {
        return 0;
      }
      auto got = inflate_into(out);
      if (!got || *got > 0) {
        return got;
      }
    }
  }

  /// Whether there is something to inflate.
  Result<bool> refill() {
    while (stream_.avail_in == 0 || !in_member_) {
      if (stream_.avail_in == 0) {
        auto got = compressed_->read_some(buffer_);
        if (!got) {
          return std::move(got).error();
        }
        if (*got == 0) {
          return in_member_ ? Result<bool>(cut_off(path_)) : Result<bool>(false);
        }
        stream_.next_in = reinterpret_cast<Bytef*>(buffer_.data());
        stream_.avail_in = static_cast<uInt>(*got);
      }
      if (!in_member_ && !begin_member()) {
        return followed_by_something(path_);
      }
    }
    return true;
  }

  /// Goes to the next member, over zeros that fill up a block; false at anything else.
  bool begin_member() {
    const Bytef* const end = stream_.next_in + stream_.avail_in;
    const Bytef* const begin =
        std::find_if(static_cast<const Bytef*>(stream_.next_in), end, [](Bytef b) { return b; });
    padded_ |= begin != stream_.next_in;
    stream_.avail_in = static_cast<uInt>(end - begin);
    stream_.next_in += begin - stream_.next_in;
    in_member_ = begin != end && *begin == 0x1F && !padded_;
    return in_member_ || begin == end;
  }

  Result<std::size_t> inflate_into(std::span<char> out) {
    const auto size = static_cast<uInt>(std::min(out.size(), largest_piece));
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = size;
    const int status = ::inflate(&stream_, Z_NO_FLUSH);
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      return broken(path_, stream_.msg == nullptr ? "not gzip" : stream_.msg);
    }
    if (status == Z_STREAM_END) {
      ::inflateReset(&stream_);
      in_member_ = false;
    }
    const std::size_t got = size - stream_.avail_out;
    return expansion_->allows(got) ? Result<std::size_t>(got) : expands_too_far(path_);
  }

  std::unique_ptr<ByteStream> compressed_;
  std::string path_;
  std::shared_ptr<Expansion> expansion_;
  std::vector<char> buffer_;
  z_stream stream_{};
  bool in_member_ = true;
  bool padded_ = false;
};

}  // namespace

std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> compressed, std::string path,
                                   std::shared_ptr<Expansion> expansion) {
  return std::make_unique<Gunzip>(std::move(compressed), std::move(path), std::move(expansion));
}

}  // namespace tierline
