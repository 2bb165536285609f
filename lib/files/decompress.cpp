#include "files/decompress.h"

#include <archive_entry.h>

#include "files/archive_reader.h"
#include "files/gunzip.h"

namespace tierline {
namespace {

int filter_of(Compression compression) {
  switch (compression) {
    case Compression::bzip2:
      return ARCHIVE_FILTER_BZIP2;
    case Compression::xz:
      return ARCHIVE_FILTER_XZ;
    case Compression::zstd:
      return ARCHIVE_FILTER_ZSTD;
    case Compression::lz4:
      return ARCHIVE_FILTER_LZ4;
    default:
      return ARCHIVE_FILTER_LZIP;
  }
}

/// Whatever libarchive has a filter for.
class Decompressed final : public ByteStream {
 public:
  Decompressed(std::unique_ptr<ByteStream> compressed, std::string path,
               std::shared_ptr<Expansion> expansion)
      : reader_(std::move(compressed), std::move(expansion)), path_(std::move(path)) {}

  Status begin(Compression compression) {
    ::archive_read_support_format_raw(reader_.get());
    ::archive_read_support_format_empty(reader_.get());
    ::archive_read_support_filter_by_code(reader_.get(), filter_of(compression));
    if (auto opened = reader_.open(path_); !opened) {
      return opened;
    }
    // Two: the filter, and the file below it. Of a mere beginning no filter knows that it is one.
    if (::archive_filter_count(reader_.get()) != 2) {
      return cut_off(path_);
    }
    auto entry = reader_.next(path_);
    if (!entry) {
      return std::move(entry).error();
    }
    return Done{};
  }

 private:
  Result<std::size_t> read_available(std::span<char> out) override {
    auto got = reader_.read_some(out, path_);
    if (!got || *got > 0 || ended_) {
      return got;
    }
    ended_ = true;
    auto rest = reader_.has_rest();
    if (!rest) {
      return std::move(rest).error();
    }
    return *rest ? Result<std::size_t>(followed_by_something(path_)) : got;
  }

  ArchiveReader reader_;
  std::string path_;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteStream>> decompress(std::unique_ptr<ByteStream> compressed,
                                               Compression compression, const std::string& path,
                                               std::shared_ptr<Expansion> expansion) {
  if (compression == Compression::gzip) {
    return gunzip(std::move(compressed), path, std::move(expansion));
  }
  auto bytes = std::make_unique<Decompressed>(std::move(compressed), path, std::move(expansion));
  if (auto begun = bytes->begin(compression); !begun) {
    return std::move(begun).error();
  }
  return std::unique_ptr<ByteStream>(std::move(bytes));
}

}  // namespace tierline
