// XML: records as elements in a root that wraps them, as ServiceNow's unloads and REST answers have
// them.

#include "input/conflict_marker.h"
#include "input/json/json.h"
#include "input/xml/xml_transcoder.h"
#include "tierline/text.h"

namespace tierline {
namespace {

Result<std::unique_ptr<Records>> open(std::shared_ptr<TextSource> source, std::string path,
                                      const RecordPaths& paths) {
  auto json = transcode_xml(std::move(source), path, paths);
  return open_json_records(std::move(json), std::move(path), paths);
}

/// A tag, a declaration or a comment; or the mark of a merge conflict, which is refused as such.
int likeness(std::string_view beginning) {
  const std::string_view text = trim(beginning);
  const bool is_tag = text.size() > 1 && text[0] == '<' &&
                      std::string_view("<= \t\r\n,;").find(text[1]) == std::string_view::npos;
  return is_tag || is_conflict_marker(text) ? 2 : 0;
}

const Register<Syntax> syntax{
    {.id = "xml", .endings = {".xml"}, .likeness = likeness, .open = open, .has_tags = true}};

}  // namespace
}  // namespace tierline
