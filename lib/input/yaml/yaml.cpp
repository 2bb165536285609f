// YAML: rewritten as JSON while it is read (yaml_transcoder.h), and read as JSON from there on.

#include <algorithm>

#include "input/input.h"
#include "input/json/json.h"
#include "input/yaml/yaml_transcoder.h"

namespace tierline {
namespace {

Result<std::unique_ptr<Records>> open(std::shared_ptr<TextSource> source, std::string path,
                                      const RecordPaths& paths) {
  auto yaml = std::make_shared<YamlTranscoder>(std::move(source), path);
  return open_json_records(std::move(yaml), std::move(path), paths, Documents::differ);
}

constexpr std::string_view blanks = " \t\r";

/// Whether `text` ends here, or a blank follows.
bool is_blank_at(std::string_view text, std::size_t at) {
  return at >= text.size() || blanks.find(text[at]) != std::string_view::npos;
}

/// `key: value`, with a key that is a word or stands in quotes.
bool is_pair(std::string_view line) {
  const char quote = line.empty() ? '\0' : line.front();
  const bool is_quoted = quote == '"' || quote == '\'';
  std::size_t colon = is_quoted ? line.find(quote, 1) : line.find(':');
  if (is_quoted && colon != std::string_view::npos) {
    colon = line.find_first_not_of(blanks, colon + 1);
  }
  if (colon == std::string_view::npos || line[colon] != ':' || !is_blank_at(line, colon + 1)) {
    return false;
  }
  return is_quoted || line.substr(0, colon).find_first_of(",;|\t\"'{}[]") == std::string_view::npos;
}

bool is_yaml_line(std::string_view line) {
  return is_pair(line) || (line.starts_with("---") && is_blank_at(line, 3)) ||
         (line.starts_with('-') && is_blank_at(line, 1)) ||
         (line.starts_with('?') && is_blank_at(line, 1)) || line.starts_with("%YAML ");
}

/// The next line that is neither blank nor a comment; takes it off `text`.
std::string_view next_line(std::string_view& text, bool& has_comment) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t first = line.find_first_not_of(blanks);
    if (first != std::string_view::npos && line[first] != '#') {
      return line.substr(first);
    }
    has_comment = has_comment || first != std::string_view::npos;
  }
  return {};
}

/// YAML is what begins with a line that YAML has and a table or JSON has not. The header of a table
/// can look like one (`Note: all, Id`): the line after it cannot.
int likeness(std::string_view beginning) {
  bool has_comment = false;
  const std::string_view first = next_line(beginning, has_comment);
  if (has_comment && (first.empty() || first.front() == '{' || first.front() == '[')) {
    return 2;
  }
  if (!is_yaml_line(first)) {
    return 0;
  }
  const bool can_be_header = first.find_first_of(",;|\t") != std::string_view::npos;
  const std::string_view second = next_line(beginning, has_comment);
  const bool has_rows = !second.empty() && second.find_first_of(",;|\t") != std::string_view::npos;
  return can_be_header && has_rows && !is_yaml_line(second) ? 0 : 2;
}

const Register<Syntax> syntax{
    {.id = "yaml", .endings = {".yaml", ".yml"}, .likeness = likeness, .open = open}};

}  // namespace
}  // namespace tierline
