#pragma once
// Finds where the records of a JSON document begin and end, without parsing them. Only the outside
// is looked at: the lists and objects that hold records, strings inside of which brackets mean
// nothing, and lines. These shapes are known:
//
//   [{...}, {...}]                       a bare array
//   {"result": [{...}, {...}], ...}      named lists of records, one or several
//   {"result": {...}}                    a named list of one
//   {...}\n{...}\n                       records one after another (NDJSON)

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tierline/result.h"

namespace tierline {

class JsonCutter {
 public:
  /// Text that must be at hand, when the file has as much, for the shape of a document to be seen.
  static constexpr std::size_t lookahead = 256 * 1024;

  enum class Outcome : std::uint8_t {
    record,  ///< `begin`, `end`, `line` and `container` describe the next record.
    more,    ///< What is left from `position` on is not a whole record.
    end,     ///< The document has ended.
  };

  explicit JsonCutter(std::string path) : path_(std::move(path)) {}

  /// Looks for the next record in `text`, which continues what was seen before at `position`.
  Result<Outcome> next(std::string_view text, bool is_last);

  /// All before this has been dealt with.
  [[nodiscard]] std::size_t position() const { return at_; }
  /// The text was moved: what stood at `offset` now stands at 0.
  void rewind(std::size_t offset);

  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] std::uint64_t line() const { return record_line_; }
  [[nodiscard]] std::uint64_t current_line() const { return line_; }
  /// The name of the list that the last record stands in; empty for a bare array and for NDJSON.
  [[nodiscard]] const std::string& container() const { return container_; }

  /// Elements of lists that are no objects, and the line of the first.
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
  [[nodiscard]] std::uint64_t skipped_line() const { return skipped_line_; }
  /// Texts that stand beside the lists, such as {"status": "failure"}.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  enum class Inside : std::uint8_t { nothing, list, object };
  enum class Shape : std::uint8_t { unknown, records, lists };

  Result<Outcome> step(std::string_view text, bool is_last, bool& moved);
  Result<Outcome> outside(std::string_view text, bool is_last, bool& moved);
  Result<Outcome> in_list(std::string_view text, bool is_last, bool& moved);
  Result<Outcome> in_object(std::string_view text, bool is_last, bool& moved);
  Result<Outcome> take_record(std::string_view text, bool is_last);
  Result<Outcome> more(bool is_last) const;
  Error wrong(std::string_view text, std::string_view expected) const;
  void skip_blanks(std::string_view text);
  /// The end of the value at `at`, or npos when the text does not hold all of it.
  static std::size_t value_end(std::string_view text, std::size_t at, bool is_last);
  static Shape shape_of(std::string_view text, std::size_t at);

  std::string path_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  Inside inside_ = Inside::nothing;
  bool in_named_list_ = false;
  bool after_value_ = false;
  bool after_comma_ = false;
  Shape shape_ = Shape::unknown;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t record_line_ = 0;
  std::string container_;
  std::uint64_t skipped_ = 0;
  std::uint64_t skipped_line_ = 0;
  std::vector<std::string> texts_;
};

}  // namespace tierline
