#pragma once
// What a profile says of relations: those that are records, and those that items state.

#include <string>

#include "profile/record_reader_context.h"

namespace tierline {

class RelationReader {
 public:
  explicit RelationReader(RecordReaderContext& context) : context_(context) {}

  /// A record that is a relation, or several.
  void read(const JsonNode& node, RecordDef& record);
  void read_stated_by_item(const JsonNode& node, RecordDef& record);

 private:
  /// What relations of items and relations of their own have in common.
  RelationDef read_relation(const JsonNode& node, const std::string& each);
  /// Which way a relation goes: always, or as a field says.
  void read_direction(const JsonNode& node, RelationDef& def);
  void read_row(const JsonNode& node, RecordDef& record);
  void add(RelationDef def, RecordDef& record);

  RecordReaderContext& context_;
};

}  // namespace tierline
