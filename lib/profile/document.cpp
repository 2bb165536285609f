// A profile's document, checked and compiled. profile.schema.json says the same for other programs.

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "profile/compiled.h"
#include "profile/field_table.h"
#include "profile/json_reader.h"
#include "support/text.h"
#include "tierline/profile.h"

namespace tierline {
namespace {

using Words = std::vector<std::string>;

const Words tier_words = {"portfolio", "service", "system", "component"};
const Words facing_words = {"external", "internal", "supporting"};
const Words state_words = {"planned", "live", "retiring", "retired"};
const Words criticality_words = {"1", "2", "3", "4"};
const Words party_words = {"person", "group"};
const Words kind_words = {"needs", "contains", "data", "step", "agreement", "other"};
const Words policy_words = {"person", "team"};
const Words record_words = {"item", "relation", "party", "relationType", "failure", "ignore"};

std::string text_of(const std::optional<JsonNode>& node) {
  return node ? node->text() : std::string();
}

bool flag_of(const std::optional<JsonNode>& node) {
  return node && node->boolean();
}

std::vector<Pattern> patterns(const std::optional<JsonNode>& node) {
  std::vector<Pattern> all;
  if (node) {
    for (const JsonNode& text : node->elements()) {
      all.push_back({fold(text.name())});
    }
    if (all.empty()) {
      node->fail("expected at least one text");
    }
  }
  return all;
}

std::vector<Tier> tiers(const std::optional<JsonNode>& node) {
  std::vector<Tier> all;
  if (node) {
    for (const JsonNode& word : node->elements()) {
      all.push_back(static_cast<Tier>(word.word(tier_words)));
    }
  }
  return all;
}

class Compiler {
 public:
  explicit Compiler(CompiledProfile& profile) : profile_(profile), fields_(profile) {}

  void compile(const JsonNode& root) {
    root.allow({"$schema", "profile", "title", "description", "owners", "values", "under",
                "tableFields", "aliases", "labels", "classes", "records", "relationTypes",
                "truncation", "supportingServicesServeWhatTheyContain"});
    read_names(root);
    fields_.read_spelling(root);
    read_owners(root.find("owners"));
    read_truncation(root.find("truncation"));
    profile_.supporting_serves_contained =
        flag_of(root.find("supportingServicesServeWhatTheyContain"));
    profile_.class_fields = fields_.slots(root.find("tableFields"));
    if (const auto classes = root.find("classes")) {
      read_classes(*classes);
    }
    if (const auto types = root.find("relationTypes")) {
      read_relation_types(*types);
    }
    if (const auto records = root.require("records")) {
      for (const JsonNode& record : records->elements()) {
        read_record(record);
      }
      if (profile_.records.empty()) {
        records->fail("expected at least one kind of record");
      }
    }
  }

 private:
  void read_names(const JsonNode& root) {
    if (const auto id = root.require("profile")) {
      profile_.id = id->text();
      const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      };
      if (profile_.id.empty() || !std::ranges::all_of(profile_.id, is_plain)) {
        id->fail("expected a word of small letters, digits, '-', '_' and '.'");
      }
    }
    if (const auto title = root.require("title")) {
      profile_.title = title->name();
    }
    profile_.description = text_of(root.find("description"));
  }

  void read_owners(const std::optional<JsonNode>& owners) {
    if (owners) {
      owners->allow({"policy", "placeholders"});
      if (const auto policy = owners->find("policy")) {
        profile_.policy = policy->word(policy_words) == 0 ? OwnerPolicy::person : OwnerPolicy::team;
      }
      profile_.placeholders = patterns(owners->find("placeholders"));
    }
  }

  void read_truncation(const std::optional<JsonNode>& truncation) {
    if (truncation) {
      truncation->allow({"caps", "remarks"});
      if (const auto caps = truncation->find("caps")) {
        for (const JsonNode& cap : caps->elements()) {
          profile_.known_caps.push_back(cap.positive_number());
        }
      }
      profile_.withheld_remarks = patterns(truncation->find("remarks"));
    }
  }

  // --- classes and types of relations

  void read_classes(const JsonNode& classes) {
    for (const auto& [id, node] : classes.members()) {
      node.allow({"extends", "labels", "tier", "offering"});
      ClassDef def{.name = {fold(id)}, .id = id, .extends = {}, .tier = {}, .offering = false};
      def.extends = text_of(node.find("extends"));
      if (const auto tier = node.find("tier")) {
        def.tier = static_cast<Tier>(tier->word(tier_words));
      }
      def.offering = flag_of(node.find("offering"));
      if (!profile_.class_by_name.try_emplace(fold(id), profile_.classes.size()).second) {
        node.fail(fmt::format("'{}' names two classes", id));
      }
      profile_.classes.push_back(std::move(def));
    }
    // Labels after all ids: a label that is also another class's name would hide it.
    std::size_t number = 0;
    for (const auto& [id, node] : classes.members()) {
      if (const auto labels = node.find("labels")) {
        for (const JsonNode& label : labels->elements()) {
          const auto [known, is_new] =
              profile_.class_by_name.try_emplace(fold(label.name()), number);
          if (known->second != number) {
            label.fail(fmt::format("'{}' already names the class '{}'", label.name(),
                                   profile_.classes[known->second].id));
          }
        }
      }
      ++number;
    }
    for (const auto& [id, node] : classes.members()) {
      check_chain(id, node);
    }
  }

  void check_chain(const std::string& id, const JsonNode& node) const {
    std::set<std::string> seen;
    for (const ClassDef* def = profile_.find_class(id); def != nullptr && !def->extends.empty();) {
      if (!seen.insert(def->id).second) {
        node.fail("the classes that it extends go round in a circle");
        return;
      }
      const std::string& base = def->extends;
      def = profile_.find_class(base);
      if (def == nullptr) {
        node.fail(fmt::format("extends '{}', which is no class of this profile", base));
      }
    }
  }

  RelationReading read_reading(const JsonNode& node, bool kind_required) {
    RelationReading reading;
    const auto kind = kind_required ? node.require("kind") : node.find("kind");
    if (kind) {
      reading.kind = static_cast<RelationKind>(kind->word(kind_words));
    }
    for (const auto& [name, flag] :
         {std::pair("reversed", &reading.reversed), std::pair("membership", &reading.membership)}) {
      if (const auto member = node.find(name)) {
        *flag = member->boolean();
        if (!kind) {
          member->fail("goes with 'kind', which is missing");
        }
      }
    }
    return reading;
  }

  void read_relation_types(const JsonNode& types) {
    for (const JsonNode& node : types.elements()) {
      node.allow({"name", "ids", "kind", "reversed", "membership", "fromClass", "toClass"});
      RelationTypeDef def;
      if (const auto name = node.require("name")) {
        def.name = name->name();
      }
      def.folded = fold_type(def.name);
      def.reading = read_reading(node, true);
      def.from_classes = patterns(node.find("fromClass"));
      def.to_classes = patterns(node.find("toClass"));
      if (const auto ids = node.find("ids")) {
        for (const JsonNode& id : ids->elements()) {
          profile_.type_by_id.try_emplace(to_lower(id.name()), profile_.relation_types.size());
        }
      }
      profile_.relation_types.push_back(std::move(def));
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

  /// `extra` is what one kind of cases has beside `is`, and `field` with `values`.
  std::vector<Case> cases(const std::optional<JsonNode>& node, const Words& words,
                          std::string_view extra = "when") {
    std::vector<Case> all;
    if (node) {
      for (const JsonNode& element : node->elements()) {
        all.push_back(read_case(element, words, extra));
      }
    }
    return all;
  }

  Case read_case(const JsonNode& node, const Words& words, std::string_view extra) {
    Case one;
    const bool may_wait = extra != "kind";
    if (const auto is = node.find("is")) {
      may_wait ? node.allow({"when", "is"}) : node.allow({"is"});
      one.constant = static_cast<std::uint8_t>(is->word(words));
    } else if (const auto parent = node.find("sameAs"); parent && extra == "facing") {
      node.allow({"when", "sameAs"});
      one.kind = Case::Kind::parent;
      facing_parents_.emplace(fields_.slot(*parent), *parent);
    } else {
      may_wait ? node.allow({"when", "field", "values"}) : node.allow({"field", "values"});
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

  void read_record(const JsonNode& node) {
    RecordDef record;
    if (const auto as = node.require("as")) {
      record.as = static_cast<RecordDef::As>(as->word(record_words));
    }
    record.tables = patterns(node.find("tables"));
    record.fields = fields_.slots(node.find("fields"));
    if (record.tables.empty() && record.fields.empty()) {
      node.fail("needs 'tables' or 'fields' to be told by");
    }
    switch (record.as) {
      case RecordDef::As::item:
        read_item(node, record);
        break;
      case RecordDef::As::relation:
        read_relation_record(node, record);
        break;
      case RecordDef::As::party:
        read_party(node, record);
        break;
      case RecordDef::As::relation_type:
        node.allow({"as", "tables", "fields", "id", "name"});
        record.id = fields_.slots(node.require("id"));
        record.name = fields_.slots(node.require("name"));
        break;
      case RecordDef::As::failure:
        node.allow({"as", "tables", "fields", "message"});
        record.message = fields_.slots(node.require("message"));
        break;
      case RecordDef::As::ignore:
        node.allow({"as", "tables", "fields"});
        break;
    }
    profile_.records.push_back(std::move(record));
  }

  void read_identity(const JsonNode& node, RecordDef& record) {
    record.id = fields_.slots(node.find("id"));
    record.name = fields_.slots(node.find("name"));
    record.source = fields_.slot(node.find("source"));
    if (record.id.empty() && record.name.empty()) {
      node.fail("needs 'id' or 'name'");
    }
  }

  void read_item(const JsonNode& node, RecordDef& record) {
    node.allow({"as", "tables", "fields", "id", "name", "class", "source", "updated", "environment",
                "tier", "facing", "state", "criticality", "accountable", "operates", "candidates",
                "relations"});
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
    record.facing = cases(node.find("facing"), facing_words, "facing");
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
    def.reading = read_reading(node, !def.type);
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
      node.fail("a relation of an item has 'from' or 'to'; the other end is the item itself");
    }
    def.separator = text_of(node.find("separator"));
    def.is_row = def.each = each.has_value();
    def.name = text_of(node.find(def.from ? "from" : "to"));
    def.gives_facing = def.from && facing_parents_.contains(*def.from);
    def.source = record.source;
    add_relation(std::move(def), record);
  }

  void read_relation_record(const JsonNode& node, RecordDef& record) {
    node.allow({"as", "tables", "fields", "id", "source", "kind", "reversed", "membership", "from",
                "to", "type", "fromClass", "toClass", "fromTiers", "toTiers"});
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

  void read_party(const JsonNode& node, RecordDef& record) {
    node.allow({"as", "tables", "fields", "id", "name", "aliases", "source", "kind", "active",
                "until", "leads"});
    read_identity(node, record);
    record.aliases = fields_.slots(node.find("aliases"));
    record.party_kind = cases(node.find("kind"), party_words, "kind");
    record.until = fields_.slot(node.find("until"));
    record.leads = fields_.slots(node.find("leads"));
    if (const auto active = node.find("active")) {
      active->allow({"field", "inactive"});
      record.active = fields_.slot(active->require("field"));
      record.inactive = patterns(active->require("inactive"));
    }
  }

  CompiledProfile& profile_;
  FieldTable fields_;
  std::map<Slot, JsonNode> facing_parents_;  ///< Of the record being read.
};

}  // namespace

Result<Profile> Profile::parse(std::string_view document, const std::string& file) {
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
  rapidjson::Document json;
  json.Parse<flags>(document.data(), document.size());
  if (json.HasParseError()) {
    const auto before = document.substr(0, json.GetErrorOffset());
    std::string why = to_lower(rapidjson::GetParseError_En(json.GetParseError()));
    why.erase(why.find_last_not_of('.') + 1);
    return Error{"not JSON: " + why,
                 {file, 1 + static_cast<std::uint64_t>(std::ranges::count(before, '\n'))}};
  }
  auto compiled = std::make_shared<CompiledProfile>();
  compiled->document = document;
  JsonErrors errors;
  Compiler(*compiled).compile(JsonNode(json, "", errors));
  if (errors.first()) {
    return Error{*errors.first(), {file}};
  }
  return Profile(std::move(compiled));
}

Result<Profile> Profile::load(const std::string& path) {
  std::ifstream file(path);
  if (!file) {
    return Error{"cannot read this profile", {path}};
  }
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return parse(text, path);
}

const std::string& Profile::id() const {
  return compiled_->id;
}
const std::string& Profile::title() const {
  return compiled_->title;
}
const std::string& Profile::description() const {
  return compiled_->description;
}
const std::string& Profile::document() const {
  return compiled_->document;
}

}  // namespace tierline
