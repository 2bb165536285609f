#include "profile/packed_text.h"

#include <charconv>

#include "tierline/text.h"

namespace tierline {
namespace {

constexpr char reversed_mark = 'r';

/// Appends a part; what would look like a separator becomes a blank.
void append(std::string& out, std::string_view part) {
  const std::size_t begin = out.size();
  out.append(part);
  for (std::size_t i = begin; i < out.size(); ++i) {
    out[i] = static_cast<unsigned char>(out[i]) < ' ' ? ' ' : out[i];
  }
}

}  // namespace

CodeText::CodeText(std::string_view packed) {
  const auto parts = split(packed, std::string_view(&label_separator, 1));
  value = parts.front();
  label = parts.size() > 1 ? parts[1] : std::string_view();
}

void CodeText::pack(std::string& out, std::string_view value, std::string_view label) {
  append(out, value);
  if (!label.empty() && label != value) {
    out += label_separator;
    append(out, label);
  }
}

std::vector<std::string> CodeText::folded() const {
  std::vector<std::string> texts;
  for (const std::string& text : {value, label}) {
    if (!text.empty()) {
      texts.push_back(fold(text));
    }
  }
  return texts;
}

RelationText::RelationText(std::string_view packed) {
  const auto parts = split(packed, std::string_view(&part_separator, 1));
  std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), def);
  reversed = parts[0].ends_with(reversed_mark);
  source = parts[1];
  from_class = parts[2];
  to_class = parts[3];
  type = CodeText(parts[4]);
}

void RelationText::pack(std::string& out, std::uint32_t def, bool reversed, std::string_view source,
                        std::string_view from_class, std::string_view to_class) {
  out += std::to_string(def);
  if (reversed) {
    out += reversed_mark;
  }
  for (const std::string_view part : {source, from_class, to_class}) {
    out += part_separator;
    append(out, part);
  }
  out += part_separator;
}

}  // namespace tierline
