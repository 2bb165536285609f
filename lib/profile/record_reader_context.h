#pragma once
// What the readers of all kinds of records share: the profile that is made, its fields, and what
// stands in several kinds of records alike.

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/compiled.h"
#include "profile/document_words.h"
#include "profile/field_table.h"
#include "profile/json_node.h"

namespace tierline {

extern const Words facing_words;

class RecordReaderContext {
 public:
  using Names = std::initializer_list<std::string_view>;

  RecordReaderContext(FieldTable& fields_of_profile, CompiledProfile& profile_to_fill)
      : profile(profile_to_fill), fields(fields_of_profile) {}

  CompiledProfile& profile;
  FieldTable& fields;
  std::map<Slot, JsonNode> facing_parents;  ///< Of the record being read.
  std::vector<RecordDef> implied;           ///< The same.
  FieldSet used_for_details;                ///< The same.

  /// One way after the other to come by one of `words`; `members` are what may stand in each.
  std::vector<Case> cases(const std::optional<JsonNode>& node, const Words& words,
                          Names members = {"when", "is", "field", "values"});
  static Case constant_case(std::size_t word);
  /// The tests of `{"field": {...}}`, of which there is at least one.
  std::vector<FieldTest> field_tests(const JsonNode& node);
  void identity(const JsonNode& node, RecordDef& record);
  /// Fields that name parties of that role.
  void party_fields(const std::optional<JsonNode>& node, Role role, RecordDef& record);
  /// An end of a relation, with the items that its texts stand for where no table holds them.
  EndDef end(const JsonNode& node, const std::string& each, bool may_imply);

  /// What `read` asks for is wanted where the detail is.
  template <typename Read>
  void for_detail(RuleInput input, Read read) {
    const FieldSet before = fields.take_used();
    read();
    const FieldSet used = fields.take_used();
    profile.selected_for[static_cast<std::size_t>(input)] |= used;
    used_for_details |= used;
    fields.add_used(before);
  }

 private:
  Condition condition(const std::optional<JsonNode>& node);
  Case read_case(const JsonNode& node, const Words& words, Names members);
  static void read_values(const JsonNode& node, const Words& words, Case& one);
  void add_party_field(PartyField field, const JsonNode& at, RecordDef& record);
  /// A kind of items that no record describes: all that is known is what the profile says.
  std::uint32_t read_implied(const JsonNode& node);
};

}  // namespace tierline
