#pragma once
// Bytes read as text: see ByteSource in tierline/input.h.

#include <memory>

#include "input/bytes.h"
#include "tierline/input.h"

namespace tierline {

Result<std::shared_ptr<ByteSource>> read_as_text(std::unique_ptr<Bytes> bytes);

}  // namespace tierline
