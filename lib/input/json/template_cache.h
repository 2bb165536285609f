#pragma once
// Records of one list are mostly made by one template: the same literals, with values in the gaps
// between them: `{"sys_id":"`, `","parent":{"link":"`, `","value":"`, ... A record that is made of
// literals which were seen in JSON, one after another in the same order, is JSON as well, so
// nothing but its values is left to be found. All others are left to those who read JSON by the
// letter.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "input/buffer.h"
#include "input/json/cell_extractor.h"

namespace tierline {

class JsonTemplateCache {
 public:
  explicit JsonTemplateCache(const FieldSelection& selection) : selection_(selection), states_(1) {}

  /// Tells the extractor, which was started, of the record in `text`, an object without control
  /// characters in its texts; false when no template fits, whatever was told until then, or a
  /// member may stand twice. What was told stays until the next record.
  bool read(PaddedView text, bool has_escapes, JsonCellExtractor& extractor);

  /// Whether the record that was read has the fields of the one read before, if it came right
  /// before.
  [[nodiscard]] bool same_columns_as_previous() const { return same_columns_as_previous_; }

  /// Learns the template of such a record. Those in which names are selected as well as values have
  /// none.
  void learn(PaddedView text);

 private:
  friend class JsonTemplateLearner;
  using Field = FieldSelection::Field;

  /// A member that is read, whose name stands in a literal.
  struct Member {
    FieldSelection::Node node = FieldSelection::none;
    /// As in `Step`, up to the name.
    std::uint32_t elements = 0;
    bool is_in_list = false;
  };

  /// What may follow the value at some path, or the beginning: a literal, then a value or the end.
  struct Step {
    /// Up to the value, or the quote that opens it.
    std::string literal = {};
    bool is_quoted = false;
    /// How many elements of selected lists begin, the outermost lists only, and whether the value
    /// is in such a list.
    std::uint32_t elements = 0;
    bool is_in_list = false;
    const Field* selected = nullptr;  ///< Null when nobody selects the value.
    std::vector<Member> members = {};
    std::uint32_t state = 0;  ///< Behind the value; 0 at the end of the record.

    [[nodiscard]] bool fits(std::string_view rest) const;
  };

  /// Whether none of them was in this element before, or outside of lists; `elements` as they were
  /// before the step.
  bool are_new(const std::vector<Member>& members, std::uint32_t elements);
  [[nodiscard]] const Step* step_at(std::uint32_t state, std::string_view rest) const;
  /// Null where it is none yet.
  [[nodiscard]] const Step* known_step(std::uint32_t state, std::string_view literal,
                                       bool is_quoted) const;
  /// Where the step leads, which is a new one: behind the value at `path`. `no_state` where too
  /// much is known already.
  std::uint32_t add_step(std::uint32_t state, Step step, const std::string& path);
  std::uint32_t state_behind(const std::string& path);
  /// Looking for a template costs a small part of what it saves.
  [[nodiscard]] bool pays() const { return unknown_ / 8 <= known_; }
  /// False where an escape is none of the usual ones.
  bool unescape(std::string_view& text);

  static constexpr std::uint32_t trials = 64;  ///< As many records tell whether templates pay.
  // However many names an export has, no more than this is kept of them.
  static constexpr std::size_t most_states = 4096;
  static constexpr std::size_t most_steps = 16;
  static constexpr std::size_t longest_literal = 1024;
  static constexpr std::size_t longest_path = 1024;
  static constexpr std::uint32_t no_state = UINT32_MAX;

  const FieldSelection& selection_;
  std::vector<std::vector<Step>> states_;
  std::map<std::string, std::uint32_t, std::less<>> state_by_path_;
  std::vector<const Field*> previous_fields_;  ///< Of the record read before.
  /// Where each member was last: the record and the element.
  std::vector<std::uint64_t> last_seen_;
  std::uint32_t record_ = 0;
  bool same_columns_as_previous_ = false;
  std::string unescaped_;      ///< Texts of the record.
  std::uint32_t known_ = 0;    ///< How many records a template fitted.
  std::uint32_t unknown_ = 0;  ///< And how many none did.
};

}  // namespace tierline
