#pragma once
// JSON records over any source, for syntaxes that are written anew as JSON while they are read.

#include <memory>
#include <string>

#include "tierline/input.h"

namespace tierline {

/// The records of a JSON text. What the source says when it cannot go on is handed on as it is.
Result<std::unique_ptr<Records>> open_json_records(std::shared_ptr<ByteSource> source,
                                                   std::string path, const RecordPaths& paths);

}  // namespace tierline
