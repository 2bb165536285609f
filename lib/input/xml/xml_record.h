#pragma once
// One record of an XML document as a JSON object, made while its elements go by:
//
//   <ci action="INSERT">                            {"@action":"INSERT",
//     <name>Mail</name>                              "name":"Mail",
//     <owner display_value="Beth">u1</owner>         "owner":{"display_value":"Beth","value":"u1"},
//     <tag>a</tag><tag>b</tag>                       "tag":["a","b"],
//     <note/>                                        "note":""}
//   </ci>
//
// Elements of one name become a list, wherever they stand in their parent. Attributes of the record
// itself are told from its elements by an @. What stands too deep is left out, but for one level
// that lets the reader of the JSON see that it is too deep.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "input/json/json.h"
#include "support/interner.h"

namespace tierline {

class XmlRecord {
 public:
  XmlRecord() : frames_(deepest) {}

  /// An element begins; the first one is the record. `attributes` as expat has them: names and
  /// values in turn, then null.
  void start(std::string_view name, const char** attributes);
  void text(std::string_view text);
  /// The innermost element ends. True when that was the record: `json` then is all of it, an object
  /// or, where it has neither attributes nor elements, a text.
  bool end();

  [[nodiscard]] const std::string& json() const { return json_; }
  /// Makes ready for the next record.
  void clear();

  /// Why this is more than one record can be; null while it is not.
  [[nodiscard]] const char* excess() const;

 private:
  static constexpr std::size_t deepest = deepest_json + 1;  // One more than its reader goes.
  static constexpr std::uint32_t none = UINT32_MAX;

  /// An element that has not ended yet.
  struct Frame {
    enum class Holds : std::uint8_t { nothing, text, members };
    std::size_t begin = 0;      ///< Where its value begins in `json_`.
    std::uint32_t members = 0;  ///< The first of its members in `members_`.
    Holds holds = Holds::nothing;
    bool has_elements = false;
    bool has_repeats = false;
    bool is_blank = true;  ///< Its text is.
    std::string text;      ///< Beside members, escaped.
  };
  /// A member of an element that has not ended yet.
  struct Member {
    std::uint32_t name = 0;
    std::uint32_t first = 0;     ///< The first member of that name in its element.
    std::uint32_t previous = 0;  ///< What `first_of_` had for the name before.
    std::size_t begin = 0;       ///< Where its value begins in `json_`.
    std::size_t end = 0;
  };

  void hold_members(Frame& frame);
  std::uint32_t number_of(std::string_view name);
  void open_member(Frame& frame, std::string_view name);
  void add_text_member(Frame& frame, std::string_view name, std::string_view escaped);
  void add_attributes(Frame& frame, const char** attributes);
  void close_members(Frame& frame);
  void gather_repeats(const Frame& frame);

  std::string json_;
  std::vector<Frame> frames_;
  std::size_t depth_ = 0;
  std::size_t left_out_ = 0;  ///< Elements open below the deepest frame.
  std::vector<Member> members_;
  std::vector<std::uint32_t> first_of_;  ///< By name: the first member of that name, or none.
  Interner names_;
  std::size_t name_bytes_ = 0;
  std::string scratch_;
};

}  // namespace tierline
