#include "input/yaml/yaml_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <new>

#include "files/text_source.h"
#include "input/conflict_marker.h"

namespace tierline {
namespace {

constexpr std::size_t head_size = 8;            // As much of a line as a conflict marker needs.
constexpr std::uint64_t most_directives = 100;  // libyaml compares each with all before it.

std::string_view text_of(const yaml_char_t* text, std::size_t size) {
  return {reinterpret_cast<const char*>(text), size};
}

std::string_view text_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// What libyaml says, and what people can do about it.
struct Advice {
  std::string_view problem;
  std::string_view text;
};

constexpr Advice advices[] = {
    {"mapping values are not allowed in this context",
     "a ':' stands where no key can be: indent this line like its neighbours, or put the text in "
     "quotes"},
    {"did not find expected key",
     "expected a key: indent this line like its neighbours, or put the text before it in quotes"},
    {"did not find expected '-' indicator",
     "expected '-', as before the other elements: indent this line like its neighbours"},
    {"could not find expected ':'", "expected ':' after a key: is this line part of a text?"},
    {"did not find expected ',' or ']'", "expected ',' or ']' in a list"},
    {"did not find expected ',' or '}'", "expected ',' or '}' in a mapping"},
    {"did not find expected <document start>",
     "expected '---' before another document: indent this line like its neighbours"},
    {"found a tab character that violates indentation",
     "a tab stands in the indentation: replace it by spaces"},
    {"found a tab character where an indentation space is expected",
     "a tab stands in the indentation: replace it by spaces"},
    {"block sequence entries are not allowed in this context",
     "a '-' stands where no list can be: put the list on a line of its own"},
};

}  // namespace

YamlParser::YamlParser(TextSource& source, std::string path)
    : source_(source), path_(std::move(path)) {
  if (yaml_parser_initialize(&parser_) == 0) {
    throw std::bad_alloc();
  }
  yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  yaml_parser_set_input(&parser_, &YamlParser::read, this);
}

YamlParser::~YamlParser() {
  yaml_event_delete(&event_);
  yaml_parser_delete(&parser_);
}

Result<YamlEvent> YamlParser::next() {
  using Kind = YamlEvent::Kind;
  while (true) {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) {
      return failure_ ? *failure_ : broken();
    }
    value_line_ = event_.end_mark.line + 1;
    value_bytes_ = value_directives_ = 0;
    YamlEvent event{.line = event_.start_mark.line + 1};
    switch (event_.type) {
      case YAML_DOCUMENT_START_EVENT:
        event.kind = Kind::document;
        return event;
      case YAML_SCALAR_EVENT: {
        const auto& scalar = event_.data.scalar;
        event.kind = Kind::scalar;
        event.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
        event.text = text_of(scalar.value, scalar.length);
        event.anchor = text_of(scalar.anchor);
        return event;
      }
      case YAML_SEQUENCE_START_EVENT:
        event.kind = Kind::list;
        event.anchor = text_of(event_.data.sequence_start.anchor);
        return event;
      case YAML_MAPPING_START_EVENT:
        event.kind = Kind::map;
        event.anchor = text_of(event_.data.mapping_start.anchor);
        return event;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT:
        event.kind = Kind::end;
        return event;
      case YAML_ALIAS_EVENT:
        event.kind = Kind::alias;
        event.text = text_of(event_.data.alias.anchor);
        return event;
      case YAML_STREAM_END_EVENT:
      case YAML_NO_EVENT:
        return event;
      case YAML_STREAM_START_EVENT:
      case YAML_DOCUMENT_END_EVENT:
        break;
    }
  }
}

int YamlParser::read(void* parser, unsigned char* out, std::size_t size, std::size_t* got) {
  auto& self = *static_cast<YamlParser*>(parser);
  auto count = self.source_.read({reinterpret_cast<char*>(out), size});
  if (!count) {
    self.failure_ = in_file(std::move(count).error(), self.path_);
    return 0;
  }
  *got = *count;
  self.pass({reinterpret_cast<const char*>(out), *count});
  return self.failure_ ? 0 : 1;
}

void YamlParser::pass(std::string_view piece) {
  bytes_ += piece.size();
  value_bytes_ += piece.size();
  if (value_bytes_ > largest_value) {
    return fail(
        fmt::format("a value is larger than {} MiB: does a quote stay open?", largest_value >> 20U),
        value_line_);
  }
  for (std::size_t at = 0; at <= piece.size();) {
    const std::size_t end = std::min(piece.find('\n', at), piece.size());
    if (head_.size() < head_size) {
      head_.append(piece.substr(at, std::min(end - at, head_size - head_.size())));
      begin_line(head_);
    }
    if (end < piece.size()) {
      value_directives_ += head_.starts_with('%') ? 1 : 0;
      head_.clear();
      ++lines_;
    }
    at = end + 1;
  }
  if (value_directives_ > most_directives) {
    fail(fmt::format("more than {} directives, lines that begin with '%', before a document",
                     most_directives),
         value_line_);
  }
}

void YamlParser::begin_line(std::string_view head) {
  // A row of '=' may be a line of text; whoever leaves that mark leaves the two others as well.
  if (is_conflict_marker(head) && !head.starts_with('=')) {
    fail(std::string(conflict_message), lines_ + 1);
  }
}

void YamlParser::fail(std::string message, std::uint64_t line) {
  if (!failure_) {
    failure_ = Error{std::move(message), {path_, line}};
  }
}

Error YamlParser::broken() const {
  if (parser_.error == YAML_MEMORY_ERROR) {
    return {"out of memory", {path_}};
  }
  if (parser_.error == YAML_READER_ERROR) {
    return not_text();
  }
  const std::string_view problem = parser_.problem == nullptr ? "" : parser_.problem;
  const std::string_view context = parser_.context == nullptr ? "" : parser_.context;
  const std::uint64_t context_line = parser_.context_mark.line + 1;
  Place place{path_, parser_.problem_mark.line + 1};
  const bool is_open =
      context.find("flow") != context.npos || context.find("quoted scalar") != context.npos;
  if (is_open && is_at_end()) {
    const bool is_quote = context.find("quoted") != std::string_view::npos;
    return {fmt::format(
                "the file ends in the middle of its YAML, inside of {}: the export was cut "
                "off, make it again",
                is_quote ? fmt::format("the quoted text of line {}", context_line) : "brackets"),
            {path_, lines_ + 1}};
  }
  if (context == "while scanning a simple key") {
    place.line = context_line;
  }
  if (problem == "found character that cannot start any token") {
    const char found = static_cast<char>(*parser_.buffer.pointer);
    return {found == '\t'
                ? "not YAML: a tab stands in the indentation: replace it by spaces"
                : fmt::format("not YAML: no text can begin with '{}': put it in quotes", found),
            place};
  }
  const auto* advice = std::ranges::find(advices, problem, &Advice::problem);
  return {fmt::format("not YAML: {}", advice == std::end(advices) ? problem : advice->text), place};
}

/// What libyaml cannot decode, or will not: it looks ahead of what it has parsed.
Error YamlParser::not_text() const {
  const auto ahead = std::count(parser_.raw_buffer.pointer, parser_.raw_buffer.last, '\n');
  const Place place{path_, lines_ + 1 - static_cast<std::uint64_t>(ahead)};
  if (parser_.problem_value >= 0 && std::string_view(parser_.problem).starts_with("control")) {
    return {fmt::format("not YAML: the control character U+{:04X} stands in the text: make the "
                        "export again, with such characters escaped",
                        parser_.problem_value),
            place};
  }
  return {"not UTF-8: save the file in UTF-8, or in UTF-16 with a byte order mark", place};
}

bool YamlParser::is_at_end() const {
  return parser_.eof != 0 && *parser_.buffer.pointer == '\0' &&
         parser_.problem_mark.index == parser_.mark.index;
}

}  // namespace tierline
