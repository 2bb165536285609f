#pragma once
// The room of XML: xml.cpp tells what is XML, xml_transcoder.cpp goes through its elements, and
// xml_record.h gathers those of one record and writes them. All that comes after reads JSON.
//
// XML as the JSON that says the same, written while the XML is read: what reads JSON reads both.
//
//   <unload>
//     <ci action="INSERT"><name>Mail</name></ci>    {"ci":[{"@action":"INSERT","name":"Mail"},
//     <ci><name>Chat</name></ci>                     {"name":"Chat"}],
//     <rel><parent>1</parent></rel>                  "rel":[{"parent":"1"}]}
//   </unload>
//
// The root only wraps the records, whatever its name. Each element in it is a record of the list of
// its own name; one that is nothing but text stands beside the lists. An element in which, by the
// paths, records stand becomes an object and wraps them as the root does. Where records begin, the
// JSON is on the line that the XML was on. Memory is bounded by one record.

#include <memory>
#include <string>

#include "input/input.h"

namespace tierline {

/// Reads `source` in pieces of `piece_size` bytes. `path` is for errors, which come from `read`.
std::shared_ptr<TextSource> transcode_xml(std::shared_ptr<TextSource> source, std::string path,
                                          const RecordPaths& paths = {},
                                          std::size_t piece_size = 64 * 1024);

}  // namespace tierline
