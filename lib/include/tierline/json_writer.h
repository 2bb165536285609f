#pragma once
// How JSON is written, everywhere: member by member, into a stream or a text.

#include <rapidjson/writer.h>

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "tierline/json_buffer.h"
#include "tierline/utf8.h"

namespace tierline {

/// Writes a text as it is, but for what is no UTF-8, which is repaired, and what cannot be seen,
/// which is escaped. The writer takes bytes as they come, and the name of a file may be of any.
template <typename Writer>
void write_text(Writer& json, std::string_view value) {
  const auto size = [](std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  };
  if (!is_printable_ascii(value)) {
    if (!is_utf8(value)) {
      return write_text(json, std::string_view(repair_utf8(value)));
    }
    if (has_controls(value)) {
      JsonBuffer escaped;
      rapidjson::Writer<JsonBuffer, rapidjson::UTF8<>, rapidjson::ASCII<>> writer(escaped);
      writer.String(value.data(), size(value));
      json.RawValue(escaped.GetString(), escaped.GetSize(), rapidjson::kStringType);
      return;
    }
  }
  json.String(value.data(), size(value));
}

/// Members of objects, for those who write them one by one; `Writer` is one of RapidJSON's.
template <typename Writer>
class JsonMembers {
 public:
  explicit JsonMembers(Writer& json) : json_(json) {}
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
  void number(std::unsigned_integral auto value) { json_.Uint64(value); }
  void number(std::signed_integral auto value) { json_.Int64(value); }
  void number(std::string_view name, std::integral auto value) {
    key(name);
    number(value);
  }
  void decimal(std::string_view name, double value) {
    key(name);
    json_.Double(value);
  }
  void flag(std::string_view name, bool value) {
    key(name);
    json_.Bool(value);
  }
  template <typename Texts>
  void texts(std::string_view name, const Texts& values) {
    list(name, values, [&](const auto& value) { text(value); });
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
  /// The same, or an element that is one, where `write(element)` adds one of `elements`.
  template <typename Elements, typename Write>
  void list(std::string_view name, const Elements& elements, Write write) {
    key(name);
    list(elements, write);
  }
  template <typename Elements, typename Write>
  requires(!std::convertible_to<const Elements&, std::string_view>) void list(
      const Elements& elements, Write write) {
    json_.StartArray();
    for (const auto& element : elements) {
      write(element);
    }
    json_.EndArray();
  }

 protected:
  ~JsonMembers() = default;

  Writer& json_;
};

/// One value as a text.
class JsonText : public JsonMembers<rapidjson::Writer<JsonBuffer>> {
 public:
  JsonText() : JsonMembers(writer_), writer_(buffer_) { writer_.SetMaxDecimalPlaces(6); }

  [[nodiscard]] std::string_view str() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  [[nodiscard]] std::string line() const { return std::string(str()) + '\n'; }

 private:
  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> writer_;
};

}  // namespace tierline
