#include "profile/record_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "profile/vocabulary.h"
#include "support/text.h"

namespace tierline {
namespace {

const Words facing_words = words_up_to(Facing::supporting);
const Words state_words = words_up_to(State::retired);
const Words criticality_words = {"1", "2", "3", "4"};
const Words party_words = words_up_to(PartyKind::organisation);
const Words employment_words = words_up_to(Employment::service_account);
const Words role_words = {"accountable", "operates", "candidate", "customer"};
constexpr std::array assigned_roles = {Role::accountable, Role::operates, Role::candidate,
                                       Role::customer};
const Words record_words = {"item",         "relation", "party",   "assignment", "membership",
                            "relationType", "class",    "failure", "ignore"};

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
    } else if (record.as == RecordDef::As::assignment) {
      read_assignment(node, record);
    } else if (record.as == RecordDef::As::membership) {
      read_membership(node, record);
    } else if (record.as == RecordDef::As::relation_type) {
      record.id = fields_.slots(node.require("id"));
      record.name = fields_.slots(node.require("name"));
    } else if (record.as == RecordDef::As::item_class) {
      read_class(node, record);
    } else if (record.as == RecordDef::As::failure) {
      record.message = fields_.slots(node.require("message"));
    } else if (record.as == RecordDef::As::ignore) {
      read_ignored(node, record);
    }
    note_essentials(record);
    record.uses = fields_.take_used();
    profile_.always_wanted |= record.uses;
    record.uses |= used_for_details_;
    used_for_details_.reset();
    record.derived = fields_.take_derived();
    std::ranges::copy(profile_.class_derived, std::back_inserter(record.derived));
    std::ranges::sort(record.derived);
    record.derived.erase(std::unique(record.derived.begin(), record.derived.end()),
                         record.derived.end());
    profile_.records.push_back(std::move(record));
    for (RecordDef& implied : implied_) {
      profile_.records.push_back(std::move(implied));
    }
    implied_.clear();
  }

  /// Items name the tables that assign parties to them, which may come later.
  void finish() {
    for (RecordDef& record : profile_.records) {
      for (const auto& [table, node] : assigned_in_[&record - profile_.records.data()]) {
        assign(table, node, record);
      }
    }
  }

 private:
  static void allow_members(const JsonNode& node, RecordDef::As as) {
    switch (as) {
      case RecordDef::As::item:
        return node.allow(
            {"as",         "tables",     "fields",      "id",          "name",
             "class",      "source",     "updated",     "environment", "tier",
             "facing",     "state",      "criticality", "accountable", "operates",
             "candidates", "assignedIn", "aliases",     "correlation", "cost",
             "relations",  "manager",    "delegate",    "seen",        "attested",
             "reviewed",   "ends",       "description", "customers",   "membersNeeded",
             "strongKeys", "vendor",     "link"});
      case RecordDef::As::relation:
        return node.allow({"as", "tables", "fields", "id", "source", "from", "to", "type", "kind",
                           "reversed", "membership", "fromClass", "toClass", "fromTiers", "toTiers",
                           "relations"});
      case RecordDef::As::assignment:
        return node.allow({"as", "tables", "fields", "item", "party", "role"});
      case RecordDef::As::party:
        return node.allow({"as", "tables", "fields", "id", "name", "aliases", "source", "kind",
                           "active", "until", "leads", "title", "manager", "organisation",
                           "employment", "phone", "members", "memberOf"});
      case RecordDef::As::membership:
        return node.allow({"as", "tables", "fields", "group", "member"});
      case RecordDef::As::relation_type:
        return node.allow({"as", "tables", "fields", "id", "name"});
      case RecordDef::As::item_class:
        return node.allow({"as", "tables", "fields", "id", "name", "label", "extends"});
      case RecordDef::As::failure:
        return node.allow({"as", "tables", "fields", "message"});
      case RecordDef::As::ignore:
        return node.allow({"as", "tables", "fields", "when", "notice"});
    }
  }

  void note_essentials(RecordDef& record) const {
    for (const std::vector<Slot>* slots : {&record.id, &record.name}) {
      for (const Slot slot : *slots) {
        note_essential(slot, record);
      }
    }
    if (record.as == RecordDef::As::relation) {
      for (const std::uint32_t number : record.relations) {
        const RelationDef& def = profile_.relation_defs[number];
        for (const std::optional<EndDef>& end : {def.from, def.to}) {
          note_essential(end, record);
        }
      }
    }
    note_essential(record.assigned_item, record);
  }

  void note_essential(const std::optional<EndDef>& end, RecordDef& record) const {
    if (end && end->slot) {
      note_essential(*end->slot, record);
    }
  }

  /// A field that is made from others is there when they are.
  void note_essential(Slot slot, RecordDef& record) const {
    const auto made = std::ranges::find(profile_.derived, slot, &DerivedField::slot);
    if (made == profile_.derived.end()) {
      record.essentials.set(slot);
      return;
    }
    for (const TextPart& part : made->text) {
      if (part.slot) {
        record.essentials.set(*part.slot);
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

  static Case constant_case(std::size_t word) {
    Case one;
    one.constant = static_cast<std::uint8_t>(word);
    return one;
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
    read_details(node, record);
    record.aliases = fields_.slots(node.find("aliases"));
    record.correlation = fields_.slot(node.find("correlation"));
    record.cost = read_cost(node.find("cost"));
    if (const auto tables = node.find("assignedIn")) {
      for (const JsonNode& table : tables->elements()) {
        assigned_in_[static_cast<std::ptrdiff_t>(profile_.records.size())].emplace_back(
            fold(table.name()), table);
      }
    }
    if (const auto relations = node.find("relations")) {
      for (const JsonNode& relation : relations->elements()) {
        read_item_relation(relation, record);
      }
    }
    check_facing_parents(record);
  }

  /// What `read` asks for is wanted where the detail is.
  template <typename Read>
  void for_detail(Input input, Read read) {
    const Presence before = fields_.take_used();
    read();
    const Presence used = fields_.take_used();
    profile_.wanted_for[static_cast<std::size_t>(input)] |= used;
    used_for_details_ |= used;
    fields_.add_used(before);
  }

  void read_details(const JsonNode& node, RecordDef& record) {
    using Form = DetailDef::Form;
    for_detail(Input::manager,
               [&] { read_party_fields(node.find("manager"), Role::manager, record); });
    for_detail(Input::delegate,
               [&] { read_party_fields(node.find("delegate"), Role::delegate, record); });
    read_detail(node.find("seen"), Input::seen, Form::day, record);
    read_detail(node.find("attested"), Input::attested, Form::day, record);
    read_detail(node.find("reviewed"), Input::reviewed, Form::day, record);
    read_detail(node.find("ends"), Input::ends, Form::day, record);
    read_detail(node.find("description"), Input::description, Form::words, record);
    read_detail(node.find("customers"), Input::customers, Form::texts, record);
    read_detail(node.find("membersNeeded"), Input::redundancy, Form::number, record);
    for_detail(Input::strong_keys,
               [&] { record.strong_keys = fields_.slots(node.find("strongKeys")); });
    for_detail(Input::vendor, [&] { record.vendor = fields_.slots(node.find("vendor")); });
    for_detail(Input::link, [&] { record.link = fields_.slots(node.find("link")); });
  }

  void read_detail(const std::optional<JsonNode>& node, Input input, DetailDef::Form form,
                   RecordDef& record) {
    if (!node) {
      return;
    }
    DetailDef detail{.input = input, .form = form, .slots = {}, .separator = {}};
    for_detail(input, [&] {
      for (const JsonNode& field : node->elements()) {
        detail.slots.push_back(fields_.slot(field));
        if (field.is_object() && field.find("separator")) {
          detail.separator = text_of(field.find("separator"));
        }
      }
    });
    record.details.push_back(std::move(detail));
  }

  void check_facing_parents(const RecordDef& record) const {
    for (const auto& parent : facing_parents_) {
      const auto names = [&](std::uint32_t number) {
        const auto& from = profile_.relation_defs[number].from;
        return from && from->slot == parent.first;
      };
      if (std::ranges::none_of(record.relations, names)) {
        parent.second.fail("no entry of 'relations' has this field as 'from'");
      }
    }
  }

  void read_party_fields(const std::optional<JsonNode>& node, Role role, RecordDef& record) {
    if (!node) {
      return;
    }
    for (const JsonNode& element : node->elements()) {
      PartyField field;
      field.role = role;
      if (element.is_object()) {
        element.allow({"field", "separator", "after", "until", "prefixes", "lowercase", "pointsTo",
                       "tables"});
        field.slot = fields_.derived_slot(element);
        field.separator = text_of(element.find("separator"));
        if (const auto points_to = element.find("pointsTo")) {
          field.points_to = static_cast<PartyKind>(points_to->word(party_words));
        }
        if (const auto tables = element.find("tables")) {
          for (const auto& [table, texts] : tables->members()) {
            for (Pattern& pattern : patterns(texts)) {
              field.tables.emplace_back(std::move(pattern), table);
            }
          }
        }
      } else {
        field.slot = fields_.slot(element);
      }
      add_party_field(std::move(field), element, record);
    }
  }

  void add_party_field(PartyField field, const JsonNode& at, RecordDef& record) {
    if (profile_.party_fields.size() > UINT8_MAX) {
      at.fail("a profile can have 256 fields of parties at most");
      return;
    }
    record.parties.push_back(static_cast<std::uint8_t>(profile_.party_fields.size()));
    profile_.party_fields.push_back(std::move(field));
  }

  std::optional<CostDef> read_cost(const std::optional<JsonNode>& node) {
    if (!node) {
      return std::nullopt;
    }
    CostDef cost;
    if (!node->is_object()) {
      cost.amount = fields_.slot(*node);
      return cost;
    }
    node->allow({"field", "currency", "currencyField", "decimal"});
    if (const auto field = node->require("field")) {
      cost.amount = fields_.slot(*field);
    }
    cost.currency = name_of(node->find("currency"));
    cost.currency_field = fields_.slot(node->find("currencyField"));
    if (const auto decimal = node->find("decimal")) {
      static const Words marks = {".", ","};
      cost.decimal_comma = decimal->word(marks) == 1;
    }
    return cost;
  }

  void read_class(const JsonNode& node, RecordDef& record) {
    record.id = fields_.slots(node.find("id"));
    record.name = fields_.slots(node.require("name"));
    record.label = fields_.slots(node.find("label"));
    record.extends = fields_.slot(node.require("extends"));
  }

  // --- who answers for an item, by a table of its own

  void read_assignment(const JsonNode& node, RecordDef& record) {
    const auto item = node.require("item");
    const auto party = node.require("party");
    if (!item || !party) {
      return;
    }
    record.assigned_item = read_end(*item, {}, false);
    for (const Role role : assigned_roles) {
      const std::size_t before = record.parties.size();
      read_party_fields(*party, role, record);
      if (record.parties.size() != before + 1) {
        party->fail("names one field");
        return;
      }
    }
    record.role = cases(node.find("role"), role_words, {"is", "field", "values"});
    if (record.role.empty()) {
      record.role.push_back(constant_case(0));
    }
    if (record.tables.empty()) {
      node.fail("needs 'tables', by which items name it in 'assignedIn'");
      return;
    }
    record.assigns =
        fields_.slot_without_field(node.find("tables")->elements().front().text(), node);
  }

  /// Roles that an assignment can give.
  static bool gives(const RecordDef& assignment, Role role) {
    const auto number = static_cast<std::uint8_t>(role);
    return std::ranges::any_of(assignment.role, [&](const Case& one) {
      return one.kind == Case::Kind::constant
                 ? one.constant == number
                 : std::ranges::any_of(one.values,
                                       [&](const auto& value) { return value.second == number; });
    });
  }

  void assign(const std::string& table, const JsonNode& node, RecordDef& record) const {
    const auto holds = [&](const RecordDef& other) {
      return other.as == RecordDef::As::assignment && any_matches(other.tables, table);
    };
    const auto found = std::ranges::find_if(profile_.records, holds);
    if (found == profile_.records.end()) {
      node.fail("no entry of 'records' is an assignment of that table");
      return;
    }
    record.assigned_in.push_back(
        {*found->assigns, gives(*found, Role::accountable), gives(*found, Role::operates)});
  }

  // --- relations

  /// An end of a relation, with the items that its texts stand for where no table holds them.
  EndDef read_end(const JsonNode& node, const std::string& each, bool may_imply) {
    EndDef end;
    if (!node.is_object()) {
      end.is_outer = node.name() == "$outer";
      if (!end.is_outer) {
        end.slot = fields_.slot(node, each);
      }
      return end;
    }
    if (may_imply) {
      node.allow({"field", "separator", "after", "until", "prefixes", "lowercase", "implies"});
      if (const auto implies = node.find("implies")) {
        end.implied = read_implied(*implies);
      }
    } else {
      node.allow({"field", "separator", "after", "until", "prefixes", "lowercase"});
    }
    end.slot = fields_.derived_slot(node, each);
    end.separator = text_of(node.find("separator"));
    return end;
  }

  /// A kind of items that no record describes: all that is known is what the profile says.
  std::uint32_t read_implied(const JsonNode& node) {
    node.allow({"class", "tier", "facing", "correlates"});
    RecordDef record;
    record.implied_everywhere = flag_of(node.find("correlates"));
    record.as = RecordDef::As::item;
    if (const auto item_class = node.require("class")) {
      record.implied_class = item_class->name();
    }
    if (const auto tier = node.find("tier")) {
      record.tier.push_back(constant_case(tier->word(tier_words)));
    } else if (profile_.find_class(record.implied_class) == nullptr) {
      node.fail("needs 'tier', for 'class' is none of 'classes'");
    }
    if (const auto facing = node.find("facing")) {
      record.facing.push_back(constant_case(facing->word(facing_words)));
    }
    implied_.push_back(std::move(record));
    return static_cast<std::uint32_t>(profile_.records.size() + implied_.size());
  }

  /// What relations of items and relations of their own have in common.
  RelationDef read_relation(const JsonNode& node, const std::string& each) {
    RelationDef def;
    const auto end = [&](std::string_view name) {
      const auto member = node.find(name);
      return member ? std::optional(read_end(*member, each, true)) : std::nullopt;
    };
    def.from = end("from");
    def.to = end("to");
    def.type = fields_.slot(node.find("type"), each);
    def.row_id = fields_.slot(node.find("id"), each);
    def.from_class = fields_.slot(node.find("fromClass"), each);
    def.to_class = fields_.slot(node.find("toClass"), each);
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
  void read_direction(const JsonNode& node, RelationDef& def) {
    const auto reversed = node.find("reversed");
    if (!reversed || !reversed->is_object()) {
      def.reading = read_reading(node);
      return;
    }
    def.reading = read_reading(node, {"membership"});
    reversed->allow({"field"});
    if (const auto tests = reversed->require("field")) {
      def.reversed_when = field_tests(*tests);
    }
  }

  /// The tests of `{"field": {...}}`, of which there is at least one.
  std::vector<FieldTest> field_tests(const JsonNode& node) {
    std::vector<FieldTest> tests;
    for (const auto& [field, values] : node.members()) {
      tests.push_back({fields_.slot_named(field, values), patterns(values)});
    }
    if (tests.empty() && node.is_object()) {
      node.fail("expected at least one member");
    }
    return tests;
  }

  void read_item_relation(const JsonNode& node, RecordDef& record) {
    node.allow({"kind", "reversed", "membership", "from", "to", "id", "type", "fromClass",
                "toClass", "each", "separator", "fromTiers", "toTiers", "name"});
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
    def.name = end.is_outer ? std::string(to_string(def.reading.kind))
                            : FieldTable::name_of_field(*node.find(def.from ? "from" : "to"));
    if (const auto name = node.find("name")) {
      def.name = name->name();
    }
    def.gives_facing = def.from && def.from->slot && facing_parents_.contains(*def.from->slot);
    def.source = record.source;
    add_relation(std::move(def), record);
  }

  void read_relation_record(const JsonNode& node, RecordDef& record) {
    record.source = fields_.slot(node.find("source"));
    const auto several = node.find("relations");
    if (!several) {
      read_relation_row(node, record);
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
      read_relation_row(relation, record);
    }
    for (const std::uint32_t number : record.relations) {
      profile_.relation_defs[number].is_one_of = true;
    }
  }

  void read_relation_row(const JsonNode& node, RecordDef& record) {
    if (!node.require("from") || !node.require("to")) {
      return;
    }
    RelationDef def = read_relation(node, {});
    def.is_row = true;
    def.source = record.source;
    def.name = record.tables.empty() ? std::string(record_words[1]) : record.tables.front().text;
    if (const auto name = node.find("name")) {
      def.name = name->name();
    }
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
    when->allow({"field", "same"});
    if (const auto tests = when->find("field")) {
      record.when = field_tests(*tests);
    }
    record.same = fields_.slots(when->find("same"));
    if (record.same.size() == 1 || (record.when.empty() && record.same.empty())) {
      when->fail("needs 'field', or two fields or more in 'same'");
    }
    profile_.ignored_by_field.push_back(static_cast<std::uint32_t>(profile_.records.size()));
  }

  void read_party(const JsonNode& node, RecordDef& record) {
    read_identity(node, record);
    record.aliases = fields_.slots(node.find("aliases"));
    record.party_kind = cases(node.find("kind"), party_words, {"is", "field", "values"});
    record.until = fields_.slot(node.find("until"));
    record.leads = fields_.slots(node.find("leads"));
    for_detail(Input::title, [&] { record.title = fields_.slot(node.find("title")); });
    for_detail(Input::reporting_line,
               [&] { record.reports_to = fields_.slot(node.find("manager")); });
    for_detail(Input::organisation,
               [&] { record.organisation = fields_.slots(node.find("organisation")); });
    for_detail(Input::employment, [&] {
      record.employment =
          cases(node.find("employment"), employment_words, {"is", "field", "values"});
    });
    for_detail(Input::contact, [&] { record.phone = fields_.slots(node.find("phone")); });
    for_detail(Input::members, [&] {
      record.members = read_members(node.find("members"));
      record.member_of = read_members(node.find("memberOf"));
    });
    if (const auto active = node.find("active")) {
      active->allow({"field", "inactive"});
      record.active = fields_.slot(active->require("field"));
      record.inactive = patterns(active->require("inactive"));
    }
  }

  /// Fields that may hold several, in a list or with a separator.
  std::vector<MemberDef> read_members(const std::optional<JsonNode>& node) {
    std::vector<MemberDef> all;
    if (node) {
      for (const JsonNode& field : node->elements()) {
        all.push_back({fields_.slot(field),
                       field.is_object() ? text_of(field.find("separator")) : std::string()});
      }
    }
    return all;
  }

  void read_membership(const JsonNode& node, RecordDef& record) {
    if (node.require("group") && node.require("member")) {
      for_detail(Input::members, [&] {
        record.group = fields_.slot(node.find("group"));
        record.member = fields_.slot(node.find("member"));
      });
    }
  }

  CompiledProfile& profile_;
  FieldTable& fields_;
  std::map<Slot, JsonNode> facing_parents_;  ///< Of the record being read.
  std::vector<RecordDef> implied_;           ///< The same.
  Presence used_for_details_;                ///< The same.
  /// By number of the record: the tables that assign parties to its items.
  std::map<std::ptrdiff_t, std::vector<std::pair<std::string, JsonNode>>> assigned_in_;
};

}  // namespace

void read_records(const JsonNode& records, FieldTable& fields, CompiledProfile& profile) {
  RecordReader reader(fields, profile);
  for (const JsonNode& record : records.elements()) {
    reader.read(record);
  }
  reader.finish();
}

}  // namespace tierline
