#pragma once
// What compressed bytes were before. Several compressed streams, one behind the other, are read as
// one; anything else behind them, but for zeros, is an error: half an export must not pass for all
// of it.

#include <memory>
#include <string>

#include "files/compression.h"

namespace tierline {

/// `compression` is one of the compressions.
Result<std::unique_ptr<ByteStream>> decompress(std::unique_ptr<ByteStream> compressed,
                                               Compression compression, const std::string& path,
                                               std::shared_ptr<Expansion> expansion);

}  // namespace tierline
