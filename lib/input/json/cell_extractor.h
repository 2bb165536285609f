#pragma once
// From the members of a JSON record to cells. All of it is in this header because it runs for every
// member of a record that fits no template.

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cassert>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/input.h"
#include "input/json/rapidjson_reader.h"
#include "input/json/record_cursor.h"
#include "input/row.h"
#include "input/scan.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {

/// What is kept of an object or a list that is open.
struct CellLevel {
  std::uint32_t members_seen = 0;
  std::uint32_t object = 0;  ///< Its number in the record.
  bool had_name = false;     ///< Of a pair: its name was there, and what it says.
  bool had_value = false;
  std::string_view pair_name = {};
  std::string_view pair_value = {};
};

/// Keeps the selected texts of a record, as cells. Records inside of the record become rows of
/// their own. Of members of one name in one object the last counts, except where they hold records:
/// these are all kept.
class JsonCellExtractor : public JsonRecordCursor<JsonCellExtractor, CellLevel> {
 public:
  explicit JsonCellExtractor(const FieldSelection& selection) : JsonRecordCursor(selection) {}

  /// `text` is what will be read: the cells of an earlier record are gone.
  void start(rapidjson::InsituStringStream& stream, PaddedView text, std::uint64_t line,
             std::string_view key) {
    stream_ = &stream;
    text_ = text.text();
    newlines_.clear();
    if (selection().has_nested()) {
      find_newlines(text_);
    }
    start(scan::is_ascii(text), line, key);
  }
  /// The same for a record that has no other inside; `is_utf8` when it is known to be.
  void start_plain(bool is_utf8, std::uint64_t line, std::string_view key) {
    assert(!selection().has_nested());
    stream_ = nullptr;
    newlines_.clear();
    start(is_utf8, line, key);
  }

  /// Keeps what is known to be selected; `group` as in `Cell`.
  void add_cell(const FieldSelection::Field& selected, std::string_view text, std::uint32_t group) {
    group_ = group;
    keep(selected, text);
  }

  /// The record and those inside of it, the outer ones first.
  [[nodiscard]] std::size_t row_count() const { return row_count_; }
  [[nodiscard]] Row row(std::size_t number) const {
    const ExtractedRow& extracted = rows_[number];
    return {extracted.cells, extracted.line, extracted.depth, extracted.container};
  }
  [[nodiscard]] std::uint64_t repaired() const { return repaired_; }
  /// Members of one object that stand for the same.
  struct Repeats {
    std::uint64_t count = 0;
    std::uint64_t lines_behind = 0;  ///< How many line ends stand behind the first of them.
  };
  /// Members that had the name of one before them.
  [[nodiscard]] const Repeats& duplicates() const { return duplicates_; }
  /// Members whose name differs only in case from that of one before them.
  [[nodiscard]] const Repeats& twins() const { return twins_; }

 private:
  friend JsonRecordCursor<JsonCellExtractor, CellLevel>;

  void start(bool is_utf8, std::uint64_t line, std::string_view key) {
    start_record();
    line_ = line;
    list_depth_ = 0;
    group_ = groups_ = 0;
    is_utf8_ = is_utf8;
    repaired_ = 0;
    repaired_text_.clear();
    duplicates_ = twins_ = {};
    objects_ = 0;
    noted_.clear();
    if (!any_noted_.empty()) {
      any_noted_.clear();
    }
    overruled_.clear();
    outer_rows_.clear();  // Of a record that was left out as too deep.
    row_count_ = 0;
    open_row({}, key);
  }

  // --- what the cursor tells

  /// Records of one list mostly have the same members in the same order.
  FieldSelection::Node find(Level& level, std::string_view name) {
    if (level.node >= members_.size()) {
      members_.resize(level.node + 1);
    }
    std::vector<Member>& members = members_[level.node];
    const std::size_t number = level.state.members_seen++;
    if (number < members.size() && members[number].name == name) {
      return members[number].node;
    }
    const FieldSelection::Node node = selection().child(level.node, name);
    Member member{std::string(name), node};
    if (number < members.size()) {
      members[number] = std::move(member);
    } else if (number < most_members) {
      members.push_back(std::move(member));
    }
    return node;
  }

  void member(Level& level, std::string_view name, bool is_any) {
    if (level.node == FieldSelection::none) {
      return;
    }
    if (is_any) {
      note_any(level, name);
      take_any(level, name);
    } else if (level.member != FieldSelection::none && level.member_nested == nullptr) {
      note_member(level, name);
    }
    if (level.member_nested != nullptr && level.member != FieldSelection::none) {
      value({});  // Records of their own; that they are there is part of this one.
    }
  }

  void pair_member(Level& level) {
    if ((level.at_name && level.state.had_name) || (level.at_value && level.state.had_value)) {
      count(duplicates_);
    }
    level.state.had_name |= level.at_name;
    level.state.had_value |= level.at_value;
  }

  void element() {
    if (list_depth_ != 0 && depth() == list_depth_ && level().is_list) {
      group_ = ++groups_;
    }
  }

  void opened(Level& inner, const Level& /*above*/) {
    inner.state.object = ++objects_;
    if (inner.is_list && inner.member != FieldSelection::none && list_depth_ == 0) {
      list_depth_ = depth();
    }
  }

  void begin_record(const Level& above, std::string_view key) {
    outer_rows_.push_back({row_, list_depth_, group_, groups_});
    list_depth_ = 0;
    group_ = groups_ = 0;
    open_row(above.member_nested->name, key);
  }

  void end_record() {
    const OuterRow& outer = outer_rows_.back();
    row_ = outer.row;
    list_depth_ = outer.list_depth;
    group_ = outer.group;
    groups_ = outer.groups;
    outer_rows_.pop_back();
  }

  void pair(const Level& level) {
    const FieldSelection::Node node = selection().child(level.node, level.state.pair_name);
    if (const FieldSelection::Field* selected =
            node == FieldSelection::none ? nullptr : selection().at(node)) {
      keep(*selected, level.state.pair_value);
    }
  }

  void end_list(const Level& list, bool is_empty) {
    const FieldSelection::Node node = list.member;
    if (node == FieldSelection::none) {
      return;
    }
    if (const FieldSelection::Field* selected = is_empty ? selection().at(node) : nullptr) {
      keep_empty(*selected);
    }
    if (selection().pair(node) != nullptr) {
      // The fields that the list can hold are there, even where it does not.
      selection().each_below(node, [&](const FieldSelection::Field& below) { keep_empty(below); });
    }
  }

  void leave(const Level& /*level*/) {
    if (depth() == list_depth_) {
      list_depth_ = group_ = 0;
    }
    if (depth() == 1 && !overruled_.empty()) {
      drop_overruled();
    }
  }

  void value(std::string_view text) {
    Level& at = level();
    if (at.at_name) {
      at.state.pair_name = text;
    } else if (at.at_value) {
      at.state.pair_value = text;
    }
    const FieldSelection::Field* selected =
        at.member == FieldSelection::none ? nullptr : selection().at(at.member);
    if (selected != nullptr) {
      keep(*selected, text);
    }
  }

  struct ExtractedRow {
    std::vector<Cell> cells;
    std::uint64_t line = 0;
    std::uint32_t depth = 0;
    std::string_view container;
  };
  /// What is gone on with after a record inside of another.
  struct OuterRow {
    std::size_t row = 0;
    std::size_t list_depth = 0;
    std::uint32_t group = 0;
    std::uint32_t groups = 0;
  };

  /// A member that is read, of an object.
  struct Noted {
    std::uint32_t object = 0;
    FieldSelection::Node node = FieldSelection::none;
    std::uint32_t before = no_member;  ///< Of the same node.
    std::size_t cells_begin = 0;       ///< Its cells stand in its row from here on.
    std::string_view name = {};
  };
  struct Overruled {
    std::size_t row = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// A name that was looked up.
  struct Member {
    std::string name;
    FieldSelection::Node node = FieldSelection::none;
  };

  std::vector<Cell>& cells() { return rows_[row_].cells; }

  /// A member under any name, taken as the element of a list.
  void take_any(const Level& level, std::string_view name) {
    if (list_depth_ == 0) {
      list_depth_ = depth();
    }
    if (list_depth_ == depth()) {
      group_ = ++groups_;
    }
    if (const FieldSelection::Field* key = selection().key(level.member)) {
      keep(*key, name);
    }
  }

  // --- members that stand twice

  void note_member(Level& level, std::string_view name) {
    if (level.member >= last_noted_.size()) {
      last_noted_.resize(level.member + 1, no_member);
    }
    std::uint32_t& last = last_noted_[level.member];
    std::uint32_t known =
        last < noted_.size() && noted_[last].node == level.member ? last : no_member;
    const std::uint32_t before = known;
    // Those of records inside of this one came later.
    while (known != no_member && noted_[known].object > level.state.object) {
      known = noted_[known].before;
    }
    if (known != no_member && noted_[known].object == level.state.object) {
      const bool is_twin = noted_[known].name != name;
      count(is_twin ? twins_ : duplicates_);
      if (is_twin && name != selection().name(level.member)) {
        level.member = FieldSelection::none;
        return;
      }
      overrule(known);
    }
    last = static_cast<std::uint32_t>(noted_.size());
    noted_.push_back({level.state.object, level.member, before, cells().size(), name});
  }

  void note_any(const Level& level, std::string_view name) {
    const auto number = static_cast<std::uint32_t>(noted_.size());
    const auto [known, is_new] = any_noted_.try_emplace({level.state.object, name}, number);
    if (!is_new) {
      count(duplicates_);
      overrule(std::exchange(known->second, number));
    }
    noted_.push_back({level.state.object, level.member, no_member, cells().size()});
  }

  /// Its cells go up to those of the member that comes next in its object.
  void overrule(std::uint32_t number) {
    const Noted& member = noted_[number];
    const auto next =
        std::find_if(noted_.begin() + number + 1, noted_.end(),
                     [&](const Noted& other) { return other.object == member.object; });
    const std::size_t end = next == noted_.end() ? cells().size() : next->cells_begin;
    overruled_.push_back({row_, member.cells_begin, end});
  }

  void count(Repeats& repeats) {
    if (repeats.count++ == 0) {
      repeats.lines_behind = lines_in(text_.substr(stream_->Tell()));
    }
  }

  /// At the end of the record: until then, cells have to stay where they are.
  void drop_overruled() {
    for (const Overruled& member : overruled_) {
      for (std::size_t i = member.begin; i < member.end; ++i) {
        rows_[member.row].cells[i].slot = no_slot;
      }
    }
    for (std::size_t row = 0; row < row_count_; ++row) {
      std::erase_if(rows_[row].cells, [](const Cell& cell) { return cell.slot == no_slot; });
    }
  }

  // --- records inside of the record

  void open_row(std::string_view container, std::string_view key) {
    if (row_count_ == rows_.size()) {
      rows_.emplace_back();
    }
    row_ = row_count_++;
    rows_[row_].cells.clear();
    rows_[row_].line = line_ + lines_so_far();
    rows_[row_].depth = static_cast<std::uint32_t>(outer_rows_.size());
    rows_[row_].container = container;
    if (const FieldSelection::Field* selected =
            key.empty() ? nullptr : selection().key(FieldSelection::root)) {
      keep(*selected, key);
    }
  }

  /// Line ends stand between tokens only. To be found before texts are unescaped in place.
  void find_newlines(std::string_view text) {
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
      newlines_.push_back(at);
    }
  }
  [[nodiscard]] std::uint64_t lines_so_far() const {
    if (newlines_.empty()) {
      return 0;
    }
    const auto after = std::ranges::lower_bound(newlines_, stream_->Tell());
    return static_cast<std::uint64_t>(after - newlines_.begin());
  }

  // --- values

  void keep_empty(const FieldSelection::Field& selected) {
    cells().push_back({.text = {}, .group = 0, .slot = selected.slot, .facet = selected.facet});
  }

  void keep(const FieldSelection::Field& selected, std::string_view text) {
    if (!is_utf8_ && !is_utf8(text)) {
      ++repaired_;
      text = repaired_text_.emplace_back(repair_utf8(text));
    }
    cells().push_back(
        {.text = text, .group = group_, .slot = selected.slot, .facet = selected.facet});
  }

  static constexpr std::size_t most_members = 1024;
  static constexpr std::uint32_t no_member = UINT32_MAX;
  static constexpr Slot no_slot = UINT16_MAX;

  /// Of the objects before, by their node: the first, the second, ... member.
  std::vector<std::vector<Member>> members_;
  rapidjson::InsituStringStream* stream_ = nullptr;
  std::string_view text_;  ///< What stands behind where the stream is has not been changed yet.
  std::uint64_t line_ = 0;
  std::size_t list_depth_ = 0;  ///< The depth of the outermost selected list; 0 outside of one.
  std::uint32_t group_ = 0;
  std::uint32_t groups_ = 0;
  bool is_utf8_ = false;  ///< All of the record, and so every text in it.
  std::uint64_t repaired_ = 0;
  std::vector<ExtractedRow> rows_;  ///< The first `row_count_` of them are of this record.
  std::size_t row_count_ = 0;
  std::size_t row_ = 0;
  std::vector<OuterRow> outer_rows_;
  std::vector<std::size_t> newlines_;
  std::deque<std::string> repaired_text_;
  std::uint32_t objects_ = 0;  ///< And lists, that have begun.
  std::vector<Noted> noted_;
  std::vector<std::uint32_t> last_noted_;  ///< By node; may be of an earlier record.
  /// By object and name, where any name is read.
  boost::unordered_flat_map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> any_noted_;
  std::vector<Overruled> overruled_;
  Repeats duplicates_;
  Repeats twins_;
};

}  // namespace tierline

template <>
template <>
inline void tierline::JsonReader::ParseNumber<
    tierline::json_record_flags, rapidjson::InsituStringStream, tierline::JsonCellExtractor>(
    rapidjson::InsituStringStream& is, tierline::JsonCellExtractor& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}
