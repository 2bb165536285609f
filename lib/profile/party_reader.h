#pragma once
// What a profile says of records that are parties, that say who is in which group, and that give
// items parties.

#include <optional>
#include <vector>

#include "profile/record_reader_context.h"

namespace tierline {

class PartyReader {
 public:
  explicit PartyReader(RecordReaderContext& context) : context_(context) {}

  void read(const JsonNode& node, RecordDef& record);
  void read_membership(const JsonNode& node, RecordDef& record);
  void read_assignment(const JsonNode& node, RecordDef& record);

 private:
  /// Fields that may hold several, in a list or with a separator.
  std::vector<MemberDef> read_members(const std::optional<JsonNode>& node);

  RecordReaderContext& context_;
};

}  // namespace tierline
