#pragma once
// A JSON record, walked by simdjson: what nobody wants is checked and passed over, and texts
// without escapes stay where they are. What is odd is left to RapidJSON's reader: text that is not
// UTF-8, half surrogate pairs, deep nesting, and all that is no JSON. So there is one way in which
// these are dealt with and told of.

#include <simdjson.h>

#include <cstddef>
#include <string_view>

#include "input/json_picker.h"
#include "input/scan.h"
#include "support/text.h"

namespace tierline {

class JsonWalker {
 public:
  /// Tells `picker`, which was started, of the record in `text`; false when it cannot be read here,
  /// whatever was told until then. Needs `Buffer::padding` behind the text. What was told stays
  /// until the next record.
  bool walk(std::string_view text, bool has_escapes, JsonPicker& picker) {
    namespace json = simdjson::ondemand;
    json::document document;
    json::object object;
    has_escapes_ = has_escapes;
    return parser_.iterate(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING)
                   .get(document) == simdjson::SUCCESS &&
           document.get_object().get(object) == simdjson::SUCCESS && walk(object, &picker, 1);
  }

 private:
  /// Without a picker, only checks.
  bool walk(simdjson::ondemand::object& object, JsonPicker* picker, std::size_t depth) {
    if (depth >= JsonPicker::deepest || (picker != nullptr && !picker->StartObject())) {
      return false;
    }
    rapidjson::SizeType count = 0;
    for (auto member : object) {
      simdjson::ondemand::field field;
      if (std::move(member).get(field) != simdjson::SUCCESS) {
        return false;
      }
      ++count;
      if (!tell_name(field, picker)) {
        return false;
      }
      JsonPicker* const teller =
          picker == nullptr || picker->passes_over_member() ? nullptr : picker;
      if (!walk(field.value(), teller, depth)) {
        return false;
      }
    }
    return picker == nullptr || picker->EndObject(count);
  }

  bool walk(simdjson::ondemand::array& array, JsonPicker* picker, std::size_t depth) {
    if (depth >= JsonPicker::deepest || (picker != nullptr && !picker->StartArray())) {
      return false;
    }
    rapidjson::SizeType count = 0;
    for (auto element : array) {
      simdjson::ondemand::value value;
      if (std::move(element).get(value) != simdjson::SUCCESS || !walk(value, picker, depth)) {
        return false;
      }
      ++count;
    }
    return picker == nullptr || picker->EndArray(count);
  }

  bool walk(simdjson::ondemand::value value, JsonPicker* picker, std::size_t depth) {
    simdjson::ondemand::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) {
      return false;
    }
    switch (type) {
      case simdjson::ondemand::json_type::object: {
        simdjson::ondemand::object object;
        return value.get_object().get(object) == simdjson::SUCCESS &&
               walk(object, picker, depth + 1);
      }
      case simdjson::ondemand::json_type::array: {
        simdjson::ondemand::array array;
        return value.get_array().get(array) == simdjson::SUCCESS && walk(array, picker, depth + 1);
      }
      case simdjson::ondemand::json_type::string: {
        std::string_view text;
        return text_of(value, picker != nullptr, text) &&
               (picker == nullptr ||
                picker->String(text.data(), static_cast<rapidjson::SizeType>(text.size()), false));
      }
      case simdjson::ondemand::json_type::number: {
        const std::string_view token = trim(value.raw_json_token());
        double number = 0;
        if (value.get_double().get(number) != simdjson::SUCCESS) {
          return false;
        }
        return picker == nullptr ||
               picker->RawNumber(token.data(), static_cast<rapidjson::SizeType>(token.size()),
                                 false);
      }
      case simdjson::ondemand::json_type::boolean: {
        bool is_true = false;
        return value.get_bool().get(is_true) == simdjson::SUCCESS &&
               (picker == nullptr || picker->Bool(is_true));
      }
      case simdjson::ondemand::json_type::null: {
        bool is_null = false;
        return value.is_null().get(is_null) == simdjson::SUCCESS && is_null &&
               (picker == nullptr || picker->Null());
      }
    }
    return false;
  }

  bool tell_name(simdjson::ondemand::field& field, JsonPicker* picker) const {
    std::string_view name;
    if (has_escapes_) {
      if (field.unescaped_key().get(name) != simdjson::SUCCESS) {
        return false;
      }
    } else if (picker == nullptr || picker->takes_expected_key(field.key().raw())) {
      return true;
    } else {
      name = text_at(field.key().raw());
    }
    return picker == nullptr ||
           picker->Key(name.data(), static_cast<rapidjson::SizeType>(name.size()), false);
  }
  // What is told to nobody need not be found, but escapes must be right.
  bool text_of(simdjson::ondemand::value& value, bool is_told, std::string_view& text) const {
    if (has_escapes_) {
      return value.get_string().get(text) == simdjson::SUCCESS;
    }
    simdjson::ondemand::raw_json_string raw;
    if (value.get_raw_json_string().get(raw) != simdjson::SUCCESS) {
      return false;
    }
    text = is_told ? text_at(raw.raw()) : std::string_view();
    return true;
  }
  /// A string without escapes, by where it begins.
  static std::string_view text_at(const char* begin) {
    return {begin, scan::distance_to<'"'>(begin)};
  }

  simdjson::ondemand::parser parser_;
  bool has_escapes_ = false;  ///< Somewhere in the record.
};

}  // namespace tierline
