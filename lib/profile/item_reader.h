#pragma once
// What a profile says of records that are items.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profile/record_reader_context.h"
#include "profile/relation_reader.h"

namespace tierline {

class ItemReader {
 public:
  ItemReader(RecordReaderContext& context, RelationReader& relations)
      : context_(context), relations_(relations) {}

  void read(const JsonNode& node, RecordDef& record);
  /// Items name the tables that assign parties to them, which may come later.
  void finish();

 private:
  void read_details(const JsonNode& node, RecordDef& record, ItemDef& def);
  void read_detail(const std::optional<JsonNode>& node, RuleInput input, DetailDef::Form form,
                   ItemDef& def);
  void check_facing_parents(const RecordDef& record) const;
  std::optional<CostDef> read_cost(const std::optional<JsonNode>& node);
  void assign(const std::string& table, const JsonNode& node, ItemDef& def) const;

  RecordReaderContext& context_;
  RelationReader& relations_;
  /// By number of the record: the tables that assign parties to its items.
  std::map<std::size_t, std::vector<std::pair<std::string, JsonNode>>> assigned_in_;
};

}  // namespace tierline
