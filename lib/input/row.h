#pragma once
// What input hands to mapping: rows of selected fields, as views into the buffer they were read in.
//
//   export file ─syntax→ Row {Cell, Cell, ...} ─mapping→ inventory
//
// A syntax knows nothing of CMDBs. A profile says beforehand which fields it selects
// (`FieldSelection`); what is not selected is skipped, not stored.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tierline {

/// The number a profile gave to a field that it selects.
using Slot = std::uint16_t;
inline constexpr std::size_t max_slots = 256;

/// Which part of a value a cell holds. Most exports write a value as one text; some write the
/// stored value, the label shown to people, and a link, beside one another.
enum class Facet : std::uint8_t { text, value, label, link };

/// A selected field, as found: present, and possibly empty. A list gives one cell an element; cells
/// of the same element of the outermost list share a `group` (from 1; 0 outside of lists).
struct Cell {
  std::string_view text;
  std::uint32_t group = 0;
  Slot slot = 0;
  Facet facet = Facet::text;
};

/// One record of an export. Valid only during the call that hands it over; of records inside of one
/// another, until all of them have been (`Buffer::let_go`).
struct Row {
  std::span<const Cell> cells;
  std::uint64_t line = 0;  ///< Where the record starts, from 1.
  /// How many records it stands inside of; these come before it, the outermost first.
  std::uint32_t depth = 0;
  /// The list that it stands in inside of another record; at depth 0, the chunk tells.
  std::string_view container = {};
  /// Its cells are known to be of the same slots and facets, one by one, as those of the row before
  /// (of the slots, mapping/row_fields.h asserts it).
  bool same_columns_as_previous = false;
};

/// Something in the text of an export that was put right, or left out, on the way in.
struct InputIssue {
  const char* kind;     ///< One of the ids in `input_issue`.
  std::uint64_t line;   ///< Where it happened first.
  std::string message;  ///< What, for people; the same for all issues of one kind in a file.
  std::uint64_t count = 1;
};

/// How often something was met, and the line where it was first.
struct IssueTally {
  std::uint64_t count = 0;
  std::uint64_t line = 0;

  void add(std::uint64_t at, std::uint64_t more = 1) {
    line = count == 0 ? at : line;
    count += more;
  }
};

namespace input_issue {
inline constexpr const char* empty_row = "empty-row";
inline constexpr const char* ragged_row = "ragged-row";
inline constexpr const char* no_line_end = "no-line-end";
inline constexpr const char* repeated_column = "repeated-column";
inline constexpr const char* duplicate_member = "duplicate-member";
inline constexpr const char* names_differ_in_case = "names-differ-in-case";
inline constexpr const char* repaired_text = "repaired-text";
inline constexpr const char* stray_quote = "stray-quote";
inline constexpr const char* not_a_record = "not-a-record";
inline constexpr const char* nested_too_deep = "nested-too-deep";
}  // namespace input_issue

/// Receives the rows of one chunk, in the order of the file.
class RowSink {
 public:
  virtual ~RowSink() = default;
  virtual void row(const Row& row) = 0;
  virtual void issue(InputIssue issue) = 0;
  /// A text that stands where a record might: what exports say about themselves. Returns whether it
  /// is something that they say.
  virtual bool remark(std::string_view text, std::uint64_t line) = 0;
};

}  // namespace tierline
