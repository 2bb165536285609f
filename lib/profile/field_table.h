#pragma once
// The fields that a profile wants: under which names exports write them, and which slot each has.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profile/compiled.h"
#include "profile/json_reader.h"
#include "profile/vocabulary.h"

namespace tierline {

class FieldTable {
 public:
  explicit FieldTable(CompiledProfile& profile) : profile_(profile) {}

  /// Reads how the document says that names and values are written. Before any field.
  void read_spelling(const JsonNode& root);

  /// The slot of the field that `name` names. With `each`, it stands in the elements of that list.
  Slot slot(const JsonNode& name, const std::string& each = {});
  std::optional<Slot> slot(const std::optional<JsonNode>& name, const std::string& each = {});
  /// The slot of a field that is the name of a member.
  Slot slot_named(const std::string& field, const JsonNode& at);
  /// One field, or a list of them.
  std::vector<Slot> slots(const std::optional<JsonNode>& names);

  /// The fields that were asked for since this was asked last.
  Presence take_used() { return std::exchange(used_, {}); }

  /// The number of a field whose texts are codes.
  std::size_t code(const JsonNode& name);
  std::size_t code(const std::string& field, const JsonNode& at);

 private:
  Slot slot_of(const std::string& field, const std::string& each, const JsonNode& at);
  void want(const std::string& field, const std::string& each, Slot slot);
  void want_name(const std::string& name, const std::string& each, Wants::Want want);
  void want_parts(const std::string& name, const std::string& each, Slot slot);
  [[nodiscard]] std::vector<Words> paths(const std::string& name, const std::string& each) const;

  CompiledProfile& profile_;
  std::string stored_;
  std::string label_;
  std::string link_;
  Words label_fields_;
  Words under_ = {""};
  std::map<std::string, Words> aliases_;
  std::map<std::string, Words> headers_;
  std::map<std::string, Slot> slots_;
  Presence used_;
};

}  // namespace tierline
