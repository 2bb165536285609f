#pragma once
// From the members of a JSON record to cells. All of it is in this header because it runs for every
// member.

#include <rapidjson/rapidjson.h>

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "support/utf8.h"
#include "tierline/row.h"

namespace tierline {

/// Follows a record's members through the tree of wanted names and keeps what is wanted; a handler
/// for RapidJSON's SAX reader.
class JsonPicker {
 public:
  static constexpr std::size_t deepest = 64;

  explicit JsonPicker(const Wants& wants) : wants_(wants) {}

  void start() {
    cells_.clear();
    depth_ = list_depth_ = 0;
    group_ = groups_ = 0;
    too_deep_ = false;
    repaired_ = 0;
    repaired_text_.clear();
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
    Level& level = levels_[depth_];
    level.member =
        level.node == Wants::none ? Wants::none : wants_.child(level.node, {text, length});
    return true;
  }

  bool StartObject() {
    const Wants::Node node = depth_ == 0 ? Wants::root : levels_[depth_].member;
    next_element();
    return enter({node, Wants::none, false});
  }
  bool EndObject(rapidjson::SizeType) { return leave(); }

  bool StartArray() {
    const Wants::Node node = levels_[depth_].member;
    if (node != Wants::none && list_depth_ == 0) {
      list_depth_ = depth_ + 1;
    }
    // A list is looked through: its elements stand for the member itself.
    return enter({Wants::none, node, true});
  }
  bool EndArray(rapidjson::SizeType size) {
    const Wants::Node node = levels_[depth_].member;
    const Wants::Want* want = size == 0 && node != Wants::none ? wants_.at(node) : nullptr;
    if (want != nullptr) {
      cells_.push_back({.text = {}, .group = 0, .slot = want->slot, .facet = want->facet});
    }
    return leave();
  }

  [[nodiscard]] std::span<const Cell> cells() const { return cells_; }
  [[nodiscard]] bool too_deep() const { return too_deep_; }
  [[nodiscard]] std::uint64_t repaired() const { return repaired_; }

 private:
  struct Level {
    Wants::Node node = Wants::none;    ///< Of the object itself.
    Wants::Node member = Wants::none;  ///< Of the member that comes next, or of a list's elements.
    bool is_list = false;
  };

  bool enter(Level level) {
    if (++depth_ >= deepest) {
      too_deep_ = true;
      return false;
    }
    levels_[depth_] = level;
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
    if (list_depth_ != 0 && depth_ == list_depth_) {
      group_ = ++groups_;
    }
  }

  bool value(std::string_view text) {
    next_element();
    const Wants::Node node = levels_[depth_].member;
    const Wants::Want* want = node == Wants::none ? nullptr : wants_.at(node);
    if (want != nullptr) {
      if (!is_utf8(text)) {
        ++repaired_;
        text = repaired_text_.emplace_back(repair_utf8(text));
      }
      cells_.push_back({.text = text, .group = group_, .slot = want->slot, .facet = want->facet});
    }
    return true;
  }

  const Wants& wants_;
  std::array<Level, deepest + 1> levels_;
  std::size_t depth_ = 0;
  std::size_t list_depth_ = 0;  ///< The depth of the outermost wanted list; 0 outside of one.
  std::uint32_t group_ = 0;
  std::uint32_t groups_ = 0;
  bool too_deep_ = false;
  std::uint64_t repaired_ = 0;
  std::vector<Cell> cells_;
  std::deque<std::string> repaired_text_;
};

}  // namespace tierline
