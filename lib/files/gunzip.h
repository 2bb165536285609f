#pragma once
// gzip, read with zlib: libarchive, which reads all else that is packed, passes over the checksums.

#include <memory>
#include <string>

#include "files/bytes.h"

namespace tierline {

std::unique_ptr<Bytes> gunzip(std::unique_ptr<Bytes> compressed, std::string path,
                              std::shared_ptr<Expansion> expansion);

}  // namespace tierline
