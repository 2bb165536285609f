#pragma once
// The fields that a profile selects: under which names exports write them, and which slot each has.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "profile/compiled.h"
#include "profile/document_words.h"
#include "profile/json_node.h"

namespace tierline {

class FieldTable {
 public:
  explicit FieldTable(CompiledProfile& profile) : profile_(profile) {}

  /// Reads how the document says that names and values are written. Before any field.
  void read_spelling(const JsonNode& root);

  /// The slot of a field: its name, a text with fields in braces, or an object that says more. With
  /// `each`, it stands in the elements of that list, or with `each.*` in the members of that
  /// object.
  Slot slot(const JsonNode& field, const std::string& each = {});
  std::optional<Slot> slot(const std::optional<JsonNode>& field, const std::string& each = {});
  /// The slot of a field that is the name of a member.
  Slot slot_named(const std::string& field, const JsonNode& at);
  /// One field, or a list of them.
  std::vector<Slot> slots(const std::optional<JsonNode>& names);

  /// The same of an object whose members the caller has checked: `field`, `separator`, `until`,
  /// `prefixes` and `lowercase` are read here.
  Slot derived_slot(const JsonNode& field, const std::string& each = {});
  /// What a field is called in messages.
  static std::string name_of_field(const JsonNode& field);
  /// A slot that no field fills, for what is present in other ways.
  Slot slot_without_field(const std::string& name, const JsonNode& at);
  /// The derived fields that were asked for since the last call.
  std::vector<std::uint16_t> take_derived();
  /// The fields that were asked for since this was asked last.
  FieldSet take_used() { return std::exchange(used_, {}); }
  /// As if these had been asked for.
  void add_used(const FieldSet& used) { used_ |= used; }

  /// The number of a field whose texts are codes.
  std::size_t code(const JsonNode& field);
  std::size_t code(const std::string& field, const JsonNode& at);

 private:
  std::size_t code_of(Slot slot);
  Slot slot_of(const std::string& name, const std::string& each, const JsonNode& at);
  TextTemplate read_template(const JsonNode& node, const std::string& each);
  TextPart read_part(std::string_view inside, const std::string& each, const JsonNode& at);
  std::vector<Prefix> read_prefixes(const JsonNode& node, const std::string& each);
  void read_places(const JsonNode& root);
  void read_pairs(const JsonNode& node);
  void select(const std::string& field, const std::string& each, Slot slot);
  void select_name(const std::string& name, const std::string& each,
                   FieldSelection::Field selected);
  void select_parts(const std::string& name, const std::string& each, Slot slot);
  [[nodiscard]] std::vector<Words> paths(const std::string& name, const std::string& each) const;

  CompiledProfile& profile_;
  std::string stored_;
  std::string label_;
  std::string link_;
  Words label_fields_;
  Words under_ = {""};
  std::map<std::string, Words> aliases_;
  std::map<std::string, std::string> field_of_alias_;
  std::map<std::string, Words> headers_;
  std::map<std::string, Slot> slots_;
  std::map<std::string, std::uint16_t> derived_;  ///< By what they are made of.
  std::set<std::uint16_t> used_derived_;
  FieldSet used_;
};

}  // namespace tierline
