#pragma once
// What is extracted from a JSON record, in words that a test can compare, and records of many forms
// to extract from.

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/cell_extractor.h"

namespace tierline::extracted {

/// Fields wanted from `records`, in each way that there is.
const FieldSelection& selection();

/// `SLOT[GROUP]=TEXT;` for each cell.
std::string as_text(const JsonCellExtractor& extractor);

/// What RapidJSON makes of a record; "refused" where it is none, or has to be repaired.
std::string by_rapidjson(std::string_view record);

/// Records that are JSON.
extern const std::vector<std::string_view> records;

/// One of them, with up to three bytes that do not belong there. Still an object at its ends, as
/// what the splitter hands over is.
std::string damaged_record(std::mt19937& random);

}  // namespace tierline::extracted
