#pragma once
// Finds where the records of a JSON document begin and end, without parsing them. Only the outside
// is looked at: the lists and objects that hold records, strings inside of which brackets mean
// nothing, and lines. These shapes are known:
//
//   [{...}, {...}]                       a bare array
//   {"result": [{...}, {...}], ...}      named lists of records, one or several
//   {"result": {...}}                    a named list of one
//   {...}\n{...}\n                       records one after another (NDJSON)
//
// Records may stand elsewhere as well, where `RecordPaths` say so.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/buffer.h"
#include "input/json/bracket_scan.h"
#include "input/json/json.h"
#include "input/row.h"
#include "tierline/result.h"

namespace tierline {

class JsonRecordSplitter {
 public:
  /// Text that must be at hand, when the file has as much, for the shape of a document to be seen.
  static constexpr std::size_t lookahead = 256 * 1024;

  enum class Outcome : std::uint8_t {
    record,  ///< `begin`, `end`, `line`, `hints` and `container` describe the next record.
    more,    ///< What is left from `position` on is not a whole record.
    end,     ///< The document has ended.
  };

  explicit JsonRecordSplitter(std::string path, RecordPaths places = {},
                              Documents documents = Documents::alike)
      : path_(std::move(path)), places_(std::move(places)), documents_(documents) {}

  /// Looks for the next record in `text`, which continues what was seen before at `position`.
  Result<Outcome> next(PaddedView text, bool is_last);

  /// All before this has been dealt with.
  [[nodiscard]] std::size_t position() const { return at_; }
  /// The text was moved: what stood at `offset` now stands at 0.
  void rewind(std::size_t offset);

  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  [[nodiscard]] std::uint64_t line() const { return record_line_; }
  [[nodiscard]] const JsonRecordHints& hints() const { return hints_; }
  [[nodiscard]] std::uint64_t current_line() const { return line_; }
  /// The name of the list that the last record stands in; empty for a bare array and for NDJSON.
  [[nodiscard]] const std::string& container() const { return container_; }
  /// The name that the last record stands under, where the members of an object are records.
  [[nodiscard]] const std::string& key() const { return key_; }

  /// Elements of lists that are no objects, and the line of the first.
  [[nodiscard]] const IssueTally& skipped() const { return skipped_; }
  /// Lists and objects beside the places where records stand.
  [[nodiscard]] const std::vector<std::string>& passed_over() const { return passed_over_; }
  /// Texts that stand beside the lists, such as {"status": "failure"}.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  enum class Shape : std::uint8_t { unknown, records, lists, places };
  using PathNode = RecordPaths::Node;

  /// A list or an object that is open, and holds records somewhere.
  struct Frame {
    bool is_list = false;
    std::string name;
    /// Known by the paths; `none` where records are looked for as usual.
    PathNode place = RecordPaths::none;
  };

  Result<Outcome> step(PaddedView text, bool is_last, bool& moved);
  Result<Outcome> outside(PaddedView text, bool is_last, bool& moved);
  Result<Outcome> in_list(PaddedView text, bool is_last, bool& moved);
  Result<Outcome> in_object(PaddedView text, bool is_last, bool& moved);
  Result<Outcome> take_member(PaddedView text, bool is_last, std::string_view name, bool& moved);
  Result<Outcome> take_record(PaddedView text, bool is_last, const std::string& container,
                              std::string key = {});
  Result<Outcome> skip_value(PaddedView text, bool is_last, bool& moved);
  void open(bool is_list, std::string name, PathNode place, bool& moved);
  void close(bool& moved);
  Status check(std::string_view value) const;
  Result<Outcome> more(bool is_last) const;
  Error wrong(std::string_view text, std::string_view expected) const;
  void skip_blanks(std::string_view text);
  /// The end of the value at `at`, or npos when the text does not hold all of it.
  static std::size_t value_end(PaddedView text, std::size_t at, bool is_last);
  template <typename Sink>
  static void each_member(PaddedView text, std::size_t at, Sink sink);
  [[nodiscard]] Shape shape_of(PaddedView text, std::size_t at) const;
  [[nodiscard]] bool has_place(PaddedView text, std::size_t at, PathNode place) const;

  std::string path_;
  RecordPaths places_;
  Documents documents_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
  std::vector<Frame> open_;
  bool after_value_ = false;
  bool after_comma_ = false;
  Shape shape_ = Shape::unknown;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::uint64_t record_line_ = 0;
  JsonRecordHints hints_;
  std::string container_;
  std::string key_;
  IssueTally skipped_;
  std::vector<std::string> passed_over_;
  std::vector<std::string> texts_;
};

}  // namespace tierline
