#pragma once
// gzip, read with zlib: libarchive, which reads all else that is packed, passes over the checksums.

#include <memory>
#include <string>

#include "files/byte_stream.h"

namespace tierline {

std::unique_ptr<ByteStream> gunzip(std::unique_ptr<ByteStream> compressed, std::string path,
                                   std::shared_ptr<Expansion> expansion);

}  // namespace tierline
