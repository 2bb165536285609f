#pragma once
// One JSON value as a text, member by member.

#include <rapidjson/writer.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/json_buffer.h"
#include "support/json_value.h"

namespace tierline {

class JsonText {
 public:
  JsonText() : json_(buffer_) {}

  /// A member that is an object, or an element of a list that is one; `write` adds its members.
  template <typename Write>
  void object(std::string_view name, Write write) {
    key(name);
    object(write);
  }
  template <typename Write>
  void object(Write write) {
    json_.StartObject();
    write();
    json_.EndObject();
  }
  /// A member that is a list; `write` adds its elements.
  template <typename Write>
  void list(std::string_view name, Write write) {
    key(name);
    json_.StartArray();
    write();
    json_.EndArray();
  }

  void text(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void text(std::string_view value) { write_text(json_, value); }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    json_.Uint64(value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }

  [[nodiscard]] std::string line() const { return std::string(str()) + '\n'; }
  [[nodiscard]] std::string_view str() const { return {buffer_.GetString(), buffer_.GetSize()}; }

 private:
  void key(std::string_view name) { write_text(json_, name); }

  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> json_;
};

}  // namespace tierline
