#pragma once
// Bytes read as text: see TextSource in files/files.h.

#include <memory>

#include "files/byte_stream.h"
#include "files/files.h"

namespace tierline {

Result<std::shared_ptr<TextSource>> read_as_text(std::unique_ptr<ByteStream> bytes);

/// An error of `TextSource::read`, which does not know what the file is called.
inline Error in_file(Error error, const std::string& path) {
  error.place.file = error.place.file.empty() ? path : error.place.file;
  return error;
}

}  // namespace tierline
