#pragma once
// All that stands in a JSON record, and which of it is wanted. For people who ask once, so it is
// not made for speed.

#include <rapidjson/reader.h>

#include <array>
#include <deque>
#include <string>
#include <string_view>

#include "input/json_picker.h"
#include "support/utf8.h"
#include "tierline/input.h"

namespace tierline {

/// Hands every value of a record to a sink; a handler for RapidJSON's SAX reader. It follows the
/// tree of wanted names as JsonPicker does.
class JsonSurvey : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, JsonSurvey> {
 public:
  JsonSurvey(const Wants& wants, FieldSink& sink) : wants_(wants), sink_(sink) {}

  /// Nested records count as a part of the record around them.
  void start(rapidjson::InsituStringStream& /*stream*/, std::string_view /*text*/,
             std::uint64_t /*line*/, std::string_view /*key*/) {
    depth_ = 0;
    levels_[0] = {};
    too_deep_ = false;
    path_.clear();
    repaired_text_.clear();
  }

  bool Null() { return value({}); }
  bool Bool(bool b) { return value(b ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType length, bool) {
    return value({text, length});
  }
  bool String(const char* text, rapidjson::SizeType length, bool) { return value({text, length}); }

  bool Key(const char* text, rapidjson::SizeType length, bool) {
    Level& level = levels_[depth_];
    const std::string_view name(text, length);
    path_.resize(level.path_size);
    path_.append(path_.empty() ? "" : ".").append(is_utf8(name) ? name : repair_utf8(name));
    level.member = level.node == Wants::none ? Wants::none : wants_.child(level.node, name);
    level.member_has_dots = level.has_dots || name.find('.') != std::string_view::npos;
    top_size_ = depth_ == 1 ? path_.size() : top_size_;
    return true;
  }

  bool StartObject() {
    return enter({.node = depth_ == 0 ? Wants::root : levels_[depth_].member,
                  .has_dots = levels_[depth_].member_has_dots});
  }
  bool EndObject(rapidjson::SizeType) { return leave(); }

  /// The elements of a list stand for the member itself.
  bool StartArray() {
    return enter(
        {.member = levels_[depth_].member, .member_has_dots = levels_[depth_].member_has_dots});
  }
  bool EndArray(rapidjson::SizeType size) { return (size > 0 || value({})) && leave(); }

  [[nodiscard]] bool too_deep() const { return too_deep_; }

 private:
  struct Level {
    std::size_t path_size = 0;         ///< Of the path that leads here.
    Wants::Node node = Wants::none;    ///< Of the object itself.
    Wants::Node member = Wants::none;  ///< Of the member that comes next, or of a list's elements.
    bool has_dots = false;             ///< A name on the way here has dots in it.
    bool member_has_dots = false;      ///< The same of the member.
  };

  bool enter(Level level) {
    too_deep_ = depth_ + 1 >= JsonPicker::deepest;
    if (!too_deep_) {
      levels_[++depth_] = level;
      levels_[depth_].path_size = path_.size();
    }
    return !too_deep_;
  }

  bool leave() {
    path_.resize(levels_[depth_--].path_size);
    return true;
  }

  bool value(std::string_view text) {
    const Wants::Node node = levels_[depth_].member;
    if (!is_utf8(text)) {
      text = repaired_text_.emplace_back(repair_utf8(text));
    }
    const bool can_be_named = !levels_[depth_].member_has_dots || path_.size() == top_size_;
    sink_.field({path_, text, node == Wants::none ? nullptr : wants_.at(node), can_be_named});
    return true;
  }

  const Wants& wants_;
  FieldSink& sink_;
  std::string path_;
  std::array<Level, JsonPicker::deepest> levels_;
  std::size_t depth_ = 0;
  std::size_t top_size_ = 0;  ///< Of the name of the record's own member.
  bool too_deep_ = false;
  std::deque<std::string> repaired_text_;
};

}  // namespace tierline
