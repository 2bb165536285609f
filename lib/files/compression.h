#pragma once
// How bytes are packed, told by their beginning, and what is inside of them.

#include <memory>
#include <string>
#include <string_view>

#include "files/byte_stream.h"

namespace tierline {

enum class Compression : std::uint8_t {
  none,
  gzip,
  bzip2,
  xz,
  zstd,
  lz4,
  lzip,
  tar,
  zip,
  foreign  ///< An archive that cannot be read as it comes: 7z, RAR.
};

Compression compression_of(std::string_view beginning);

struct Unpacked {
  std::unique_ptr<ByteStream> bytes;
  Compression compression = Compression::none;  ///< None, tar or zip.
};

/// The bytes as they are, or what they were compressed from. An error where they were compressed
/// twice, or are packed as nobody here can read. `path` is for messages.
Result<Unpacked> unpack(std::unique_ptr<ByteStream> bytes, const std::string& path,
                        const std::shared_ptr<Expansion>& expansion);

}  // namespace tierline
