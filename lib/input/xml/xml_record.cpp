#include "input/xml/xml_record.h"

#include <algorithm>

#include "input/json/json_escapes.h"
#include "tierline/text.h"

namespace tierline {
namespace {

constexpr std::size_t most_members = 4'000'000;
constexpr std::size_t most_name_bytes = 64 * 1024 * 1024;
/// What a name takes up besides its text, here and in expat.
constexpr std::size_t name_overhead = 200;
/// Memory that a record of ordinary size may leave behind for the next one.
constexpr std::size_t kept_capacity = 1024 * 1024;

/// Attributes that speak of the XML rather than of what it holds.
bool is_about_xml(std::string_view name) {
  return name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xml:") ||
         name.starts_with("xsi:");
}

}  // namespace

void XmlRecord::start(std::string_view name, const char** attributes) {
  if (depth_ == deepest) {
    ++left_out_;
    return;
  }
  if (depth_ > 0) {
    Frame& parent = frames_[depth_ - 1];
    hold_members(parent);
    parent.has_elements = true;
    open_member(parent, name);
  } else {
    number_of(name);
  }
  Frame& frame = frames_[depth_++];
  frame.begin = json_.size();
  frame.members = static_cast<std::uint32_t>(members_.size());
  frame.holds = Frame::Holds::nothing;
  frame.has_elements = frame.has_repeats = false;
  frame.is_blank = true;
  frame.text.clear();
  add_attributes(frame, attributes);
}

void XmlRecord::add_attributes(Frame& frame, const char** attributes) {
  for (; *attributes != nullptr; attributes += 2) {
    if (is_about_xml(attributes[0])) {
      continue;
    }
    hold_members(frame);
    scratch_.clear();
    append_json_escaped(scratch_, attributes[1]);
    if (depth_ == 1) {
      add_text_member(frame, "@" + std::string(attributes[0]), scratch_);
    } else {
      add_text_member(frame, attributes[0], scratch_);
    }
  }
}

void XmlRecord::text(std::string_view text) {
  if (left_out_ > 0) {
    return;
  }
  Frame& frame = frames_[depth_ - 1];
  frame.is_blank = frame.is_blank && std::ranges::all_of(text, is_blank);
  if (frame.is_blank && frame.has_elements) {
    return;  // The layout between elements.
  }
  if (frame.holds == Frame::Holds::nothing) {
    frame.holds = Frame::Holds::text;
    json_ += '"';
  }
  append_json_escaped(frame.holds == Frame::Holds::members ? frame.text : json_, text);
}

bool XmlRecord::end() {
  if (left_out_ > 0) {
    --left_out_;
    return false;
  }
  Frame& frame = frames_[depth_ - 1];
  switch (frame.holds) {
    case Frame::Holds::nothing:
      json_ += "\"\"";
      break;
    case Frame::Holds::text:
      json_ += '"';
      break;
    case Frame::Holds::members:
      close_members(frame);
      break;
  }
  if (--depth_ > 0) {
    members_.back().end = json_.size();
    // What stands between texts belongs to them: Month <b>end</b> close.
    Frame& parent = frames_[depth_ - 1];
    if (frame.holds == Frame::Holds::text) {
      parent.text.append(json_, frame.begin + 1, json_.size() - frame.begin - 2);
    } else if (frame.holds == Frame::Holds::members) {
      parent.text += frame.text;
    }
  }
  return depth_ == 0;
}

void XmlRecord::clear() {
  if (json_.capacity() > kept_capacity) {
    json_ = {};
    scratch_ = {};
    members_ = {};
    for (Frame& frame : frames_) {
      frame.text = {};
    }
  }
  json_.clear();
}

const char* XmlRecord::excess() const {
  if (members_.size() > most_members) {
    return "a record has more than 4,000,000 elements";
  }
  if (name_bytes_ > most_name_bytes) {
    return "there are more names of elements than an export has";
  }
  return nullptr;
}

/// What was one text so far, becomes an object; the text waits until its end.
void XmlRecord::hold_members(Frame& frame) {
  if (frame.holds == Frame::Holds::members) {
    return;
  }
  if (frame.holds == Frame::Holds::text && !frame.is_blank) {
    frame.text.assign(json_, frame.begin + 1);
  }
  json_.resize(frame.begin);
  json_ += '{';
  frame.holds = Frame::Holds::members;
}

std::uint32_t XmlRecord::number_of(std::string_view name) {
  const std::uint32_t number = names_.intern(name);
  if (number == first_of_.size()) {
    first_of_.push_back(none);
    name_bytes_ += name.size() + name_overhead;
  }
  return number;
}

void XmlRecord::open_member(Frame& frame, std::string_view name) {
  const std::uint32_t number = number_of(name);
  const auto index = static_cast<std::uint32_t>(members_.size());
  const std::uint32_t known = first_of_[number];
  const bool repeats = known != none && known >= frame.members;
  frame.has_repeats = frame.has_repeats || repeats;
  if (!repeats) {
    first_of_[number] = index;
  }
  if (json_.back() != '{') {
    json_ += ',';
  }
  json_ += '"';
  json_ += name;
  json_ += "\":";
  members_.push_back({.name = number,
                      .first = repeats ? known : index,
                      .previous = known,
                      .begin = json_.size(),
                      .end = 0});
}

void XmlRecord::add_text_member(Frame& frame, std::string_view name, std::string_view escaped) {
  open_member(frame, name);
  json_ += '"';
  json_ += escaped;
  json_ += '"';
  members_.back().end = json_.size();
}

void XmlRecord::close_members(Frame& frame) {
  const bool is_record = depth_ == 1;
  if (!frame.is_blank || (!frame.has_elements && !is_record)) {
    add_text_member(frame, "value", frame.text);
  }
  if (frame.has_repeats) {
    gather_repeats(frame);
  }
  while (members_.size() > frame.members) {
    const Member& member = members_.back();
    if (member.first == members_.size() - 1) {
      first_of_[member.name] = member.previous;
    }
    members_.pop_back();
  }
  json_ += '}';
}

/// Writes the members anew, those of one name as a list.
void XmlRecord::gather_repeats(const Frame& frame) {
  std::vector<Member> members(members_.begin() + frame.members, members_.end());
  std::ranges::stable_sort(members, {}, &Member::first);
  scratch_ = "{";
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool begins = i == 0 || members[i].first != members[i - 1].first;
    const bool ends = i + 1 == members.size() || members[i].first != members[i + 1].first;
    scratch_ += i == 0 ? "" : ",";
    if (begins) {
      scratch_ += '"';
      scratch_ += names_[members[i].name];
      scratch_ += ends ? "\":" : "\":[";
    }
    scratch_.append(json_, members[i].begin, members[i].end - members[i].begin);
    scratch_ += ends && !begins ? "]" : "";
  }
  json_.replace(frame.begin, std::string::npos, scratch_);
}

}  // namespace tierline
