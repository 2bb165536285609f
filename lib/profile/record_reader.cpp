#include "profile/record_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "profile/vocabulary.h"
#include "support/text.h"

namespace tierline {
namespace {

const Words facing_words = words_up_to(Facing::supporting);
const Words state_words = words_up_to(State::retired);
const Words criticality_words = {"1", "2", "3", "4"};
const Words party_words = words_up_to(PartyKind::group);
const Words record_words = {"item", "relation", "party", "relationType", "failure", "ignore"};

using Names = std::initializer_list<std::string_view>;

class RecordReader {
 public:
  RecordReader(FieldTable& fields, CompiledProfile& profile) : profile_(profile), fields_(fields) {}

  void read(const JsonNode& node) {
    RecordDef record;
    if (const auto as = node.require("as")) {
      record.as = static_cast<RecordDef::As>(as->word(record_words));
    }
    allow_members(node, record.as);
    record.tables = patterns(node.find("tables"));
    record.fields = fields_.slots(node.find("fields"));
    const bool is_told = !record.tables.empty() || !record.fields.empty();
    const bool has_when = record.as == RecordDef::As::ignore && node.find("when");
    if (is_told && has_when) {
      node.fail("is told by 'when' alone, or by 'tables' and 'fields'");
    } else if (!is_told && !has_when) {
      node.fail("needs 'tables' or 'fields' to be told by");
    }
    if (record.as == RecordDef::As::item) {
      read_item(node, record);
    } else if (record.as == RecordDef::As::relation) {
      read_relation_record(node, record);
    } else if (record.as == RecordDef::As::party) {
      read_party(node, record);
    } else if (record.as == RecordDef::As::relation_type) {
      record.id = fields_.slots(node.require("id"));
      record.name = fields_.slots(node.require("name"));
    } else if (record.as == RecordDef::As::failure) {
      record.message = fields_.slots(node.require("message"));
    } else if (record.as == RecordDef::As::ignore) {
      read_ignored(node, record);
    }
    note_essentials(record);
    record.uses = fields_.take_used();
    profile_.records.push_back(std::move(record));
  }

 private:
  static void allow_members(const JsonNode& node, RecordDef::As as) {
    switch (as) {
      case RecordDef::As::item:
        return node.allow({"as", "tables", "fields", "id", "name", "class", "source", "updated",
                           "environment", "tier", "facing", "state", "criticality", "accountable",
                           "operates", "candidates", "relations"});
      case RecordDef::As::relation:
        return node.allow({"as", "tables", "fields", "id", "source", "from", "to", "type", "kind",
                           "reversed", "membership", "fromClass", "toClass", "fromTiers",
                           "toTiers"});
      case RecordDef::As::party:
        return node.allow({"as", "tables", "fields", "id", "name", "aliases", "source", "kind",
                           "active", "until", "leads"});
      case RecordDef::As::relation_type:
        return node.allow({"as", "tables", "fields", "id", "name"});
      case RecordDef::As::failure:
        return node.allow({"as", "tables", "fields", "message"});
      case RecordDef::As::ignore:
        return node.allow({"as", "tables", "fields", "when", "notice"});
    }
  }

  void note_essentials(RecordDef& record) const {
    for (const std::vector<Slot>* slots : {&record.id, &record.name}) {
      for (const Slot slot : *slots) {
        record.essentials.set(slot);
      }
    }
    if (record.as != RecordDef::As::relation || record.relations.empty()) {
      return;
    }
    const RelationDef& def = profile_.relation_defs[record.relations.front()];
    for (const std::optional<Slot>& end : {def.from, def.to}) {
      if (end) {
        record.essentials.set(*end);
      }
    }
  }

  // --- values that stand for something

  Condition condition(const std::optional<JsonNode>& node) {
    Condition when;
    if (node) {
      node->allow({"field", "class"});
      if (const auto fields = node->find("field")) {
        for (const auto& [field, values] : fields->members()) {
          when.fields.push_back({fields_.code(field, values), patterns(values)});
        }
      }
      when.classes = patterns(node->find("class"));
    }
    return when;
  }

  std::vector<Case> cases(const std::optional<JsonNode>& node, const Words& words,
                          Names members = {"when", "is", "field", "values"}) {
    std::vector<Case> all;
    if (node) {
      for (const JsonNode& element : node->elements()) {
        element.allow(members);
        all.push_back(read_case(element, words, members));
      }
    }
    return all;
  }

  Case read_case(const JsonNode& node, const Words& words, Names members) {
    Case one;
    const auto is = node.find("is");
    const auto parent = node.find("sameAs");
    const bool looks_up = node.find("field") || node.find("values");
    if (is.has_value() + parent.has_value() + looks_up != 1) {
      const bool has_parent = std::ranges::find(members, "sameAs") != members.end();
      node.fail(fmt::format("needs either {} 'field' with 'values'",
                            has_parent ? "'is', 'sameAs' or" : "'is' or"));
    }
    if (is) {
      one.constant = static_cast<std::uint8_t>(is->word(words));
    } else if (parent) {
      one.kind = Case::Kind::parent;
      facing_parents_.emplace(fields_.slot(*parent), *parent);
    } else {
      one.kind = Case::Kind::field;
      const auto field = node.require("field");
      const auto values = node.require("values");
      if (field && values) {
        one.code = fields_.code(*field);
        read_values(*values, words, one);
      }
    }
    one.when = condition(node.find("when"));
    return one;
  }

  static void read_values(const JsonNode& node, const Words& words, Case& one) {
    for (const auto& [meaning, texts] : node.members()) {
      const auto found = std::ranges::find(words, meaning);
      if (found == words.end()) {
        texts.fail(fmt::format("'{}' is none of {}{}", meaning, join(words, ", "),
                               did_you_mean(meaning, words)));
        continue;
      }
      for (Pattern& pattern : patterns(texts)) {
        one.values.emplace_back(std::move(pattern),
                                static_cast<std::uint8_t>(found - words.begin()));
      }
    }
  }

  // --- records

  void read_identity(const JsonNode& node, RecordDef& record) {
    record.id = fields_.slots(node.find("id"));
    record.name = fields_.slots(node.find("name"));
    record.source = fields_.slot(node.find("source"));
    if (record.id.empty() && record.name.empty()) {
      node.fail("needs 'id' or 'name'");
    }
  }

  void read_item(const JsonNode& node, RecordDef& record) {
    read_identity(node, record);
    record.item_class = fields_.slots(node.find("class"));
    record.updated = fields_.slot(node.find("updated"));
    if (const auto environment = node.find("environment")) {
      for (const JsonNode& field : environment->elements()) {
        record.environment.push_back(fields_.code(field));
      }
    }
    if (const auto source = node.find("source")) {
      record.source_code = fields_.code(*source);
    }
    facing_parents_.clear();
    record.tier = cases(node.find("tier"), tier_words);
    record.facing =
        cases(node.find("facing"), facing_words, {"when", "is", "sameAs", "field", "values"});
    record.state = cases(node.find("state"), state_words);
    record.criticality = cases(node.find("criticality"), criticality_words);
    read_party_fields(node.find("accountable"), Role::accountable, record);
    read_party_fields(node.find("operates"), Role::operates, record);
    read_party_fields(node.find("candidates"), Role::candidate, record);
    if (const auto relations = node.find("relations")) {
      for (const JsonNode& relation : relations->elements()) {
        read_item_relation(relation, record);
      }
    }
    check_facing_parents(record);
  }

  void check_facing_parents(const RecordDef& record) const {
    for (const auto& [slot, node] : facing_parents_) {
      const auto names = [&](std::uint32_t number) {
        return profile_.relation_defs[number].from == slot;
      };
      if (std::ranges::none_of(record.relations, names)) {
        node.fail("no entry of 'relations' has this field as 'from'");
      }
    }
  }

  void read_party_fields(const std::optional<JsonNode>& node, Role role, RecordDef& record) {
    if (!node) {
      return;
    }
    for (const JsonNode& element : node->elements()) {
      PartyField field{.slot = 0, .role = role, .points_to = PartyKind::unknown, .separator = {}};
      if (element.is_object()) {
        element.allow({"field", "separator", "pointsTo"});
        if (const auto name = element.require("field")) {
          field.slot = fields_.slot(*name);
        }
        field.separator = text_of(element.find("separator"));
        if (const auto points_to = element.find("pointsTo")) {
          field.points_to = static_cast<PartyKind>(points_to->word(party_words));
        }
      } else {
        field.slot = fields_.slot(element);
      }
      if (profile_.party_fields.size() > UINT8_MAX) {
        element.fail("a profile can have 256 fields of parties at most");
        return;
      }
      record.parties.push_back(static_cast<std::uint8_t>(profile_.party_fields.size()));
      profile_.party_fields.push_back(std::move(field));
    }
  }

  /// What relations of items and relations of their own have in common.
  RelationDef read_relation(const JsonNode& node, const std::string& each) {
    RelationDef def;
    def.from = fields_.slot(node.find("from"), each);
    def.to = fields_.slot(node.find("to"), each);
    def.type = fields_.slot(node.find("type"), each);
    def.row_id = fields_.slot(node.find("id"), each);
    def.from_class = fields_.slot(node.find("fromClass"), each);
    def.to_class = fields_.slot(node.find("toClass"), each);
    def.reading = read_reading(node);
    if (!def.type && !node.find("kind")) {
      node.fail("needs 'kind' or 'type'");
    }
    def.from_tiers = tiers(node.find("fromTiers"));
    def.to_tiers = tiers(node.find("toTiers"));
    def.from_portfolio = def.from && def.from_tiers == std::vector{Tier::portfolio};
    return def;
  }

  void read_item_relation(const JsonNode& node, RecordDef& record) {
    node.allow({"kind", "reversed", "membership", "from", "to", "id", "type", "fromClass",
                "toClass", "each", "separator", "fromTiers", "toTiers"});
    const auto each = node.find("each");
    RelationDef def = read_relation(node, each ? each->name() : std::string());
    if (def.from.has_value() == def.to.has_value()) {
      node.fail("needs either 'from' or 'to': the other end is the item itself");
    }
    def.separator = text_of(node.find("separator"));
    def.is_row = def.each = each.has_value();
    def.name = text_of(node.find(def.from ? "from" : "to"));
    def.gives_facing = def.from && facing_parents_.contains(*def.from);
    def.source = record.source;
    add_relation(std::move(def), record);
  }

  void read_relation_record(const JsonNode& node, RecordDef& record) {
    if (!node.require("from") || !node.require("to")) {
      return;
    }
    record.source = fields_.slot(node.find("source"));
    RelationDef def = read_relation(node, {});
    def.is_row = true;
    def.source = record.source;
    def.name = record.tables.empty() ? std::string(record_words[1]) : record.tables.front().text;
    add_relation(std::move(def), record);
  }

  void add_relation(RelationDef def, RecordDef& record) {
    record.relations.push_back(static_cast<std::uint32_t>(profile_.relation_defs.size()));
    profile_.relation_defs.push_back(std::move(def));
  }

  void read_ignored(const JsonNode& node, RecordDef& record) {
    if (const auto notice = node.find("notice")) {
      record.notice = notice->name();
    }
    const auto when = node.find("when");
    if (!when) {
      return;
    }
    when->allow({"field"});
    const auto tests = when->require("field");
    if (!tests) {
      return;
    }
    for (const auto& [field, values] : tests->members()) {
      record.when.push_back({fields_.slot_named(field, values), patterns(values)});
    }
    profile_.ignored_by_field.push_back(static_cast<std::uint32_t>(profile_.records.size()));
    if (record.when.empty() && tests->is_object()) {
      tests->fail("expected at least one member");
    }
  }

  void read_party(const JsonNode& node, RecordDef& record) {
    read_identity(node, record);
    record.aliases = fields_.slots(node.find("aliases"));
    record.party_kind = cases(node.find("kind"), party_words, {"is", "field", "values"});
    record.until = fields_.slot(node.find("until"));
    record.leads = fields_.slots(node.find("leads"));
    if (const auto active = node.find("active")) {
      active->allow({"field", "inactive"});
      record.active = fields_.slot(active->require("field"));
      record.inactive = patterns(active->require("inactive"));
    }
  }

  CompiledProfile& profile_;
  FieldTable& fields_;
  std::map<Slot, JsonNode> facing_parents_;  ///< Of the record being read.
};

}  // namespace

void read_records(const JsonNode& records, FieldTable& fields, CompiledProfile& profile) {
  RecordReader reader(fields, profile);
  for (const JsonNode& record : records.elements()) {
    reader.read(record);
  }
}

}  // namespace tierline
