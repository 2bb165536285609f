#pragma once
// gzip, read with zlib: libarchive, which reads all else that is packed, passes over the checksums.

#include <memory>
#include <string>

#include "input/bytes.h"

namespace tierline {

std::unique_ptr<Bytes> gunzip(std::unique_ptr<Bytes> packed, std::string path,
                              std::shared_ptr<Expansion> expansion);

}  // namespace tierline
