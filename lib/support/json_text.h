#pragma once
// One JSON value as a text, member by member.

#include <string>
#include <string_view>

#include "support/json_buffer.h"
#include "support/json_members.h"

namespace tierline {

class JsonText : public JsonMembers<JsonBuffer> {
 public:
  JsonText() : JsonMembers(writer_), writer_(buffer_) {}

  [[nodiscard]] std::string_view str() const { return {buffer_.GetString(), buffer_.GetSize()}; }
  [[nodiscard]] std::string line() const { return std::string(str()) + '\n'; }

 private:
  JsonBuffer buffer_;
  rapidjson::Writer<JsonBuffer> writer_;
};

}  // namespace tierline
