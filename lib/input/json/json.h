#pragma once
// The room of JSON, and of what is transcoded to it. From text to rows:
//
//   text ─record_splitter→ records ─template_cache→ cells          records like those before
//                                  ─RapidJSON, record_cursor→ cells, or fields to be counted
//
// record_splitter.h finds where records begin and end (bracket_scan.h), and which list they stand
// in, without parsing them; template_cache.h reads records by the literals that they share; all
// others go through RapidJSON (rapidjson_reader.h) and record_cursor.h, to cell_extractor.h or
// field_profiler.h. json_escapes.h knows how JSON writes texts, transcoder.h is the base of what
// writes another syntax anew as JSON while it is read. json.cpp puts them together; this header
// offers that to those.

#include <cstdint>
#include <memory>
#include <string>

#include "input/input.h"

namespace tierline {

/// Records nested as deep as this, or deeper, are left out.
inline constexpr std::size_t deepest_json = 64;

/// Whether documents that follow one another in a file are records if the first one is: a record a
/// line, as in NDJSON. Where they differ, each is looked at.
enum class Documents : std::uint8_t { alike, differ };

/// The records of a JSON text. What the source says when it cannot go on is handed on as it is.
Result<std::unique_ptr<Records>> open_json_records(std::shared_ptr<TextSource> source,
                                                   std::string path, const RecordPaths& paths,
                                                   Documents documents = Documents::alike);

}  // namespace tierline
