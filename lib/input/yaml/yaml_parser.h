#pragma once
// libyaml's events, of a file that is read as they are asked for. What libyaml says of broken text
// becomes an error with a place, and with what to do.

#include <yaml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "input/input.h"

namespace tierline {

/// A step through the tree of a YAML file. Its texts live until the next one.
struct YamlEvent {
  enum class Kind : std::uint8_t { document, scalar, list, map, end, alias, end_of_file };

  Kind kind = Kind::end_of_file;
  bool plain = false;            ///< A scalar without quotes: `null` is nothing, `<<` merges.
  std::string_view text = {};    ///< A scalar's text, an alias's name.
  std::string_view anchor = {};  ///< Empty where the node has none.
  std::uint64_t line = 0;
};

class YamlParser {
 public:
  /// libyaml keeps a text in memory until it has all of it.
  static constexpr std::size_t largest_value = 128 * 1024 * 1024;

  YamlParser(TextSource& source, std::string path);
  YamlParser(const YamlParser&) = delete;
  YamlParser& operator=(const YamlParser&) = delete;
  ~YamlParser();

  Result<YamlEvent> next();

  /// Bytes of YAML read so far.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  static int read(void* parser, unsigned char* out, std::size_t size, std::size_t* got);
  /// Looks at text that passes: counts lines, and fails where there is no point in reading on.
  void pass(std::string_view piece);
  void begin_line(std::string_view head);
  void fail(std::string message, std::uint64_t line);

  [[nodiscard]] Error broken() const;
  [[nodiscard]] Error not_text() const;
  [[nodiscard]] bool is_at_end() const;

  TextSource& source_;
  std::string path_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  std::optional<Error> failure_;
  std::uint64_t bytes_ = 0;
  std::uint64_t lines_ = 0;  ///< Whole lines read so far.
  std::string head_;         ///< How the line that is being read begins.
  std::uint64_t value_line_ = 1;
  std::uint64_t value_bytes_ = 0;       ///< Read since the last event.
  std::uint64_t value_directives_ = 0;  ///< Lines since the last event that begin with '%'.
};

}  // namespace tierline
