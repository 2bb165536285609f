#pragma once
// All that stands in a JSON record, and which of it is selected. For people who ask once, so it is
// not made for speed.

#include <deque>
#include <string>
#include <string_view>

#include "input/input.h"
#include "input/json/rapidjson_reader.h"
#include "input/json/record_cursor.h"
#include "tierline/utf8.h"

namespace tierline {

/// What is kept of an object or a list that is open.
struct ProfilerLevel {
  std::size_t path_size = 0;  ///< Of the path that leads here.
  std::size_t base = 0;       ///< Of it, what leads to the record.
  bool is_record = false;
  bool has_dots = false;         ///< A name on the way here has dots in it.
  bool member_has_dots = false;  ///< The same of the member.
  bool member_is_top = false;    ///< It is the record's own.
  std::string_view pair_name = {};
  std::string_view pair_value = {};
};

/// Hands every value of a record to a sink, selected or not.
class JsonFieldProfiler : public JsonRecordCursor<JsonFieldProfiler, ProfilerLevel> {
 public:
  JsonFieldProfiler(const FieldSelection& selection, FieldSink& sink)
      : JsonRecordCursor(selection), sink_(sink) {}

  /// After the sink was told that the record begins.
  void start(const rapidjson::InsituStringStream& /*stream*/, PaddedView /*text*/,
             std::uint64_t /*line*/, std::string_view key) {
    start_record();
    records_inside_of_ = 0;
    path_.clear();
    repaired_text_.clear();
    tell_key(key);
  }

 private:
  friend JsonRecordCursor<JsonFieldProfiler, ProfilerLevel>;

  // --- what the cursor tells

  void member(Level& level, std::string_view name, bool is_any) {
    go_to(level, is_any ? "*" : name);
  }

  void opened(Level& inner, const Level& above) {
    ProfilerLevel& state = inner.state;
    state.path_size = path_.size();
    state.base = inner.begins_record || inner.nested != nullptr ? path_.size() : above.state.base;
    state.is_record = inner.begins_record || depth() == 1;
    if (inner.is_list) {
      state.member_has_dots = above.state.member_has_dots;
      state.member_is_top = above.state.member_is_top;
    } else if (!inner.begins_record && inner.nested == nullptr) {
      state.has_dots = above.state.member_has_dots;
    }
  }

  void begin_record(const Level& above, std::string_view key) {
    sink_.begin_record(above.member_nested->name, ++records_inside_of_);
    tell_key(key);
  }
  void end_record() {
    --records_inside_of_;
    sink_.end_record();
  }

  /// A pair is a member of its list's parent.
  void pair(const Level& level) {
    Level as_member = level;
    go_to(as_member, level.state.pair_name);
    tell(as_member, selection().child(level.node, level.state.pair_name), level.state.pair_value);
  }

  void end_list(const Level& list, bool is_empty) {
    if (is_empty && list.member_nested == nullptr) {
      value({});
    }
  }
  void leave(const Level& level) { path_.resize(level.state.path_size); }

  void value(std::string_view text) {
    Level& at = level();
    if (at.at_name || at.at_value) {
      (at.at_name ? at.state.pair_name : at.state.pair_value) = text;
    } else {
      tell(at, at.member, text);
    }
  }

  // --- paths

  void go_to(Level& level, std::string_view name) {
    path_.resize(level.state.path_size);
    path_.append(path_.size() == level.state.base ? "" : ".");
    path_.append(is_utf8(name) ? name : repair_utf8(name));
    level.state.member_has_dots = level.state.has_dots || name.find('.') != std::string_view::npos;
    level.state.member_is_top = level.state.is_record;
  }

  void tell_key(std::string_view key) {
    if (!key.empty()) {
      sink_.field({"$key", key, selection().key(FieldSelection::root)});
    }
  }

  void tell(const Level& level, FieldSelection::Node node, std::string_view text) {
    if (!is_utf8(text)) {
      text = repaired_text_.emplace_back(repair_utf8(text));
    }
    sink_.field({std::string_view(path_).substr(level.state.base), text,
                 node == FieldSelection::none ? nullptr : selection().at(node),
                 !level.state.member_has_dots || level.state.member_is_top});
  }

  FieldSink& sink_;
  std::string path_;
  std::size_t records_inside_of_ = 0;  ///< How many records the current one stands inside of.
  std::deque<std::string> repaired_text_;
};

}  // namespace tierline

template <>
template <>
inline void tierline::JsonReader::ParseNumber<
    tierline::json_record_flags, rapidjson::InsituStringStream, tierline::JsonFieldProfiler>(
    rapidjson::InsituStringStream& is, tierline::JsonFieldProfiler& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}
