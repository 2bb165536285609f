#pragma once
// All that stands in a JSON record, and which of it is wanted. For people who ask once, so it is
// not made for speed.

#include <array>
#include <deque>
#include <string>
#include <string_view>

#include "input/json_picker.h"
#include "input/json_reader.h"
#include "support/utf8.h"
#include "tierline/input.h"

namespace tierline {

/// Hands every value of a record to a sink; a handler for RapidJSON's SAX reader. It follows the
/// tree of wanted names as JsonPicker does, into records inside of the record as well.
class JsonSurvey : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonSurvey> {
 public:
  JsonSurvey(const Wants& wants, FieldSink& sink) : wants_(wants), sink_(sink) {}

  /// After the sink was told that the record begins.
  void start(const rapidjson::InsituStringStream& /*stream*/, std::string_view /*text*/,
             std::uint64_t /*line*/, std::string_view key) {
    depth_ = 0;
    levels_[0] = {};
    records_inside_of_ = 0;
    too_deep_ = false;
    path_.clear();
    repaired_text_.clear();
    tell_key(key);
  }

  bool Null() { return value({}); }
  bool Bool(bool b) { return value(b ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return value({text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) { return value({text, length}); }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    const std::string_view name(text, length);
    Level& level = levels_[depth_];
    level.member = Wants::none;
    level.member_nested = level.nested;
    if (level.nested != nullptr) {  // A map of records.
      key_ = name;
      return true;
    }
    level.at_name = level.pair != nullptr && name == level.pair->name;
    level.at_value = level.pair != nullptr && name == level.pair->value;
    if (level.node == Wants::root) {
      level.member_nested = wants_.nested(name);
    }
    const Wants::Node own =
        level.node == Wants::none ? Wants::none : wants_.child(level.node, name);
    const Wants::Node any = level.node == Wants::none ? Wants::none : wants_.any(level.node);
    level.member = own == Wants::none ? any : own;
    go_to(level, own == Wants::none && any != Wants::none ? "*" : name);
    return true;
  }

  bool StartObject() {
    const Level& above = levels_[depth_];
    if (above.member_nested != nullptr) {
      const bool is_map = above.member_nested->by_key && above.nested == nullptr && !above.is_list;
      return is_map ? enter({.base = path_.size(), .nested = above.member_nested})
                    : enter_record(above);
    }
    const Wants::Node node = depth_ == 0 ? Wants::root : above.member;
    return enter({.base = above.base,
                  .node = node,
                  .pair = node == Wants::none ? nullptr : wants_.pair(node),
                  .is_record = depth_ == 0,
                  .has_dots = above.member_has_dots});
  }
  bool EndObject(rapidjson::SizeType) {
    const Level& level = levels_[depth_];
    if (level.pair != nullptr) {
      take_pair(level);
    }
    if (level.is_record && depth_ > 1) {
      --records_inside_of_;
      sink_.end_record();
    }
    return leave();
  }

  /// The elements of a list stand for the member itself.
  bool StartArray() {
    const Level& above = levels_[depth_];
    return enter({.base = above.base,
                  .member = above.member,
                  .member_nested = above.member_nested,
                  .is_list = true,
                  .member_has_dots = above.member_has_dots,
                  .member_is_top = above.member_is_top});
  }
  bool EndArray(rapidjson::SizeType size) {
    const bool is_field = size == 0 && levels_[depth_].member_nested == nullptr;
    return (!is_field || value({})) && leave();
  }

  [[nodiscard]] bool too_deep() const { return too_deep_; }
  /// As `JsonPicker` has it.
  [[nodiscard]] bool is_list(std::size_t depth) const { return levels_[depth].is_list; }

 private:
  struct Level {
    std::size_t path_size = 0;         ///< Of the path that leads here.
    std::size_t base = 0;              ///< Of it, what leads to the record.
    Wants::Node node = Wants::none;    ///< Of the object itself.
    Wants::Node member = Wants::none;  ///< Of the member that comes next, or of a list's elements.
    const Wants::Nested* nested = nullptr;         ///< An object whose members are records.
    const Wants::Nested* member_nested = nullptr;  ///< The member that comes next holds records.
    const Wants::Pair* pair = nullptr;
    bool is_list = false;
    bool is_record = false;
    bool has_dots = false;         ///< A name on the way here has dots in it.
    bool member_has_dots = false;  ///< The same of the member.
    bool member_is_top = false;    ///< It is the record's own.
    bool at_name = false;          ///< The member that comes next is a pair's name.
    bool at_value = false;         ///< It is what the pair says.
    std::string_view pair_name = {};
    std::string_view pair_value = {};
  };

  void go_to(Level& level, std::string_view name) {
    path_.resize(level.path_size);
    path_.append(path_.size() == level.base ? "" : ".");
    path_.append(is_utf8(name) ? name : repair_utf8(name));
    level.member_has_dots = level.has_dots || name.find('.') != std::string_view::npos;
    level.member_is_top = level.is_record;
  }

  bool enter(Level level) {
    too_deep_ = depth_ + 1 >= JsonPicker::deepest;
    if (!too_deep_) {
      levels_[++depth_] = level;
      levels_[depth_].path_size = path_.size();
    }
    return !too_deep_;
  }

  bool enter_record(const Level& above) {
    const std::string_view key = above.nested == nullptr ? std::string_view() : key_;
    sink_.begin_record(above.member_nested->name, ++records_inside_of_);
    tell_key(key);
    return enter({.base = path_.size(), .node = Wants::root, .is_record = true});
  }

  bool leave() {
    path_.resize(levels_[depth_--].path_size);
    return true;
  }

  void tell_key(std::string_view key) {
    if (!key.empty()) {
      sink_.field({"$key", key, wants_.key(Wants::root)});
    }
  }

  bool value(std::string_view text) {
    Level& level = levels_[depth_];
    if (level.at_name || level.at_value) {
      (level.at_name ? level.pair_name : level.pair_value) = text;
    } else {
      tell(level, level.member, text);
    }
    return true;
  }

  /// A pair is a member of its list's parent.
  void take_pair(const Level& level) {
    Level as_member = level;
    go_to(as_member, level.pair_name);
    tell(as_member, wants_.child(level.node, level.pair_name), level.pair_value);
  }

  void tell(const Level& level, Wants::Node node, std::string_view text) {
    if (!is_utf8(text)) {
      text = repaired_text_.emplace_back(repair_utf8(text));
    }
    sink_.field({std::string_view(path_).substr(level.base), text,
                 node == Wants::none ? nullptr : wants_.at(node),
                 !level.member_has_dots || level.member_is_top});
  }

  const Wants& wants_;
  FieldSink& sink_;
  std::string path_;
  std::array<Level, JsonPicker::deepest> levels_;
  std::size_t depth_ = 0;
  std::size_t records_inside_of_ = 0;  ///< How many records the current one stands inside of.
  bool too_deep_ = false;
  std::string_view key_;
  std::deque<std::string> repaired_text_;
};

}  // namespace tierline

template <>
template <>
inline void tierline::JsonReader::ParseNumber<tierline::json_record_flags,
                                              rapidjson::InsituStringStream, tierline::JsonSurvey>(
    rapidjson::InsituStringStream& is, tierline::JsonSurvey& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}
