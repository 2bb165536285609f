#include "input/json/record_splitter.h"

#include <fmt/format.h>
#include <rapidjson/document.h>

#include <algorithm>
#include <utility>

#include "input/conflict_marker.h"
#include "input/json/bracket_scan.h"
#include "input/json/json_escapes.h"
#include "support/quote.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

constexpr std::size_t npos = std::string_view::npos;

/// Where the string that opens at `at` has ended, or npos.
std::size_t string_end(std::string_view text, std::size_t at) {
  while (true) {
    at = text.find_first_of("\"\\", at + 1);
    if (at == npos || text[at] == '"') {
      return at == npos ? npos : at + 1;
    }
    if (++at >= text.size()) {
      return npos;
    }
  }
}

/// The text that a name in quotes stands for.
std::string text_of_name(std::string_view name) {
  std::string text(name);
  if (name.find('\\') != npos) {
    rapidjson::Document document;
    document.Parse<rapidjson::kParseValidateEncodingFlag>(fmt::format("[\"{}\"]", name).c_str());
    if (!document.HasParseError()) {
      text.assign(document[0].GetString(), document[0].GetStringLength());
    }
  }
  return is_utf8(text) ? text : repair_utf8(text);
}

/// The first thing in the list at `at`; nothing when that is no list, or the text ends before.
char first_in_list(std::string_view text, std::size_t at) {
  const std::size_t first = text[at] == '[' ? text.find_first_not_of(" \t\r\n", at + 1) : npos;
  return first == npos ? '\0' : text[first];
}

}  // namespace

/// Calls `sink` with the name of each member of the object at `at` and where its value stands,
/// while it returns true and as far as the text goes.
template <typename Sink>
void JsonRecordSplitter::each_member(PaddedView text, std::size_t at, Sink sink) {
  while (true) {
    at = text.text().find_first_not_of(" \t\r\n,", at + 1);
    if (at == npos || text[at] != '"') {
      return;
    }
    const std::size_t name_end = string_end(text, at);
    const std::size_t value =
        name_end == npos ? npos : text.text().find_first_not_of(" \t\r\n:", name_end);
    if (value == npos || !sink(text.text().substr(at + 1, name_end - at - 2), value)) {
      return;
    }
    const std::size_t end = value_end(text, value, true);
    if (end == npos || end == value) {
      return;
    }
    at = end - 1;
  }
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::next(PaddedView text, bool is_last) {
  while (true) {
    skip_blanks(text);
    bool moved = false;
    auto outcome = step(text, is_last, moved);
    if (!outcome || !moved) {
      return outcome;
    }
  }
}

void JsonRecordSplitter::rewind(std::size_t offset) {
  at_ -= offset;
  begin_ -= std::min(begin_, offset);
  end_ -= std::min(end_, offset);
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::step(PaddedView text, bool is_last,
                                                             bool& moved) {
  if (open_.empty()) {
    return outside(text, is_last, moved);
  }
  return open_.back().is_list ? in_list(text, is_last, moved) : in_object(text, is_last, moved);
}

void JsonRecordSplitter::open(bool is_list, std::string name, PathNode place, bool& moved) {
  open_.push_back({is_list, std::move(name), place});
  ++at_;
  after_value_ = after_comma_ = false;
  moved = true;
}

void JsonRecordSplitter::close(bool& moved) {
  open_.pop_back();
  shape_ = open_.empty() ? Shape::unknown : shape_;
  ++at_;
  after_value_ = true;
  after_comma_ = false;
  moved = true;
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::outside(PaddedView text, bool is_last,
                                                                bool& moved) {
  if (at_ == text.size()) {
    return is_last ? Outcome::end : Outcome::more;
  }
  if (text[at_] == '[') {
    open(true, {}, RecordPaths::root, moved);
    return Outcome::more;
  }
  if (text[at_] != '{') {
    return wrong(text, "a JSON object or array");
  }
  if (shape_ == Shape::unknown || (shape_ == Shape::records && documents_ == Documents::differ)) {
    if (text.size() - at_ < lookahead && !is_last) {
      return Outcome::more;
    }
    shape_ = shape_of(text, at_);
  }
  if (shape_ == Shape::records) {
    return take_record(text, is_last, {});
  }
  open(false, {}, shape_ == Shape::places ? RecordPaths::root : RecordPaths::none, moved);
  return Outcome::more;
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::in_list(PaddedView text, bool is_last,
                                                                bool& moved) {
  if (at_ == text.size()) {
    return more(is_last);
  }
  const char c = text[at_];
  if (c == ']') {
    if (after_comma_) {
      return wrong(text, "a record after ','");
    }
    close(moved);
    return Outcome::more;
  }
  if (after_value_) {
    if (c != ',') {
      return wrong(text, "',' or ']' after a record");
    }
    ++at_;
    after_value_ = false;
    after_comma_ = true;
    moved = true;
    return Outcome::more;
  }
  const Frame& list = open_.back();
  const PathNode element = places_.element(list.place);
  if ((c == '{' || c == '[') && places_.leads_on(element) && !places_.is_record(element)) {
    if (text.size() - at_ < lookahead && !is_last) {
      return Outcome::more;
    }
    if (has_place(text, at_, element)) {
      open(c == '[', list.name, element, moved);
      return Outcome::more;
    }
  }
  if (c == '{') {
    return take_record(text, is_last, list.name);
  }
  const std::size_t begin = at_;
  const std::uint64_t line = line_;
  auto outcome = skip_value(text, is_last, moved);
  if (outcome && at_ > begin) {
    skipped_.add(line);
  }
  return outcome;
}

/// Goes past a value that holds no records.
Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::skip_value(PaddedView text, bool is_last,
                                                                   bool& moved) {
  const std::size_t end = value_end(text, at_, is_last);
  if (end == npos) {
    return more(is_last);
  }
  if (end == at_) {
    return wrong(text, open_.back().is_list ? "a record" : "a value");
  }
  if (auto checked = check(text.text().substr(at_, end - at_)); !checked) {
    return std::move(checked).error();
  }
  line_ += lines_in(text.text().substr(at_, end - at_));
  at_ = end;
  after_value_ = true;
  after_comma_ = false;
  moved = true;
  return Outcome::more;
}

/// Whether what no record is made of is JSON as well.
Status JsonRecordSplitter::check(std::string_view value) const {
  if (const auto fault = find_fault(value)) {
    const bool is_conflict = is_conflict_marker(value.substr(value.rfind('\n', fault->at) + 1));
    return Error{is_conflict ? std::string(conflict_message) : fault->message,
                 {path_, line_ + lines_in(value.substr(0, fault->at))}};
  }
  return Done{};
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::in_object(PaddedView text, bool is_last,
                                                                  bool& moved) {
  if (at_ == text.size()) {
    return more(is_last);
  }
  if (text[at_] == '}' && !after_comma_) {
    close(moved);
    return Outcome::more;
  }
  if (after_value_ && text[at_] == ',') {
    ++at_;
    after_comma_ = true;
    after_value_ = false;
    moved = true;
    return Outcome::more;
  }
  if (text[at_] != '"' || after_value_) {
    return wrong(text, after_value_ ? "',' or '}'" : "a name in quotes");
  }
  const std::size_t name_end = string_end(text, at_);
  const std::size_t colon =
      name_end == npos ? npos : text.text().find_first_not_of(" \t\r\n", name_end);
  const std::size_t value =
      colon == npos ? npos : text.text().find_first_not_of(" \t\r\n", colon + 1);
  if (value == npos) {
    return more(is_last);
  }
  if (text[colon] != ':') {
    return wrong(text, "':' after a name");
  }
  if (auto checked = check(text.text().substr(at_, name_end - at_)); !checked) {
    return std::move(checked).error();
  }
  // The name is taken again with its value when the text does not hold all of that.
  const std::size_t name_begin = std::exchange(at_, value);
  const std::uint64_t lines = lines_in(text.text().substr(name_begin, value - name_begin));
  line_ += lines;
  auto outcome = take_member(text, is_last,
                             text.text().substr(name_begin + 1, name_end - name_begin - 2), moved);
  if (outcome && *outcome == Outcome::more && !moved) {
    at_ = name_begin;
    line_ -= lines;
  }
  return outcome;
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::take_member(PaddedView text, bool is_last,
                                                                    std::string_view name,
                                                                    bool& moved) {
  const Frame& object = open_.back();
  const bool as_usual = object.place == RecordPaths::none;
  const char c = text[at_];
  PathNode place = places_.member(object.place, name);
  if (c == '{' && places_.element(place) != RecordPaths::none) {
    place = places_.element(place);  // An object for a list of one.
  }
  const bool holds_records = as_usual || places_.is_record(place);
  if (c == '[' && (holds_records || places_.leads_on(place))) {
    open(true, std::string(name), place, moved);
    return Outcome::more;
  }
  if (c == '{' && holds_records) {
    const bool by_key = !as_usual && places_.is_any(object.place, name);
    return by_key ? take_record(text, is_last, object.name, text_of_name(name))
                  : take_record(text, is_last, std::string(name));
  }
  if (c == '{' && places_.leads_on(place)) {
    open(false, std::string(name), place, moved);
    return Outcome::more;
  }
  const std::size_t begin = at_;
  auto outcome = skip_value(text, is_last, moved);
  if (outcome && at_ > begin && (c == '{' || c == '[') &&
      std::ranges::find(passed_over_, name) == passed_over_.end() && passed_over_.size() < 16) {
    passed_over_.emplace_back(name);
  }
  if (outcome && c == '"' && at_ > begin && texts_.size() < 16) {
    texts_.emplace_back(
        text.text().substr(begin + 1, std::min<std::size_t>(at_ - begin - 2, 1000)));
  }
  return outcome;
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::take_record(PaddedView text, bool is_last,
                                                                    const std::string& container,
                                                                    std::string key) {
  const Brackets record = find_brackets(text, at_);
  if (record.end == npos) {
    return more(is_last);
  }
  container_ = container;
  key_ = std::move(key);
  begin_ = at_;
  end_ = record.end;
  hints_ = record.hints;
  hints_.lines = record.lines;
  record_line_ = line_;
  line_ += record.lines;
  at_ = record.end;
  after_value_ = true;
  after_comma_ = false;
  return Outcome::record;
}

Result<JsonRecordSplitter::Outcome> JsonRecordSplitter::more(bool is_last) const {
  if (is_last) {
    return Error{"the file ends in the middle of its JSON: the export was cut off, make it again",
                 {path_, line_}};
  }
  return Outcome::more;
}

Error JsonRecordSplitter::wrong(std::string_view text, std::string_view expected) const {
  const std::string_view rest = text.substr(at_);
  if (is_conflict_marker(rest)) {
    return {std::string(conflict_message), {path_, line_}};
  }
  std::string_view seen = rest.substr(0, std::min<std::size_t>(rest.size(), 20));
  seen = seen.substr(0, seen.find('\n'));
  return {fmt::format("not JSON: expected {}, found {}", expected, quoted(seen)), {path_, line_}};
}

void JsonRecordSplitter::skip_blanks(std::string_view text) {
  while (at_ < text.size() && is_blank(text[at_])) {
    line_ += text[at_] == '\n' ? 1U : 0U;
    ++at_;
  }
}

std::size_t JsonRecordSplitter::value_end(PaddedView text, std::size_t at, bool is_last) {
  switch (text[at]) {
    case '"':
      return string_end(text, at);
    case '{':
    case '[':
      return find_brackets(text, at).end;
    default: {
      // Numbers, true, false and null; anything else is no value.
      if (std::string_view("-0123456789tfn").find(text[at]) == npos) {
        return at;
      }
      const std::size_t end = text.text().find_first_of(",]} \t\r\n\"{[:", at);
      return end == npos && is_last ? text.size() : end;
    }
  }
}

/// An object holds records, rather than being one, when there is a place for them in it; when a
/// member of it is a list of objects or has a name under which whole answers come; or when nothing
/// but empty lists is in it.
JsonRecordSplitter::Shape JsonRecordSplitter::shape_of(PaddedView text, std::size_t at) const {
  if (has_place(text, at, RecordPaths::root)) {
    return Shape::places;
  }
  bool all_lists = true;
  std::size_t members = 0;
  Shape shape = Shape::unknown;
  each_member(text, at, [&](std::string_view name, std::size_t value) {
    ++members;
    all_lists = all_lists && text[value] == '[';
    if (name == "result" || name == "records" || first_in_list(text, value) == '{') {
      shape = Shape::lists;
    }
    return shape == Shape::unknown;
  });
  return shape == Shape::lists || (all_lists && members > 0) ? Shape::lists : Shape::records;
}

/// Whether the value at `at` has records where the paths say, as far as the text goes. As deep as
/// paths are long.
bool JsonRecordSplitter::has_place(PaddedView text, std::size_t at, PathNode place) const {
  if (places_.is_record(place)) {
    const char first = first_in_list(text, at);
    return text[at] == '{' || first == '{' || first == ']';
  }
  if (!places_.leads_on(place)) {
    return false;
  }
  if (text[at] == '[') {
    const std::size_t first = text.text().find_first_not_of(" \t\r\n", at + 1);
    return first != npos && (text[first] == ']' || has_place(text, first, places_.element(place)));
  }
  bool found = text[at] == '{' && has_place(text, at, places_.element(place));
  if (text[at] == '{' && !found) {
    each_member(text, at, [&](std::string_view name, std::size_t value) {
      found = has_place(text, value, places_.member(place, name));
      return !found;
    });
  }
  return found;
}

}  // namespace tierline
