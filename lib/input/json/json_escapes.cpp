#include "input/json/json_escapes.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include "input/json/rapidjson_reader.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

template <>
template <>
void tierline::JsonReader::ParseNumber<tierline::json_value_flags, rapidjson::InsituStringStream,
                                       rapidjson::BaseReaderHandler<>>(
    rapidjson::InsituStringStream& is, rapidjson::BaseReaderHandler<>& handler) {
  tierline::read_json_number(is, handler, parseResult_);
}

namespace tierline {
namespace {

/// What stands behind a backslash for a byte that cannot stand in a JSON text as it is; 'u' where
/// the byte's number does. 0 where the byte stands for itself.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  std::fill_n(table.begin(), 0x20, 'u');
  table['"'] = '"';
  table['\\'] = '\\';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

/// The other way round, and what others write: the byte that one behind a backslash stands for; 0
/// where it stands for none.
constexpr std::array<char, 256> unescaped = [] {
  std::array<char, 256> table{};
  for (std::size_t byte = 0; byte < escapes.size(); ++byte) {
    table[static_cast<unsigned char>(escapes[byte])] = static_cast<char>(byte);
  }
  table['\0'] = table['u'] = 0;
  table['/'] = '/';
  table['b'] = '\b';
  table['f'] = '\f';
  return table;
}();

/// The number in the first four digits.
std::optional<std::uint32_t> hex_unit(std::string_view digits) {
  std::uint32_t unit = 0;
  const char* const end = digits.data() + std::min<std::size_t>(digits.size(), 4);
  const auto [at, error] = std::from_chars(digits.data(), end, unit, 16);
  return at == digits.data() + 4 ? std::optional(unit) : std::nullopt;
}

}  // namespace

void append_json_escaped(std::string& out, std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const char escape = escapes[byte];
    if (escape == 0) {
      continue;
    }
    out.append(text, begin, at - begin);
    begin = at + 1;
    if (escape == 'u') {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
    } else {
      out += '\\';
      out += escape;
    }
  }
  out.append(text, begin);
}

void append_json_text(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

bool append_json_unescaped(std::string& out, std::string_view text) {
  for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\')) {
    if (at + 1 == text.size()) {
      return false;
    }
    out.append(text, 0, at);
    const char escape = text[at + 1];
    const char byte = unescaped[static_cast<unsigned char>(escape)];
    text.remove_prefix(at + 2);
    if (byte != 0) {
      out += byte;
      continue;
    }
    const auto unit = escape == 'u' ? hex_unit(text) : std::nullopt;
    if (!unit || (*unit >= 0xD800 && *unit < 0xE000)) {
      return false;
    }
    append_utf8(out, *unit);
    text.remove_prefix(4);
  }
  out.append(text);
  return true;
}

std::uint64_t repair_surrogates(std::span<char> text) {
  const std::string_view view(text.data(), text.size());
  const auto unit_at = [&](std::size_t at) -> std::uint32_t {
    const bool is_unit = at + 6 <= view.size() && view[at] == '\\' && view[at + 1] == 'u';
    return is_unit ? hex_unit(view.substr(at + 2)).value_or(0) : 0;
  };
  std::uint64_t repaired = 0;
  for (std::size_t at = view.find('\\'); at != std::string_view::npos;
       at = view.find('\\', at + 2)) {
    const std::uint32_t unit = unit_at(at);
    const std::uint32_t next = unit >= 0xD800 && unit < 0xDC00 ? unit_at(at + 6) : 0;
    if (next >= 0xDC00 && next < 0xE000) {
      at += 6;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      std::copy_n("\\ufffd", 6, text.data() + at);
      ++repaired;
    }
  }
  return repaired;
}

std::size_t find_control_in_text(std::string_view json) {
  bool is_inside = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (is_inside && static_cast<unsigned char>(c) < ' ') {
      return at;
    }
    is_inside = is_inside != (c == '"');
    at += is_inside && c == '\\' ? 1 : 0;
  }
  return std::string_view::npos;
}

std::string control_message(char control) {
  return fmt::format(
      "not JSON: the control character 0x{:02X} stands in a text: make the export "
      "again, with escapes",
      static_cast<unsigned char>(control));
}

std::string json_message(rapidjson::ParseErrorCode code) {
  std::string why = to_lower(rapidjson::GetParseError_En(code));
  why.erase(why.find_last_not_of('.') + 1);
  return "not JSON: " + why;
}

std::optional<JsonFault> find_fault(std::string_view value) {
  if (const std::size_t at = find_control_in_text(value); at != std::string_view::npos) {
    return JsonFault{control_message(value[at]), at};
  }
  std::string copy(value);
  repair_surrogates(copy);
  copy.append(16, '\0');  // RapidJSON looks at 16 bytes at a time, behind the end too.
  rapidjson::InsituStringStream stream(copy.data());
  rapidjson::BaseReaderHandler<> nobody;
  const rapidjson::ParseResult parsed = JsonReader().Parse<json_value_flags>(stream, nobody);
  if (!parsed.IsError()) {
    return std::nullopt;
  }
  return JsonFault{json_message(parsed.Code()), std::min(parsed.Offset(), value.size())};
}

}  // namespace tierline
