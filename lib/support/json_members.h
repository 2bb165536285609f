#pragma once
// Members of JSON objects, for those who write them one by one.

#include <rapidjson/writer.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "support/json_value.h"

namespace tierline {

template <typename Stream>
class JsonMembers {
 public:
  explicit JsonMembers(rapidjson::Writer<Stream>& json) : json_(json) {}
  JsonMembers(const JsonMembers&) = delete;
  JsonMembers& operator=(const JsonMembers&) = delete;

  void key(std::string_view name) {
    json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  }
  /// One that an export or a command line has chosen: it may be of any bytes.
  void foreign_key(std::string_view name) { write_text(json_, name); }
  void text(std::string_view value) { write_text(json_, value); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void number(std::uint64_t value) { json_.Uint64(value); }
  void number(std::string_view name, std::uint64_t value) {
    key(name);
    number(value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }
  template <typename Texts>
  void texts(std::string_view name, const Texts& values) {
    list(name, [&] {
      for (const auto& value : values) {
        text(value);
      }
    });
  }

  /// A member that is an object, or an element that is one; `write()` adds what is in it.
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
  /// A member that is a list; `write()` adds its elements.
  template <typename Write>
  void list(std::string_view name, Write write) {
    key(name);
    json_.StartArray();
    write();
    json_.EndArray();
  }
  /// The same, where `write(element)` adds one of `elements`.
  template <typename Elements, typename Write>
  void list(std::string_view name, const Elements& elements, Write write) {
    list(name, [&] {
      for (const auto& element : elements) {
        write(element);
      }
    });
  }

 protected:
  ~JsonMembers() = default;

  rapidjson::Writer<Stream>& json_;
};

}  // namespace tierline
