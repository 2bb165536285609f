#pragma once
// Texts of any bytes as JSON.

#include <rapidjson/writer.h>

#include <string>
#include <string_view>

#include "support/json_buffer.h"
#include "support/utf8.h"

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

}  // namespace tierline
