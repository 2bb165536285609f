#include "input/json/rapidjson_reader.h"

namespace tierline {

JsonNumber json_number_at(const char* text) {
  const char* at = text;
  const auto skip_digits = [&] {
    const char* const begin = at;
    while (*at >= '0' && *at <= '9') {
      ++at;
    }
    return at != begin;
  };
  const auto so_far = [&](rapidjson::ParseErrorCode fault) {
    return JsonNumber{static_cast<std::size_t>(at - text), fault};
  };
  at += *at == '-' ? 1 : 0;
  if (*at == '0') {
    ++at;
  } else if (!skip_digits()) {
    return so_far(rapidjson::kParseErrorValueInvalid);
  }
  if (*at == '.' && (++at, !skip_digits())) {
    return so_far(rapidjson::kParseErrorNumberMissFraction);
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    at += *at == '+' || *at == '-' ? 1 : 0;
    if (!skip_digits()) {
      return so_far(rapidjson::kParseErrorNumberMissExponent);
    }
  }
  return so_far(rapidjson::kParseErrorNone);
}

}  // namespace tierline
