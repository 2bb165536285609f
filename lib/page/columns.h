#pragma once
// JSON by columns: what stands in them is alike, and packs well.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "tierline/json_writer.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {

/// One line of the page's data.
class Line {
 public:
  explicit Line(std::string_view type) : json_(buffer_) {
    json_.StartObject();
    text("type", type);
  }

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  /// As people are to see it: nothing in it that is obeyed instead of shown.
  void text(std::string_view value) { write_text(json_, made_visible(repair_utf8(value))); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  /// What an export calls something, as messages quote it: of what is very long, the beginning.
  void name(std::string_view value) { text(shortened(value)); }
  /// A text that most of its column do not have.
  void text_or_zero(std::string_view value) {
    if (value.empty()) {
      json_.Int(0);
    } else {
      name(value);
    }
  }
  void number(std::int64_t value) { json_.Int64(value); }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    json_.Uint64(value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }

  template <typename Range, typename Write>
  void list(const Range& range, Write write) {
    json_.StartArray();
    for (const auto& one : range) {
      write(one);
    }
    json_.EndArray();
  }
  template <typename Range, typename Write>
  void list(std::string_view name, const Range& range, Write write) {
    key(name);
    list(range, write);
  }
  template <typename Write>
  void object(Write write) {
    json_.StartObject();
    write();
    json_.EndObject();
  }

  std::string end() {
    json_.EndObject();
    return std::string(buffer_.GetString(), buffer_.GetSize()) + "\n";
  }

 private:
  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> json_;
};

}  // namespace tierline
