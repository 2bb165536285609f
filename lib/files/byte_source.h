#pragma once
// Bytes read as text: see ByteSource in files/files.h.

#include <memory>

#include "files/bytes.h"
#include "files/files.h"

namespace tierline {

Result<std::shared_ptr<ByteSource>> read_as_text(std::unique_ptr<Bytes> bytes);

/// An error of `ByteSource::read`, which does not know what the file is called.
inline Error in_file(Error error, const std::string& path) {
  error.place.file = error.place.file.empty() ? path : error.place.file;
  return error;
}

}  // namespace tierline
