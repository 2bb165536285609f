#pragma once
// libarchive, fed with bytes. What it says of broken ones becomes an error that says what to do.

#include <archive.h>

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "files/byte_stream.h"

namespace tierline {

/// Errors about packed bytes, however they are unpacked.
Error cut_off(const std::string& path);
Error broken(const std::string& path, std::string_view why);
Error followed_by_something(const std::string& path);
Error expands_too_far(const std::string& path);

class ArchiveReader {
 public:
  /// Without an expansion, what comes out is not counted: it is no more than what goes in.
  ArchiveReader(std::unique_ptr<ByteStream> compressed, std::shared_ptr<Expansion> expansion);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader();

  /// To be told what it may expect.
  [[nodiscard]] archive* get() const { return archive_; }
  /// Lets it look at the end first, as the table of contents of a zip demands.
  void allow_seeking();

  Status open(const std::string& path);
  /// Goes to the next entry; null after the last one. The entry lives until the next call.
  Result<archive_entry*> next(const std::string& path);
  /// How many there were, the one at hand included.
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  /// The next bytes of the entry, none at its end.
  Result<std::size_t> read_some(std::span<char> out, const std::string& path);

  /// Whether everything was asked for, and the last of it are not zeros.
  [[nodiscard]] bool ran_out() const;
  /// Whether bytes are left over that are not zeros.
  Result<bool> has_rest();
  /// To be looked at by others, once the last entry was read.
  [[nodiscard]] ByteStream& compressed() const { return *compressed_; }
  /// Lets go of the packed bytes, of which no more are needed. An error where they have changed.
  Status close();

 private:
  static la_ssize_t give(archive* archive, void* reader, const void** block);
  static la_int64_t seek(archive* archive, void* reader, la_int64_t offset, int whence);
  /// The next packed bytes; empty at their end.
  Result<std::span<const char>> take();
  [[nodiscard]] std::span<const char> last_given(std::size_t size) const;
  Result<bool> next_block(const std::string& path);
  [[nodiscard]] Error failure(const std::string& path) const;

  archive* archive_;
  std::unique_ptr<ByteStream> compressed_;
  std::shared_ptr<Expansion> expansion_;
  std::unique_ptr<char[]> given_;
  std::size_t given_size_ = 0;
  std::int64_t position_ = 0;  ///< Where in the packed bytes what was given ends.
  bool at_end_ = false;
  bool has_entry_ = false;
  std::uint64_t entries_ = 0;
  std::optional<Error> failure_;  ///< Of the packed bytes themselves.
  std::string_view block_;        ///< Of the entry, not yet read.
  std::int64_t offset_ = 0;       ///< Where in the entry `block_` ends.
};

}  // namespace tierline
