#include "files/compression.h"

#include <algorithm>

#include "files/decompress.h"

namespace tierline {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t longest_magic = 512;

struct Magic {
  Compression compression;
  std::string_view bytes;
  std::size_t at = 0;
};

constexpr Magic magics[] = {
    {Compression::gzip, "\x1F\x8B"sv},
    {Compression::xz,
     "\xFD"
     "7zXZ\0"sv},
    {Compression::zstd, "\x28\xB5\x2F\xFD"sv},
    {Compression::lz4, "\x04\x22\x4D\x18"sv},
    {Compression::lzip, "LZIP\x01"sv},
    {Compression::zip, "PK\x03\x04"sv},
    {Compression::zip, "PK\x05\x06"sv},  // With nothing in it.
    {Compression::bzip2, "\x31\x41\x59\x26\x53\x59"sv, 4},
    {Compression::bzip2, "\x17\x72\x45\x38\x50\x90"sv, 4},  // Of nothing.
    {Compression::tar, "\0ustar"sv, 256},
    {Compression::tar, " ustar"sv, 256},
    {Compression::foreign, "7z\xBC\xAF\x27\x1C"sv},
    {Compression::foreign, "Rar!\x1A\x07"sv},
};

/// A tar of nothing is nothing but zeros.
bool is_empty_tar(std::string_view beginning) {
  return beginning.size() >= longest_magic &&
         beginning.substr(0, longest_magic).find_first_not_of('\0') == std::string_view::npos;
}

bool is_compressed(Compression compression) {
  return compression != Compression::none && compression < Compression::tar;
}

}  // namespace

Compression compression_of(std::string_view beginning) {
  const auto* found = std::ranges::find_if(magics, [&](const Magic& magic) {
    return beginning.size() >= magic.at && beginning.substr(magic.at).starts_with(magic.bytes);
  });
  if (found != std::end(magics)) {
    return found->compression;
  }
  return is_empty_tar(beginning) ? Compression::tar : Compression::none;
}

Result<Unpacked> unpack(std::unique_ptr<ByteStream> bytes, const std::string& path,
                        const std::shared_ptr<Expansion>& expansion) {
  auto beginning = bytes->peek(longest_magic);
  if (!beginning) {
    return std::move(beginning).error();
  }
  Compression compression = compression_of(*beginning);
  if (compression != Compression::zip) {
    bytes->close_at_end();
  }
  if (is_compressed(compression)) {
    auto inside = decompress(std::move(bytes), compression, path, expansion);
    if (!inside) {
      return std::move(inside).error();
    }
    bytes = std::move(*inside);
    beginning = bytes->peek(longest_magic);
    if (!beginning) {
      return std::move(beginning).error();
    }
    compression = compression_of(*beginning);
  }
  if (is_compressed(compression)) {
    return Error{"this is compressed twice: unpack it, and name what came out", {path}};
  }
  if (compression == Compression::foreign) {
    return Error{"7z and RAR archives cannot be read: unpack it, and name what came out", {path}};
  }
  return Unpacked{std::move(bytes), compression};
}

}  // namespace tierline
