#pragma once
// JSON records over any source, for syntaxes that are written anew as JSON while they are read.

#include <cstdint>
#include <memory>
#include <string>

#include "input/input.h"

namespace tierline {

/// Whether documents that follow one another in a file are records if the first one is: a record a
/// line, as in NDJSON. Where they differ, each is looked at.
enum class Documents : std::uint8_t { alike, differ };

/// The records of a JSON text. What the source says when it cannot go on is handed on as it is.
Result<std::unique_ptr<Records>> open_json_records(std::shared_ptr<ByteSource> source,
                                                   std::string path, const RecordPaths& paths,
                                                   Documents documents = Documents::alike);

}  // namespace tierline
