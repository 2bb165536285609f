#pragma once
// Whether a zip holds what its table of contents says, and nothing else. Files are read by that
// table: one that it does not name would be lost without a word.

#include <string>

#include "files/byte_stream.h"

namespace tierline {

/// Needs bytes that can be gone back in, and leaves them at their end. A zip without a table of
/// contents, or with one that is encrypted, is none of its business.
Status check_zip(ByteStream& zip, const std::string& path);

}  // namespace tierline
