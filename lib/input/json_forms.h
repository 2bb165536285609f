#pragma once
// Records of one list are mostly made of the same pieces, between which their texts stand:
// `{"sys_id":"`, `","parent":{"link":"`, `","value":"`, ... A record that is made of pieces which
// were seen in JSON, one after another in the same places, is JSON as well, so nothing but its
// texts is left to be found. All others are left to those who read JSON by the letter.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "input/json_picker.h"
#include "tierline/row.h"

namespace tierline {

class JsonForms {
 public:
  explicit JsonForms(const Wants& wants) : wants_(wants), places_(1) {}

  /// Tells `picker`, which was started, of the record in `text`, an object without control
  /// characters in its texts; false when its form is not known, whatever was told until then. Needs
  /// `Buffer::padding` behind the text. What was told stays until the next record.
  bool read(std::string_view text, bool has_escapes, JsonPicker& picker);

  /// Whether the record that was read has the fields of the one read before, if it came right
  /// before.
  [[nodiscard]] bool is_like_last() const { return is_like_last_; }

  /// Remembers the form of such a record; if it is no JSON, there must be no more reading. Those
  /// that have lists, or wanted values that are no texts, have no form.
  void learn(std::string_view text, bool has_escapes);

 private:
  using Want = Wants::Want;
  /// What may follow the text at some path, or the beginning.
  struct Step {
    std::string piece;           ///< Up to the quote that opens the next text, or to the end.
    const Want* want = nullptr;  ///< For the next text; null when nobody wants it.
    std::uint32_t place = 0;     ///< Behind it; 0 at the end of the record.
  };
  using Place = std::vector<Step>;

  [[nodiscard]] const Step* step_at(std::uint32_t place, std::string_view rest) const;
  /// False where too much is known already.
  bool add_step(std::uint32_t place, std::string_view piece, const Want* want, std::uint32_t next);
  std::uint32_t place_behind(const std::string& path);
  /// False where an escape is none of the usual ones.
  bool unescape(std::string_view& text);

  static constexpr std::size_t most_places = 4096;
  static constexpr std::size_t most_steps = 16;
  static constexpr std::size_t longest_piece = 1024;

  const Wants& wants_;
  std::vector<Place> places_;
  std::map<std::string, std::uint32_t, std::less<>> place_by_path_;
  std::vector<const Want*> told_;  ///< Of the record read before.
  bool is_like_last_ = false;
  std::string unescaped_;      ///< Texts of the record.
  std::uint32_t known_ = 0;    ///< How many records had a known form.
  std::uint32_t unknown_ = 0;  ///< And how many had not.
};

}  // namespace tierline
