#pragma once
// Bytes as they come, before anyone asks what they say: a file's, what these are compressed from,
// or those of a member of an archive.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "tierline/result.h"

namespace tierline {

/// How far a file on disk was read, and how much came out of it.
///
/// What comes out is bounded, so that a few kilobytes made to unpack for hours are refused. JSON
/// and XML exports shrink to a 20th or a 60th, the emptiest of them to a 150th; zeros shrink to a
/// 1000th and, packed twice, to a millionth. So nobody asks about a file that unpacks to little,
/// and beyond that 200 times what was read is allowed.
class Expansion {
 public:
  static constexpr std::uint64_t free = 256 * 1024 * 1024;
  static constexpr std::uint64_t most = 200;

  void set_taken(std::uint64_t bytes) { taken_ = bytes; }
  /// Where in the file it is being read.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }

  /// Counts what was decompressed; false when that is too much.
  bool allows(std::uint64_t more) {
    unpacked_ += more;
    return unpacked_ <= free + most * taken_;
  }

 private:
  std::uint64_t taken_ = 0;
  std::uint64_t unpacked_ = 0;
};

class ByteStream {
 public:
  ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;
  virtual ~ByteStream() = default;

  /// How they begin, as far as that many bytes; `read` still starts at the first one.
  Result<std::string_view> peek(std::size_t size);
  /// Fills `out` as far as they go; fewer bytes than asked for means the end.
  Result<std::size_t> read(std::span<char> out);
  /// The next bytes, as many as are at hand; none means the end.
  Result<std::size_t> read_some(std::span<char> out);

  [[nodiscard]] virtual bool can_seek() const { return false; }
  /// As lseek does; negative on failure.
  std::int64_t seek(std::int64_t offset, int whence);
  /// Lets a file be closed as soon as it is read, by who never goes back in it.
  virtual void close_at_end() {}
  /// An error where the file is no longer as large as it was when it was opened. Whoever reads to
  /// the end is told so anyway.
  [[nodiscard]] virtual Status check_size() const { return Done{}; }

 private:
  /// See `read_some`.
  virtual Result<std::size_t> read_available(std::span<char> out) = 0;
  virtual std::int64_t move(std::int64_t /*offset*/, int /*whence*/) { return -1; }

  std::string peeked_;
  std::size_t used_ = 0;  ///< Of `peeked_`, by `read`.
};

/// The bytes of a file on disk, or of standard input ("-"). Tells `expansion` how far it is read.
Result<std::unique_ptr<ByteStream>> open_bytes(const std::string& path,
                                               std::shared_ptr<Expansion> expansion);

}  // namespace tierline
