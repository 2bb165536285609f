#include "profile/relation_reader.h"

#include <utility>

namespace tierline {

/// What relations of items and relations of their own have in common.
RelationDef RelationReader::read_relation(const JsonNode& node, const std::string& each) {
  RelationDef def;
  const auto end = [&](std::string_view name) {
    const auto member = node.find(name);
    return member ? std::optional(context_.end(*member, each, true)) : std::nullopt;
  };
  def.from = end("from");
  def.to = end("to");
  def.type = context_.fields.slot(node.find("type"), each);
  def.row_id = context_.fields.slot(node.find("id"), each);
  def.from_class = context_.fields.slot(node.find("fromClass"), each);
  def.to_class = context_.fields.slot(node.find("toClass"), each);
  read_direction(node, def);
  if (!def.type && !node.find("kind")) {
    node.fail("needs 'kind' or 'type'");
  }
  def.from_tiers = tiers(node.find("fromTiers"));
  def.to_tiers = tiers(node.find("toTiers"));
  def.from_portfolio = def.from && def.from_tiers == std::vector{Tier::portfolio};
  return def;
}

/// Which way a relation goes: always, or as a field says.
void RelationReader::read_direction(const JsonNode& node, RelationDef& def) {
  const auto reversed = node.find("reversed");
  if (!reversed || !reversed->is_object()) {
    def.interpretation = read_interpretation(node);
    return;
  }
  def.interpretation = read_interpretation(node, {"membership"});
  reversed->allow({"field"});
  if (const auto tests = reversed->require("field")) {
    def.reversed_when = context_.field_tests(*tests);
  }
}

void RelationReader::read_stated_by_item(const JsonNode& node, RecordDef& record) {
  node.allow({"kind", "reversed", "membership", "from", "to", "id", "type", "fromClass", "toClass",
              "each", "separator", "fromTiers", "toTiers", "name"});
  const auto each = node.find("each");
  RelationDef def = read_relation(node, each ? each->name() : std::string());
  if (def.from.has_value() == def.to.has_value()) {
    node.fail("needs either 'from' or 'to': the other end is the item itself");
    return;
  }
  EndDef& end = def.from ? *def.from : *def.to;
  if (const auto separator = node.find("separator")) {
    end.separator = separator->text();
  }
  def.is_row = def.each = each.has_value();
  def.name = end.is_outer ? std::string(to_string(def.interpretation.kind))
                          : FieldTable::name_of_field(*node.find(def.from ? "from" : "to"));
  if (const auto name = node.find("name")) {
    def.name = name->name();
  }
  def.gives_facing =
      def.from && def.from->slot && context_.facing_parents.contains(*def.from->slot);
  def.source = record.source;
  add(std::move(def), record);
}

void RelationReader::read(const JsonNode& node, RecordDef& record) {
  record.kind = RelationRowDef{};
  record.source = context_.fields.slot(node.find("source"));
  const auto several = node.find("relations");
  if (!several) {
    read_row(node, record);
    return;
  }
  for (const char* name : {"from", "to", "type", "kind", "reversed", "membership", "fromClass",
                           "toClass", "fromTiers", "toTiers"}) {
    if (const auto member = node.find(name)) {
      member->fail("stands in the entries of 'relations'");
    }
  }
  for (const JsonNode& relation : several->elements()) {
    relation.allow({"id", "from", "to", "type", "kind", "reversed", "membership", "fromClass",
                    "toClass", "fromTiers", "toTiers", "name"});
    read_row(relation, record);
  }
  for (const std::uint32_t number : record.relations) {
    context_.profile.relation_defs[number].is_one_of = true;
  }
}

void RelationReader::read_row(const JsonNode& node, RecordDef& record) {
  if (!node.require("from") || !node.require("to")) {
    return;
  }
  RelationDef def = read_relation(node, {});
  def.is_row = true;
  def.source = record.source;
  def.name = record.tables.empty() ? "relation" : record.tables.front().text;
  if (const auto name = node.find("name")) {
    def.name = name->name();
  }
  add(std::move(def), record);
}

void RelationReader::add(RelationDef def, RecordDef& record) {
  record.relations.push_back(static_cast<std::uint32_t>(context_.profile.relation_defs.size()));
  context_.profile.relation_defs.push_back(std::move(def));
}

}  // namespace tierline
