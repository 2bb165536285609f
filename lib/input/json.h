#pragma once
// The records of a JSON text, for syntaxes that are written anew as JSON.

#include <memory>
#include <string>

#include "tierline/input.h"

namespace tierline {

Result<std::unique_ptr<Records>> open_json_records(std::shared_ptr<ByteSource> source,
                                                   std::string path);

}  // namespace tierline
