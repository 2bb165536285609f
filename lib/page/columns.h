#pragma once
// JSON by columns: what stands in them is alike, and packs well.

#include <string>
#include <string_view>

#include "tierline/json_writer.h"
#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {

/// One line of the page's data: an object.
class Line : JsonText {
 public:
  explicit Line(std::string_view type) {
    json_.StartObject();
    text("type", type);
  }

  using JsonText::flag;
  using JsonText::key;
  using JsonText::list;
  using JsonText::number;
  using JsonText::object;

  /// As people are to see it: nothing in it that is obeyed instead of shown.
  void text(std::string_view value) { JsonText::text(made_visible(repair_utf8(value))); }
  void text(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  /// What an export calls something, as messages quote it: of what is very long, the beginning.
  void name(std::string_view value) { text(shortened(value)); }
  /// A text that most of its column do not have.
  void text_or_zero(std::string_view value) {
    if (value.empty()) {
      number(0);
    } else {
      name(value);
    }
  }

  std::string end() {
    json_.EndObject();
    return line();
  }
};

}  // namespace tierline
