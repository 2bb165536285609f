// A profile's document, checked and compiled. profile.schema.json says the same for other programs.

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "profile/compiled.h"
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

std::vector<Pattern> patterns(const JsonNode& node) {
  std::vector<Pattern> all;
  for (const std::string& text : node.texts()) {
    all.push_back({fold(text)});
  }
  return all;
}

class Compiler {
 public:
  explicit Compiler(CompiledProfile& profile) : profile_(profile) {}

  void compile(const JsonNode& root) {
    root.allow({"$schema", "profile", "title", "description", "owners", "values", "under",
                "tableFields", "aliases", "labels", "classes", "records", "relationTypes",
                "truncation", "supportingServicesServeWhatTheyContain"});
    profile_.id = text_of(root.require("profile"));
    profile_.title = text_of(root.require("title"));
    profile_.description = text_of(root.find("description"));
    if (profile_.id.empty() || profile_.id.find_first_of(" /\\:") != std::string::npos) {
      root.fail("'profile' is its id: a word without blanks, slashes or colons");
    }
    read_spelling(root);
    read_owners(root);
    read_truncation(root);
    if (const auto serves = root.find("supportingServicesServeWhatTheyContain")) {
      profile_.supporting_serves_contained = serves->boolean();
    }
    if (const auto fields = root.find("tableFields")) {
      profile_.class_fields = slots(fields, "");
    }
    read_classes(root);
    read_relation_types(root);
    if (const auto records = root.require("records")) {
      for (const JsonNode& record : records->elements()) {
        read_record(record);
      }
    }
    for (const RecordDef& record : profile_.records) {
      for (const Pattern& table : record.tables) {
        if (table.text.find('*') == std::string::npos) {
          profile_.tables.push_back(table.text);
        }
      }
    }
  }

 private:
  static std::string text_of(const std::optional<JsonNode>& node) {
    return node ? node->text() : std::string();
  }

  // --- how fields and values are written

  void read_spelling(const JsonNode& root) {
    if (const auto values = root.find("values")) {
      values->allow({"stored", "label", "link", "labelField"});
      stored_ = text_of(values->find("stored"));
      label_ = text_of(values->find("label"));
      link_ = text_of(values->find("link"));
      if (const auto label_field = values->find("labelField")) {
        label_fields_ = label_field->texts();
      }
    }
    under_ = {""};
    if (const auto under = root.find("under")) {
      std::ranges::copy(under->texts(), std::back_inserter(under_));
    }
    if (const auto aliases = root.find("aliases")) {
      for (const auto& [field, names] : aliases->members()) {
        aliases_[field] = names.texts();
      }
    }
    if (const auto labels = root.find("labels")) {
      for (const auto& [header, field] : labels->members()) {
        headers_[field.text()].push_back(header);
      }
    }
  }

  /// The slot of a field, which may stand in each element of the list `each`.
  Slot slot(const std::string& field, const std::string& each, const JsonNode& node) {
    const std::string path = each.empty() ? field : each + "\x1f" + field;
    const auto [known, is_new] = slots_.try_emplace(path, static_cast<Slot>(slots_.size()));
    if (is_new) {
      if (slots_.size() > max_slots) {
        node.fail(fmt::format("a profile can want {} fields at most", max_slots));
        return 0;
      }
      profile_.fields.push_back(each.empty() ? field : each + "." + field);
      want(field, each, known->second);
    }
    return known->second;
  }

  void want(const std::string& field, const std::string& each, Slot slot) {
    Words names = {field};
    std::ranges::copy(aliases_[field], std::back_inserter(names));
    for (const std::string& name : names) {
      want_name(name, each, {slot, Facet::text});
      for (const std::string& pattern : label_fields_) {
        std::string label_name = pattern;
        label_name.replace(label_name.find('*'), 1, name);
        want_name(label_name, each, {slot, Facet::label});
      }
      want_parts(name, each, slot);
    }
    if (each.empty()) {
      for (const std::string& header : headers_[field]) {
        profile_.wants.add_column(header, {slot, Facet::text});
      }
    }
  }

  void want_name(const std::string& name, const std::string& each, Wants::Want want) {
    for (const Words& path : paths(name, each)) {
      profile_.wants.add_path(path, want);
    }
    if (each.empty()) {
      profile_.wants.add_column(name, want);
    }
  }

  void want_parts(const std::string& name, const std::string& each, Slot slot) {
    const std::pair<std::string, Facet> parts[] = {
        {stored_, Facet::value}, {label_, Facet::label}, {link_, Facet::link}};
    for (const auto& [part, facet] : parts) {
      for (Words path : paths(name, each)) {
        if (!part.empty()) {
          path.push_back(part);
          profile_.wants.add_path(path, {slot, facet});
        }
      }
    }
  }

  /// Every way to a name: at the top of a record or under one of `under`; a name with dots also as
  /// names inside of names.
  [[nodiscard]] std::vector<Words> paths(const std::string& name, const std::string& each) const {
    std::vector<Words> all;
    for (const std::string& prefix : each.empty() ? under_ : Words{""}) {
      Words path;
      for (const std::string& step : {prefix, each}) {
        if (!step.empty()) {
          path.push_back(step);
        }
      }
      all.push_back(path);
      all.back().push_back(name);
      if (name.find('.') != std::string::npos) {
        for (const std::string_view step : split(name, ".")) {
          path.emplace_back(step);
        }
        all.push_back(path);
      }
    }
    return all;
  }

  std::vector<Slot> slots(const std::optional<JsonNode>& node, const std::string& each) {
    std::vector<Slot> all;
    if (node) {
      for (const JsonNode& element : node->elements()) {
        all.push_back(slot(element.text(), each, element));
      }
    }
    return all;
  }

  std::optional<Slot> slot_of(const std::optional<JsonNode>& node, const std::string& each = "") {
    return node ? std::optional(slot(node->text(), each, *node)) : std::nullopt;
  }

  /// The number of a field whose texts are codes.
  std::size_t code(const std::string& field, const JsonNode& node) {
    const Slot wanted = slot(field, "", node);
    const auto found = std::ranges::find(profile_.coded, wanted);
    if (found == profile_.coded.end()) {
      profile_.coded.push_back(wanted);
      return profile_.coded.size() - 1;
    }
    return static_cast<std::size_t>(found - profile_.coded.begin());
  }

  // --- the parts of the document

  void read_owners(const JsonNode& root) {
    if (const auto owners = root.find("owners")) {
      owners->allow({"policy", "placeholders"});
      if (const auto policy = owners->find("policy")) {
        profile_.policy = policy->word(policy_words) == 0 ? OwnerPolicy::person : OwnerPolicy::team;
      }
      if (const auto placeholders = owners->find("placeholders")) {
        profile_.placeholders = patterns(*placeholders);
      }
    }
  }

  void read_truncation(const JsonNode& root) {
    if (const auto truncation = root.find("truncation")) {
      truncation->allow({"caps", "remarks"});
      if (const auto caps = truncation->find("caps")) {
        for (const JsonNode& cap : caps->elements()) {
          profile_.known_caps.push_back(cap.number());
        }
      }
      if (const auto remarks = truncation->find("remarks")) {
        profile_.withheld_remarks = patterns(*remarks);
      }
    }
  }

  void read_classes(const JsonNode& root) {
    const auto classes = root.find("classes");
    if (!classes) {
      return;
    }
    for (const auto& [id, node] : classes->members()) {
      node.allow({"extends", "labels", "tier", "offering"});
      ClassDef def{.name = {fold(id)}, .id = id, .extends = {}, .tier = {}, .offering = false};
      if (const auto extends = node.find("extends")) {
        def.extends = extends->text();
      }
      if (const auto tier = node.find("tier")) {
        def.tier = static_cast<Tier>(tier->word(tier_words));
      }
      if (const auto offering = node.find("offering")) {
        def.offering = offering->boolean();
      }
      const std::size_t number = profile_.classes.size();
      profile_.class_by_name.try_emplace(fold(id), number);
      if (const auto labels = node.find("labels")) {
        for (const std::string& label : labels->texts()) {
          profile_.class_by_name.try_emplace(fold(label), number);
        }
      }
      profile_.classes.push_back(std::move(def));
    }
    check_class_chains(*classes);
  }

  void check_class_chains(const JsonNode& classes) const {
    for (const auto& [id, node] : classes.members()) {
      std::set<std::string> seen;
      for (const ClassDef* def = profile_.find_class(id);
           def != nullptr && !def->extends.empty();) {
        if (!seen.insert(def->id).second) {
          node.fail("the classes that it extends go round in a circle");
          break;
        }
        const std::string& base = def->extends;
        def = profile_.find_class(base);
        if (def == nullptr) {
          node.fail(fmt::format("extends '{}', which is no class of this profile", base));
        }
      }
    }
  }

  RelationReading read_reading(const JsonNode& node, bool kind_required) {
    RelationReading reading;
    const auto kind = kind_required ? node.require("kind") : node.find("kind");
    if (kind) {
      reading.kind = static_cast<RelationKind>(kind->word(kind_words));
    }
    if (const auto reversed = node.find("reversed")) {
      reading.reversed = reversed->boolean();
    }
    if (const auto membership = node.find("membership")) {
      reading.membership = membership->boolean();
    }
    return reading;
  }

  void read_relation_types(const JsonNode& root) {
    const auto types = root.find("relationTypes");
    if (!types) {
      return;
    }
    for (const JsonNode& node : types->elements()) {
      node.allow({"name", "ids", "kind", "reversed", "membership", "fromClass", "toClass"});
      RelationTypeDef def;
      def.name = text_of(node.require("name"));
      def.folded = fold(def.name);
      def.reading = read_reading(node, true);
      if (const auto ids = node.find("ids")) {
        def.ids = ids->texts();
      }
      if (const auto from = node.find("fromClass")) {
        def.from_classes = patterns(*from);
      }
      if (const auto to = node.find("toClass")) {
        def.to_classes = patterns(*to);
      }
      profile_.relation_types.push_back(std::move(def));
    }
    for (const RelationTypeDef& def : profile_.relation_types) {
      for (const std::string& id : def.ids) {
        profile_.type_by_id.try_emplace(
            to_lower(id), static_cast<std::size_t>(&def - profile_.relation_types.data()));
      }
    }
  }

  Condition condition(const std::optional<JsonNode>& node) {
    Condition when;
    if (node) {
      node->allow({"field", "class"});
      if (const auto fields = node->find("field")) {
        for (const auto& [field, values] : fields->members()) {
          when.fields.push_back({code(field, values), patterns(values)});
        }
      }
      if (const auto classes = node->find("class")) {
        when.classes = patterns(*classes);
      }
    }
    return when;
  }

  std::vector<Case> cases(const std::optional<JsonNode>& node, const Words& words) {
    std::vector<Case> all;
    if (!node) {
      return all;
    }
    for (const JsonNode& element : node->elements()) {
      element.allow({"when", "is", "field", "values", "sameAs"});
      Case one;
      one.when = condition(element.find("when"));
      if (const auto is = element.find("is")) {
        one.constant = static_cast<std::uint8_t>(is->word(words));
      } else if (const auto parent = element.find("sameAs")) {
        one.kind = Case::Kind::parent;
        facing_parents_.insert(slot(parent->text(), "", *parent));
      } else if (const auto field = element.require("field")) {
        one.kind = Case::Kind::field;
        one.code = code(field->text(), *field);
        if (const auto values = element.require("values")) {
          read_values(*values, words, one);
        }
      }
      all.push_back(std::move(one));
    }
    return all;
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

  void read_party_fields(const std::optional<JsonNode>& node, Role role, RecordDef& record) {
    if (!node) {
      return;
    }
    for (const JsonNode& element : node->elements()) {
      PartyField field{.slot = 0, .role = role, .points_to = PartyKind::unknown, .separator = {}};
      if (element.is_object()) {
        element.allow({"field", "separator", "pointsTo"});
        if (const auto name = element.require("field")) {
          field.slot = slot(name->text(), "", *name);
        }
        field.separator = text_of(element.find("separator"));
        if (const auto points_to = element.find("pointsTo")) {
          field.points_to = static_cast<PartyKind>(points_to->word(party_words));
        }
      } else {
        field.slot = slot(element.text(), "", element);
      }
      if (profile_.party_fields.size() > UINT8_MAX) {
        element.fail("a profile can have 256 fields of parties at most");
        return;
      }
      record.parties.push_back(static_cast<std::uint8_t>(profile_.party_fields.size()));
      profile_.party_fields.push_back(std::move(field));
    }
  }

  std::vector<Tier> tiers(const std::optional<JsonNode>& node) {
    std::vector<Tier> all;
    if (node) {
      for (const JsonNode& element : node->elements()) {
        all.push_back(static_cast<Tier>(element.word(tier_words)));
      }
    }
    return all;
  }

  void read_relation(const JsonNode& node, RecordDef& record) {
    node.allow({"kind", "reversed", "membership", "from", "to", "id", "type", "fromClass",
                "toClass", "each", "separator", "fromTiers", "toTiers"});
    const std::string each = text_of(node.find("each"));
    const auto type = node.find("type");
    RelationDef def;
    def.from = slot_of(node.find("from"), each);
    def.to = slot_of(node.find("to"), each);
    def.type = slot_of(type, each);
    def.row_id = slot_of(node.find("id"), each);
    def.from_class = slot_of(node.find("fromClass"), each);
    def.to_class = slot_of(node.find("toClass"), each);
    def.reading = read_reading(node, !type);
    def.separator = text_of(node.find("separator"));
    def.from_tiers = tiers(node.find("fromTiers"));
    def.to_tiers = tiers(node.find("toTiers"));
    def.is_row = record.as == RecordDef::As::relation || !each.empty();
    def.each = !each.empty();
    def.source = record.source;
    if (record.as == RecordDef::As::relation) {
      def.row_id = record.id.empty() ? std::nullopt : std::optional(record.id.front());
      if (!def.from || !def.to) {
        node.fail("a record that is a relation needs 'from' and 'to'");
      }
    } else if (def.from.has_value() == def.to.has_value()) {
      node.fail("a relation of an item has 'from' or 'to'; the other end is the item itself");
    }
    const bool named_by_table = record.as == RecordDef::As::relation;
    def.name = named_by_table && !record.tables.empty()
                   ? record.tables.front().text
                   : text_of(node.find(node.find("from") ? "from" : "to"));
    def.from_portfolio = def.from_tiers == std::vector{Tier::portfolio};
    def.gives_facing = def.from && facing_parents_.contains(*def.from);
    record.relations.push_back(static_cast<std::uint32_t>(profile_.relation_defs.size()));
    profile_.relation_defs.push_back(std::move(def));
  }

  void read_record(const JsonNode& node) {
    node.allow({"as",          "tables",      "fields",      "id",         "name",      "class",
                "source",      "updated",     "environment", "tier",       "facing",    "state",
                "criticality", "accountable", "operates",    "candidates", "relations", "aliases",
                "kind",        "active",      "until",       "leads",      "message"});
    RecordDef record;
    if (const auto as = node.require("as")) {
      record.as = static_cast<RecordDef::As>(as->word(record_words));
    }
    if (const auto tables = node.find("tables")) {
      record.tables = patterns(*tables);
    }
    record.fields = slots(node.find("fields"), "");
    if (record.tables.empty() && record.fields.empty()) {
      node.fail("needs 'tables' or 'fields' to be told by");
    }
    record.id = slots(node.find("id"), "");
    record.name = slots(node.find("name"), "");
    record.item_class = slots(node.find("class"), "");
    record.source = slot_of(node.find("source"));
    record.updated = slot_of(node.find("updated"));
    record.message = slots(node.find("message"), "");
    read_item(node, record);
    read_party(node, record);
    if (const auto relations = node.find("relations")) {
      for (const JsonNode& relation : relations->elements()) {
        read_relation(relation, record);
      }
    }
    check_record(node, record);
    profile_.records.push_back(std::move(record));
  }

  void read_item(const JsonNode& node, RecordDef& record) {
    if (const auto environment = node.find("environment")) {
      for (const JsonNode& field : environment->elements()) {
        record.environment.push_back(code(field.text(), field));
      }
    }
    if (const auto source = node.find("source")) {
      record.source_code = code(source->text(), *source);
    }
    record.tier = cases(node.find("tier"), tier_words);
    record.facing = cases(node.find("facing"), facing_words);
    record.state = cases(node.find("state"), state_words);
    record.criticality = cases(node.find("criticality"), criticality_words);
    read_party_fields(node.find("accountable"), Role::accountable, record);
    read_party_fields(node.find("operates"), Role::operates, record);
    read_party_fields(node.find("candidates"), Role::candidate, record);
  }

  void read_party(const JsonNode& node, RecordDef& record) {
    record.aliases = slots(node.find("aliases"), "");
    record.party_kind = cases(node.find("kind"), party_words);
    record.until = slot_of(node.find("until"));
    record.leads = slots(node.find("leads"), "");
    if (const auto active = node.find("active")) {
      active->allow({"field", "inactive"});
      record.active = slot_of(active->require("field"));
      if (const auto inactive = active->require("inactive")) {
        record.inactive = patterns(*inactive);
      }
    }
  }

  static void check_record(const JsonNode& node, const RecordDef& record) {
    if (record.as == RecordDef::As::item && record.id.empty() && record.name.empty()) {
      node.fail("an item needs 'id' or 'name'");
    }
    if (record.as == RecordDef::As::party && record.id.empty() && record.name.empty()) {
      node.fail("a party needs 'id' or 'name'");
    }
    if (record.as == RecordDef::As::relation && record.relations.size() != 1) {
      node.fail("a record that is a relation has one entry in 'relations'");
    }
    if (record.as == RecordDef::As::failure && record.message.empty()) {
      node.fail("a failure needs 'message'");
    }
  }

  CompiledProfile& profile_;
  std::string stored_;
  std::string label_;
  std::string link_;
  Words label_fields_;
  Words under_;
  std::map<std::string, Words> aliases_;
  std::map<std::string, Words> headers_;
  std::map<std::string, Slot> slots_;
  std::set<Slot> facing_parents_;
};

}  // namespace

Result<Profile> Profile::parse(std::string_view document, const std::string& file) {
  rapidjson::Document json;
  json.Parse<rapidjson::kParseIterativeFlag>(document.data(), document.size());
  if (json.HasParseError()) {
    const auto before = document.substr(0, json.GetErrorOffset());
    return Error{
        fmt::format("not JSON: {}", to_lower(rapidjson::GetParseError_En(json.GetParseError()))),
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
