#include "input/json_cutter.h"

#include <fmt/format.h>

#include <algorithm>

#include "input/conflict.h"
#include "input/scan.h"
#include "support/text.h"

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

/// Bit i is set where byte i follows a backslash that is not itself escaped. Looks into the next
/// block through `carry`.
std::uint64_t escaped_bytes(std::uint64_t backslashes, bool& carry) {
  std::uint64_t escaped = carry ? 1 : 0;
  carry = false;
  for (; backslashes != 0; backslashes &= backslashes - 1) {
    const std::size_t at = scan::lowest(backslashes);
    if ((escaped >> at & 1U) == 0) {
      if (at == 63) {
        carry = true;
      } else {
        escaped |= std::uint64_t{2} << at;
      }
    }
  }
  return escaped;
}

/// Where the object or list that opens at `at` has ended, or npos. Adds the lines on the way.
std::size_t bracket_end(std::string_view text, std::size_t at, std::uint64_t& lines) {
  std::uint64_t in_string = 0;
  bool carry = false;
  std::size_t depth = 0;
  for (std::size_t offset = at; offset < text.size(); offset += scan::block_size) {
    const scan::Block block(text.data() + offset);
    const std::uint64_t valid = scan::below(text.size() - offset);
    const std::uint64_t escaped = escaped_bytes(block.equal('\\') & valid, carry);
    const std::uint64_t strings =
        scan::prefix_parity(block.equal('"') & ~escaped & valid) ^ in_string;
    in_string = static_cast<std::uint64_t>(static_cast<std::int64_t>(strings) >> 63U);
    const std::uint64_t opening = block.equal_folded('{') & ~strings & valid;
    const std::uint64_t closing = block.equal_folded('}') & ~strings & valid;
    const std::uint64_t newlines = block.equal('\n') & valid;
    std::size_t closed = 0;
    if (scan::count(closing) >= depth) {
      for (std::uint64_t rest = closing; rest != 0; rest &= rest - 1) {
        const std::uint64_t before = scan::below(scan::lowest(rest));
        if (depth + scan::count(opening & before) == ++closed) {
          lines += scan::count(newlines & before);
          return offset + scan::lowest(rest) + 1;
        }
      }
    }
    depth = depth + scan::count(opening) - scan::count(closing);
    lines += scan::count(newlines);
  }
  return npos;
}

}  // namespace

Result<JsonCutter::Outcome> JsonCutter::next(std::string_view text, bool is_last) {
  while (true) {
    skip_blanks(text);
    bool moved = false;
    auto outcome = step(text, is_last, moved);
    if (!outcome || !moved) {
      return outcome;
    }
  }
}

void JsonCutter::rewind(std::size_t offset) {
  at_ -= offset;
  begin_ -= std::min(begin_, offset);
  end_ -= std::min(end_, offset);
}

Result<JsonCutter::Outcome> JsonCutter::step(std::string_view text, bool is_last, bool& moved) {
  switch (inside_) {
    case Inside::list:
      return in_list(text, is_last, moved);
    case Inside::object:
      return in_object(text, is_last, moved);
    case Inside::nothing:
      break;
  }
  return outside(text, is_last, moved);
}

Result<JsonCutter::Outcome> JsonCutter::outside(std::string_view text, bool is_last, bool& moved) {
  if (at_ == text.size()) {
    return is_last ? Outcome::end : Outcome::more;
  }
  if (text[at_] == '[') {
    inside_ = Inside::list;
    in_named_list_ = false;
    container_.clear();
  } else if (text[at_] == '{') {
    if (shape_ == Shape::unknown) {
      if (text.size() - at_ < lookahead && !is_last) {
        return Outcome::more;
      }
      shape_ = shape_of(text, at_);
    }
    if (shape_ == Shape::records) {
      container_.clear();
      return take_record(text, is_last);
    }
    inside_ = Inside::object;
  } else {
    return wrong(text, "a JSON object or array");
  }
  ++at_;
  after_value_ = after_comma_ = false;
  moved = true;
  return Outcome::more;
}

Result<JsonCutter::Outcome> JsonCutter::in_list(std::string_view text, bool is_last, bool& moved) {
  if (at_ == text.size()) {
    return more(is_last);
  }
  const char c = text[at_];
  if (c == ']') {
    if (after_comma_) {
      return wrong(text, "a record after ','");
    }
    ++at_;
    inside_ = in_named_list_ ? Inside::object : Inside::nothing;
    after_value_ = true;
    moved = true;
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
  if (c == '{') {
    return take_record(text, is_last);
  }
  const std::size_t end = value_end(text, at_, is_last);
  if (end == npos) {
    return more(is_last);
  }
  if (end == at_) {
    return wrong(text, "a record");
  }
  skipped_line_ = skipped_++ == 0 ? line_ : skipped_line_;
  line_ += lines_in(text.substr(at_, end - at_));
  at_ = end;
  after_value_ = true;
  after_comma_ = false;
  moved = true;
  return Outcome::more;
}

Result<JsonCutter::Outcome> JsonCutter::in_object(std::string_view text, bool is_last,
                                                  bool& moved) {
  if (at_ == text.size()) {
    return more(is_last);
  }
  const bool closes = text[at_] == '}' && !after_comma_;
  if (closes || (after_value_ && text[at_] == ',')) {
    inside_ = closes ? Inside::nothing : Inside::object;
    after_comma_ = !closes;
    after_value_ = false;
    ++at_;
    moved = true;
    return Outcome::more;
  }
  if (text[at_] != '"' || after_value_) {
    return wrong(text, after_value_ ? "',' or '}'" : "a name in quotes");
  }
  const std::size_t name_end = string_end(text, at_);
  const std::size_t colon = name_end == npos ? npos : text.find_first_not_of(" \t\r\n", name_end);
  const std::size_t value = colon == npos ? npos : text.find_first_not_of(" \t\r\n", colon + 1);
  if (value == npos) {
    return more(is_last);
  }
  if (text[colon] != ':') {
    return wrong(text, "':' after a name");
  }
  const std::string_view name = text.substr(at_ + 1, name_end - at_ - 2);
  const std::uint64_t skipped_lines = lines_in(text.substr(at_, value - at_));
  if (text[value] == '[') {
    container_ = name;
    line_ += skipped_lines;
    at_ = value + 1;
    inside_ = Inside::list;
    in_named_list_ = true;
    after_value_ = after_comma_ = false;
    moved = true;
    return Outcome::more;
  }
  const std::size_t end = value_end(text, value, is_last);
  if (end == npos) {
    return more(is_last);
  }
  if (end == value) {
    return wrong(text, "a value");
  }
  line_ += skipped_lines;
  at_ = value;
  if (text[value] == '{') {
    container_ = name;
    return take_record(text, is_last);
  }
  if (text[value] == '"' && texts_.size() < 16) {
    texts_.emplace_back(text.substr(value + 1, std::min<std::size_t>(end - value - 2, 1000)));
  }
  line_ += lines_in(text.substr(value, end - value));
  at_ = end;
  after_value_ = true;
  after_comma_ = false;
  moved = true;
  return Outcome::more;
}

Result<JsonCutter::Outcome> JsonCutter::take_record(std::string_view text, bool is_last) {
  std::uint64_t lines = 0;
  const std::size_t end = bracket_end(text, at_, lines);
  if (end == npos) {
    return more(is_last);
  }
  begin_ = at_;
  end_ = end;
  record_line_ = line_;
  line_ += lines;
  at_ = end;
  after_value_ = true;
  after_comma_ = false;
  return Outcome::record;
}

Result<JsonCutter::Outcome> JsonCutter::more(bool is_last) const {
  if (is_last) {
    return Error{"the file ends in the middle of its JSON: the export was cut off, make it again",
                 {path_, line_}};
  }
  return Outcome::more;
}

Error JsonCutter::wrong(std::string_view text, std::string_view expected) const {
  const std::string_view rest = text.substr(at_);
  if (is_conflict_marker(rest)) {
    return {std::string(conflict_message), {path_, line_}};
  }
  std::string_view seen = rest.substr(0, std::min<std::size_t>(rest.size(), 20));
  seen = seen.substr(0, seen.find('\n'));
  return {fmt::format("not JSON: expected {}, found '{}'", expected, seen), {path_, line_}};
}

void JsonCutter::skip_blanks(std::string_view text) {
  while (at_ < text.size() && is_blank(text[at_])) {
    line_ += text[at_] == '\n' ? 1U : 0U;
    ++at_;
  }
}

std::size_t JsonCutter::value_end(std::string_view text, std::size_t at, bool is_last) {
  switch (text[at]) {
    case '"':
      return string_end(text, at);
    case '{':
    case '[': {
      std::uint64_t lines = 0;
      return bracket_end(text, at, lines);
    }
    default: {
      // Numbers, true, false and null; anything else is no value.
      if (std::string_view("-0123456789tfn").find(text[at]) == npos) {
        return at;
      }
      const std::size_t end = text.find_first_of(",]} \t\r\n\"{[:", at);
      return end == npos && is_last ? text.size() : end;
    }
  }
}

/// An object holds lists of records, rather than being one, when a member of it is a list of
/// objects or has a name under which whole answers come, or when nothing but empty lists is in it.
JsonCutter::Shape JsonCutter::shape_of(std::string_view text, std::size_t at) {
  bool all_lists = true;
  std::size_t members = 0;
  for (++at;; ++members) {
    at = text.find_first_not_of(" \t\r\n,", at);
    if (at == npos || text[at] != '"') {
      break;
    }
    const std::size_t name_end = string_end(text, at);
    std::size_t value = name_end == npos ? npos : text.find_first_not_of(" \t\r\n:", name_end);
    if (value == npos) {
      break;
    }
    const std::string_view name = text.substr(at + 1, name_end - at - 2);
    if (name == "result" || name == "records") {
      return Shape::lists;
    }
    if (text[value] == '[') {
      const std::size_t first = text.find_first_not_of(" \t\r\n", value + 1);
      if (first != npos && text[first] == '{') {
        return Shape::lists;
      }
    } else {
      all_lists = false;
    }
    at = value_end(text, value, true);
    if (at == npos || at == value) {
      break;
    }
  }
  return all_lists && members > 0 ? Shape::lists : Shape::records;
}

}  // namespace tierline
