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
    return true;
  }

  bool StartObject() { return enter(depth_ == 0 ? Wants::root : levels_[depth_].member); }
  bool EndObject(rapidjson::SizeType) { return leave(); }

  /// The elements of a list stand for the member itself.
  bool StartArray() {
    const Wants::Node node = levels_[depth_].member;
    if (!enter(Wants::none)) {
      return false;
    }
    levels_[depth_].member = node;
    return true;
  }
  bool EndArray(rapidjson::SizeType size) { return (size > 0 || value({})) && leave(); }

  [[nodiscard]] bool too_deep() const { return too_deep_; }

 private:
  struct Level {
    std::size_t path_size = 0;         ///< Of the path that leads here.
    Wants::Node node = Wants::none;    ///< Of the object itself.
    Wants::Node member = Wants::none;  ///< Of the member that comes next, or of a list's elements.
  };

  bool enter(Wants::Node node) {
    too_deep_ = depth_ + 1 >= JsonPicker::deepest;
    if (!too_deep_) {
      levels_[++depth_] = {path_.size(), node, Wants::none};
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
    sink_.field({path_, text, node == Wants::none ? nullptr : wants_.at(node)});
    return true;
  }

  const Wants& wants_;
  FieldSink& sink_;
  std::string path_;
  std::array<Level, JsonPicker::deepest> levels_;
  std::size_t depth_ = 0;
  bool too_deep_ = false;
  std::deque<std::string> repaired_text_;
};

}  // namespace tierline
