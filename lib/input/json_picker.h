#pragma once
// From the members of a JSON record to cells. All of it is in this header because it runs for every
// member.

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/json_reader.h"
#include "input/scan.h"
#include "support/text.h"
#include "support/utf8.h"
#include "tierline/input.h"
#include "tierline/row.h"

namespace tierline {

/// Follows a record's members through the tree of wanted names and keeps what is wanted; a handler
/// for RapidJSON's SAX reader. Records inside of the record become rows of their own. Of members of
/// one name in one object the last counts, except where they hold records: these are all kept.
class JsonPicker {
 public:
  static constexpr std::size_t deepest = 64;

  explicit JsonPicker(const Wants& wants) : wants_(wants) {}

  /// `text` is what will be read: the cells of an earlier record are gone.
  void start(rapidjson::InsituStringStream& stream, std::string_view text, std::uint64_t line,
             std::string_view key) {
    stream_ = &stream;
    text_ = text;
    newlines_.clear();
    if (wants_.has_nested()) {
      find_newlines(text);
    }
    start(scan::is_ascii(text), line, key);
  }
  /// The same for a record that has no other inside; `is_utf8` when it is known to be.
  void start_plain(bool is_utf8, std::uint64_t line, std::string_view key) {
    newlines_.clear();
    start(is_utf8, line, key);
  }

  /// Keeps what is known to be wanted; `group` as in `Cell`.
  void take(const Wants::Want& want, std::string_view text, std::uint32_t group) {
    group_ = group;
    keep(want, text);
  }

  bool Null() { return value({}); }
  bool Bool(bool b) { return value(b ? "true" : "false"); }
  bool Int(int) { return true; }
  bool Uint(unsigned) { return true; }
  bool Int64(std::int64_t) { return true; }
  bool Uint64(std::uint64_t) { return true; }
  bool Double(double) { return true; }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return value({text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) { return value({text, length}); }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view name(text, length);
    Level& level = levels_[depth_];
    level.member = Wants::none;
    level.member_nested = nullptr;
    if (level.nested != nullptr) {  // A map of records.
      level.member_nested = level.nested;
      key_ = name;
      return true;
    }
    if (level.pair != nullptr) {
      level.at_name = name == level.pair->name;
      level.at_value = name == level.pair->value;
      note_pair(level);
    }
    if (level.node == Wants::none) {
      return true;
    }
    level.member = child(level, name);
    if (level.node == Wants::root && wants_.has_nested()) {
      level.member_nested = wants_.nested(name);
    }
    if (level.member == Wants::none && wants_.any(level.node) != Wants::none) {
      note_any(level, name);
      take_any(level, name);
    } else if (level.member != Wants::none && level.member_nested == nullptr) {
      note_member(level, name);
    }
    if (level.member_nested != nullptr && level.member != Wants::none) {
      value({});  // Records of their own; that they are there is part of this one.
    }
    return true;
  }

  bool StartObject() {
    const Level& above = levels_[depth_];
    if (above.member_nested != nullptr) {
      const bool is_map = above.member_nested->by_key && above.nested == nullptr && !above.is_list;
      return is_map ? enter({.nested = above.member_nested}) : enter_row(above);
    }
    const Wants::Node node = depth_ == 0 ? Wants::root : above.member;
    next_element();
    return enter({.node = node, .pair = node == Wants::none ? nullptr : wants_.pair(node)});
  }
  bool EndObject(rapidjson::SizeType) {
    if (levels_[depth_].pair != nullptr) {
      take_pair(levels_[depth_]);
    }
    if (levels_[depth_].begins_row) {
      return leave_row();
    }
    if (depth_ == 1 && !overruled_.empty()) {
      drop_overruled();
    }
    return leave();
  }

  bool StartArray() {
    const Level& above = levels_[depth_];
    const Wants::Node node = above.member;
    if (node != Wants::none && list_depth_ == 0) {
      list_depth_ = depth_ + 1;
    }
    // A list is looked through: its elements stand for the member itself.
    return enter({.member = node, .member_nested = above.member_nested, .is_list = true});
  }
  bool EndArray(rapidjson::SizeType size) {
    const Wants::Node node = levels_[depth_].member;
    const Wants::Want* want = size == 0 && node != Wants::none ? wants_.at(node) : nullptr;
    if (want != nullptr) {
      cells().push_back({.text = {}, .group = 0, .slot = want->slot, .facet = want->facet});
    }
    if (node != Wants::none && wants_.pair(node) != nullptr) {
      // The fields that the list can hold are there, even where it does not.
      wants_.each_below(node, [&](const Wants::Want& below) {
        cells().push_back({.text = {}, .group = 0, .slot = below.slot, .facet = below.facet});
      });
    }
    return leave();
  }

  /// The record and those inside of it, the outer ones first.
  [[nodiscard]] std::size_t row_count() const { return row_count_; }
  [[nodiscard]] Row row(std::size_t number) const {
    const PickedRow& picked = rows_[number];
    return {picked.cells, picked.line, picked.depth, picked.container};
  }
  [[nodiscard]] bool too_deep() const { return too_deep_; }
  /// Where it is too deep: whether what is open there is a list, from the record on.
  [[nodiscard]] bool is_list(std::size_t depth) const { return levels_[depth].is_list; }
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
  void start(bool is_utf8, std::uint64_t line, std::string_view key) {
    line_ = line;
    depth_ = list_depth_ = 0;
    group_ = groups_ = 0;
    too_deep_ = false;
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
    levels_[0] = {};
    row_count_ = 0;
    open_row({}, key);
  }

  struct Level {
    Wants::Node node = Wants::none;    ///< Of the object itself.
    Wants::Node member = Wants::none;  ///< Of the member that comes next, or of a list's elements.
    const Wants::Nested* nested = nullptr;         ///< An object whose members are records.
    const Wants::Nested* member_nested = nullptr;  ///< The member that comes next holds records.
    const Wants::Pair* pair = nullptr;
    std::uint32_t members_seen = 0;
    std::uint32_t object = 0;  ///< Its number in the record.
    bool is_list = false;
    bool begins_row = false;
    bool at_name = false;   ///< The member that comes next is a pair's name.
    bool at_value = false;  ///< It is what the pair says.
    bool had_name = false;
    bool had_value = false;
    std::string_view pair_name = {};
    std::string_view pair_value = {};
  };
  struct PickedRow {
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
    Wants::Node node = Wants::none;
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
    Wants::Node node = Wants::none;
  };

  std::vector<Cell>& cells() { return rows_[row_].cells; }

  /// Records of one list mostly have the same members in the same order.
  Wants::Node child(Level& level, std::string_view name) {
    if (level.node >= members_.size()) {
      members_.resize(level.node + 1);
    }
    std::vector<Member>& members = members_[level.node];
    const std::size_t number = level.members_seen++;
    if (number < members.size() && members[number].name == name) {
      return members[number].node;
    }
    const Wants::Node node = wants_.child(level.node, name);
    Member member{std::string(name), node};
    if (number < members.size()) {
      members[number] = std::move(member);
    } else if (number < most_members) {
      members.push_back(std::move(member));
    }
    return node;
  }

  bool enter(Level level) {
    if (++depth_ >= deepest) {
      too_deep_ = true;
      return false;
    }
    levels_[depth_] = level;
    levels_[depth_].object = ++objects_;
    return true;
  }

  bool leave() {
    if (depth_ == list_depth_) {
      list_depth_ = group_ = 0;
    }
    --depth_;
    return true;
  }

  void next_element() {
    if (list_depth_ != 0 && depth_ == list_depth_ && levels_[depth_].is_list) {
      group_ = ++groups_;
    }
  }

  /// A member under any name, taken as the element of a list.
  void take_any(Level& level, std::string_view name) {
    level.member = wants_.any(level.node);
    if (list_depth_ == 0) {
      list_depth_ = depth_;
    }
    if (list_depth_ == depth_) {
      group_ = ++groups_;
    }
    if (const Wants::Want* key = wants_.key(level.member)) {
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
    while (known != no_member && noted_[known].object > level.object) {
      known = noted_[known].before;
    }
    if (known != no_member && noted_[known].object == level.object) {
      const bool is_twin = noted_[known].name != name;
      count(is_twin ? twins_ : duplicates_);
      if (is_twin && name != wants_.name(level.member)) {
        level.member = Wants::none;
        return;
      }
      overrule(known);
    }
    last = static_cast<std::uint32_t>(noted_.size());
    noted_.push_back({level.object, level.member, before, cells().size(), name});
  }

  void note_any(const Level& level, std::string_view name) {
    const auto number = static_cast<std::uint32_t>(noted_.size());
    const auto [known, is_new] = any_noted_.try_emplace({level.object, name}, number);
    if (!is_new) {
      count(duplicates_);
      overrule(std::exchange(known->second, number));
    }
    noted_.push_back({level.object, wants_.any(level.node), no_member, cells().size()});
  }

  void note_pair(Level& level) {
    if ((level.at_name && level.had_name) || (level.at_value && level.had_value)) {
      count(duplicates_);
    }
    level.had_name |= level.at_name;
    level.had_value |= level.at_value;
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
    if (const Wants::Want* want = key.empty() ? nullptr : wants_.key(Wants::root)) {
      keep(*want, key);
    }
  }

  bool enter_row(const Level& above) {
    const std::string_view container = above.member_nested->name;
    const std::string_view key = above.nested == nullptr ? std::string_view() : key_;
    outer_rows_.push_back({row_, list_depth_, group_, groups_});
    list_depth_ = 0;
    group_ = groups_ = 0;
    open_row(container, key);
    return enter({.node = Wants::root, .begins_row = true});
  }

  bool leave_row() {
    const OuterRow& outer = outer_rows_.back();
    row_ = outer.row;
    list_depth_ = outer.list_depth;
    group_ = outer.group;
    groups_ = outer.groups;
    outer_rows_.pop_back();
    --depth_;
    return true;
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

  bool value(std::string_view text) {
    next_element();
    Level& level = levels_[depth_];
    if (level.at_name) {
      level.pair_name = text;
    } else if (level.at_value) {
      level.pair_value = text;
    }
    const Wants::Want* want = level.member == Wants::none ? nullptr : wants_.at(level.member);
    if (want != nullptr) {
      keep(*want, text);
    }
    return true;
  }

  void take_pair(const Level& level) {
    const Wants::Node node = wants_.child(level.node, level.pair_name);
    if (const Wants::Want* want = node == Wants::none ? nullptr : wants_.at(node)) {
      keep(*want, level.pair_value);
    }
  }

  void keep(const Wants::Want& want, std::string_view text) {
    if (!is_utf8_ && !is_utf8(text)) {
      ++repaired_;
      text = repaired_text_.emplace_back(repair_utf8(text));
    }
    cells().push_back({.text = text, .group = group_, .slot = want.slot, .facet = want.facet});
  }

  static constexpr std::size_t most_members = 1024;
  static constexpr std::uint32_t no_member = UINT32_MAX;
  static constexpr Slot no_slot = UINT16_MAX;

  const Wants& wants_;
  /// Of the objects before, by their node: the first, the second, ... member.
  std::vector<std::vector<Member>> members_;
  rapidjson::InsituStringStream* stream_ = nullptr;
  std::string_view text_;  ///< What stands behind where the stream is has not been changed yet.
  std::uint64_t line_ = 0;
  std::array<Level, deepest + 1> levels_;
  std::size_t depth_ = 0;
  std::size_t list_depth_ = 0;  ///< The depth of the outermost wanted list; 0 outside of one.
  std::uint32_t group_ = 0;
  std::uint32_t groups_ = 0;
  bool too_deep_ = false;
  bool is_utf8_ = false;  ///< All of the record, and so every text in it.
  std::uint64_t repaired_ = 0;
  std::vector<PickedRow> rows_;  ///< The first `row_count_` of them are of this record.
  std::size_t row_count_ = 0;
  std::size_t row_ = 0;
  std::vector<OuterRow> outer_rows_;
  std::string_view key_;
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
inline void tierline::JsonReader::ParseNumber<tierline::json_record_flags,
                                              rapidjson::InsituStringStream, tierline::JsonPicker>(
    rapidjson::InsituStringStream& is, tierline::JsonPicker& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}
