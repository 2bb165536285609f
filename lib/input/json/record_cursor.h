#pragma once
// Where in a JSON record the reader is, told by the tree of selected names: which member comes
// next, which list or object it stands in, and where a record inside of the record begins. The
// rules of nesting stand here and nowhere else:
//
//   - a list is looked through: its elements stand for the member itself;
//   - `*` stands for any name that the selection has no place for;
//   - members that hold records begin a record of their own, or a map of them;
//   - the elements of a list of pairs stand for members of the list's parent.
//
// What is done at each of these is up to a sink.

#include <rapidjson/reader.h>

#include <array>
#include <cstdint>
#include <string_view>

#include "input/field_selection.h"
#include "input/json/json.h"
#include "input/json/rapidjson_reader.h"

namespace tierline {

/// A handler for RapidJSON's SAX reader, and the base of its sink, which defines those of these
/// that concern it:
///
///   find(level, name)             the place of a member; none without one
///   member(level, name, is_any)   a member comes next
///   pair_member(level)            it is a pair's name, or what the pair says, or neither
///   element()                     a value or an object comes, in a list or not
///   opened(inner, above)          an object or a list has begun
///   begin_record(above, key)      a record inside of the record begins
///   end_record()                  and ends
///   pair(level)                   an element of a list of pairs has ended
///   end_list(level, is_empty)     a list ends
///   leave(level)                  any of them ends
///   value(text)                   a text, a number, a truth value, or nothing, for null
///   null()                        null, where that is not the same
///
/// `LevelState` is what the sink keeps of each level.
template <typename Sink, typename LevelState>
class JsonRecordCursor {
 public:
  bool Null() {
    sink().element();
    sink().null();
    return true;
  }
  bool Bool(bool b) { return emit_value(b ? "true" : "false"); }
  bool Int(int) { return true; }
  bool Uint(unsigned) { return true; }
  bool Int64(std::int64_t) { return true; }
  bool Uint64(std::uint64_t) { return true; }
  bool Double(double) { return true; }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return emit_value({text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) {
    return emit_value({text, length});
  }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view name(text, length);
    Level& level = levels_[depth_];
    level.member = FieldSelection::none;
    level.member_nested = level.nested;
    if (level.nested != nullptr) {  // A map of records.
      key_ = name;
      return true;
    }
    if (level.pair != nullptr) {
      level.at_name = name == level.pair->name;
      level.at_value = name == level.pair->value;
      sink().pair_member(level);
    }
    bool is_any = false;
    if (level.node != FieldSelection::none) {
      level.member = sink().find(level, name);
      if (level.node == FieldSelection::root && selection_.has_nested()) {
        level.member_nested = selection_.nested(name);
      }
      if (level.member == FieldSelection::none) {
        level.member = selection_.any(level.node);
        is_any = level.member != FieldSelection::none;
      }
    }
    sink().member(level, name, is_any);
    return true;
  }

  bool StartObject() {
    const Level& above = levels_[depth_];
    if (above.member_nested != nullptr) {
      const bool is_map = above.member_nested->by_key && above.nested == nullptr && !above.is_list;
      if (is_map) {
        return enter({.nested = above.member_nested});
      }
      sink().begin_record(above, above.nested == nullptr ? std::string_view() : key_);
      return enter({.node = FieldSelection::root, .begins_record = true});
    }
    const FieldSelection::Node node = depth_ == 0 ? FieldSelection::root : above.member;
    sink().element();
    return enter(
        {.node = node, .pair = node == FieldSelection::none ? nullptr : selection_.pair(node)});
  }
  bool EndObject(rapidjson::SizeType) {
    const Level& level = levels_[depth_];
    if (level.pair != nullptr) {
      sink().pair(level);
    }
    if (level.begins_record) {
      sink().end_record();
    }
    return leave();
  }

  bool StartArray() {
    const Level& above = levels_[depth_];
    return enter({.member = above.member, .member_nested = above.member_nested, .is_list = true});
  }
  bool EndArray(rapidjson::SizeType size) {
    sink().end_list(levels_[depth_], size == 0);
    return leave();
  }

  [[nodiscard]] bool too_deep() const { return depth_ >= deepest_json; }
  /// Where it is too deep: whether what is open there is a list, from the record on.
  [[nodiscard]] bool is_list(std::size_t depth) const { return levels_[depth].is_list; }

 protected:
  /// An object or a list that is open.
  struct Level {
    FieldSelection::Node node = FieldSelection::none;  ///< Of the object itself.
    /// Of the member that comes next, or of a list's elements.
    FieldSelection::Node member = FieldSelection::none;
    const FieldSelection::Nested* nested = nullptr;  ///< An object whose members are records.
    /// The member that comes next holds records.
    const FieldSelection::Nested* member_nested = nullptr;
    const FieldSelection::Pair* pair = nullptr;
    bool is_list = false;
    bool begins_record = false;  ///< It is a record inside of another.
    bool at_name = false;        ///< The member that comes next is a pair's name.
    bool at_value = false;       ///< It is what the pair says.
    LevelState state = {};
  };

  explicit JsonRecordCursor(const FieldSelection& selection = FieldSelection::nothing())
      : selection_(selection) {}
  ~JsonRecordCursor() = default;

  FieldSelection::Node find(const Level& level, std::string_view name) const {
    return selection_.child(level.node, name);
  }
  void member(const Level& /*level*/, std::string_view /*name*/, bool /*is_any*/) {}
  void pair_member(const Level& /*level*/) {}
  void element() {}
  void opened(const Level& /*inner*/, const Level& /*above*/) {}
  void begin_record(const Level& /*above*/, std::string_view /*key*/) {}
  void end_record() {}
  void pair(const Level& /*level*/) {}
  void end_list(const Level& /*level*/, bool /*is_empty*/) {}
  void leave(const Level& /*level*/) {}
  void value(std::string_view /*text*/) {}
  void null() { sink().value({}); }

  void start_record() {
    depth_ = 0;
    levels_[0] = {};
  }
  [[nodiscard]] Level& level() { return levels_[depth_]; }
  [[nodiscard]] std::size_t depth() const { return depth_; }
  [[nodiscard]] const FieldSelection& selection() const { return selection_; }

 private:
  Sink& sink() { return static_cast<Sink&>(*this); }

  bool emit_value(std::string_view text) {
    sink().element();
    sink().value(text);
    return true;
  }

  bool enter(const Level& level) {
    const Level& above = levels_[depth_];
    if (++depth_ >= deepest_json) {
      return false;
    }
    levels_[depth_] = level;
    sink().opened(levels_[depth_], above);
    return true;
  }

  bool leave() {
    sink().leave(levels_[depth_]);
    --depth_;
    return true;
  }

  const FieldSelection& selection_;
  std::array<Level, deepest_json + 1> levels_;  ///< By depth, from what the record stands in on.
  std::size_t depth_ = 0;
  std::string_view key_;  ///< Of the record that comes next, in a map of records.
};

}  // namespace tierline
