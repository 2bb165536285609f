#pragma once
// RapidJSON as it reads exports. By itself it works out what numbers come to, and refuses those
// that are beyond a double, though nobody asks: here numbers are texts, of any size.

#include <rapidjson/reader.h>

namespace tierline {

/// A type of its own, so that numbers are never read in both ways in one program. Each handler that
/// it reads to has a `ParseNumber` of `read_json_number`.
struct JsonEncoding : rapidjson::UTF8<> {};
using JsonReader = rapidjson::GenericReader<JsonEncoding, JsonEncoding>;

/// For a record, which is changed in place, whatever follows it.
inline constexpr unsigned json_record_flags = rapidjson::kParseInsituFlag |
                                              rapidjson::kParseNumbersAsStringsFlag |
                                              rapidjson::kParseStopWhenDoneFlag;
/// For a whole text, however deep, without recursion.
inline constexpr unsigned json_value_flags = rapidjson::kParseInsituFlag |
                                             rapidjson::kParseNumbersAsStringsFlag |
                                             rapidjson::kParseIterativeFlag;

/// How far the text is a number, and what is wrong behind that. Something that belongs to no number
/// must follow.
struct JsonNumber {
  std::size_t size = 0;
  rapidjson::ParseErrorCode fault = rapidjson::kParseErrorNone;
};
JsonNumber json_number_at(const char* text);

template <typename Handler>
void read_json_number(rapidjson::InsituStringStream& stream, Handler& handler,
                      rapidjson::ParseResult& result) {
  const char* const begin = stream.src_;
  const JsonNumber number = json_number_at(begin);
  stream.src_ += number.size;
  if (number.fault != rapidjson::kParseErrorNone) {
    result.Set(number.fault, stream.Tell());
  } else if (!handler.RawNumber(begin, static_cast<rapidjson::SizeType>(number.size), false)) {
    result.Set(rapidjson::kParseErrorTermination, stream.Tell());
  }
}

}  // namespace tierline
