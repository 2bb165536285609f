#include "profile/item_reader.h"

#include <algorithm>
#include <utility>

#include "tierline/text.h"

namespace tierline {
namespace {

const Words state_words = words_up_to(State::retired);
const Words criticality_words = {"1", "2", "3", "4"};

/// Roles that an assignment can give.
bool gives(const AssignmentDef& assignment, Role role) {
  const auto number = static_cast<std::uint8_t>(role);
  return std::ranges::any_of(assignment.role, [&](const Case& one) {
    return one.kind == Case::Kind::constant
               ? one.constant == number
               : std::ranges::any_of(one.values,
                                     [&](const auto& value) { return value.second == number; });
  });
}

}  // namespace

void ItemReader::read(const JsonNode& node, RecordDef& record) {
  ItemDef def;
  context_.identity(node, record);
  def.item_class = context_.fields.slots(node.find("class"));
  def.updated = context_.fields.slot(node.find("updated"));
  if (const auto environment = node.find("environment")) {
    for (const JsonNode& field : environment->elements()) {
      def.environment.push_back(context_.fields.code(field));
    }
  }
  if (const auto source = node.find("source")) {
    def.source_code = context_.fields.code(*source);
  }
  context_.facing_parents.clear();
  def.tier = context_.cases(node.find("tier"), tier_words);
  def.facing = context_.cases(node.find("facing"), facing_words,
                              {"when", "is", "sameAs", "field", "values"});
  def.state = context_.cases(node.find("state"), state_words);
  def.criticality = context_.cases(node.find("criticality"), criticality_words);
  context_.party_fields(node.find("accountable"), Role::accountable, record);
  context_.party_fields(node.find("operates"), Role::operates, record);
  context_.party_fields(node.find("candidates"), Role::candidate, record);
  read_details(node, record, def);
  record.aliases = context_.fields.slots(node.find("aliases"));
  def.correlation = context_.fields.slot(node.find("correlation"));
  def.cost = read_cost(node.find("cost"));
  if (const auto tables = node.find("assignedIn")) {
    for (const JsonNode& table : tables->elements()) {
      assigned_in_[context_.profile.records.size()].emplace_back(fold(table.name()), table);
    }
  }
  if (const auto relations = node.find("relations")) {
    for (const JsonNode& relation : relations->elements()) {
      relations_.read_stated_by_item(relation, record);
    }
  }
  check_facing_parents(record);
  record.kind = std::move(def);
}

void ItemReader::read_details(const JsonNode& node, RecordDef& record, ItemDef& def) {
  using Form = DetailDef::Form;
  context_.for_detail(RuleInput::manager,
                      [&] { context_.party_fields(node.find("manager"), Role::manager, record); });
  context_.for_detail(RuleInput::delegate, [&] {
    context_.party_fields(node.find("delegate"), Role::delegate, record);
  });
  read_detail(node.find("seen"), RuleInput::seen, Form::day, def);
  read_detail(node.find("attested"), RuleInput::attested, Form::day, def);
  read_detail(node.find("reviewed"), RuleInput::reviewed, Form::day, def);
  read_detail(node.find("ends"), RuleInput::ends, Form::day, def);
  read_detail(node.find("description"), RuleInput::description, Form::words, def);
  read_detail(node.find("customers"), RuleInput::customers, Form::texts, def);
  read_detail(node.find("membersNeeded"), RuleInput::redundancy, Form::number, def);
  context_.for_detail(RuleInput::strong_keys,
                      [&] { def.strong_keys = context_.fields.slots(node.find("strongKeys")); });
  context_.for_detail(RuleInput::vendor,
                      [&] { def.vendor = context_.fields.slots(node.find("vendor")); });
  context_.for_detail(RuleInput::link,
                      [&] { def.link = context_.fields.slots(node.find("link")); });
}

void ItemReader::read_detail(const std::optional<JsonNode>& node, RuleInput input,
                             DetailDef::Form form, ItemDef& def) {
  if (!node) {
    return;
  }
  DetailDef detail{.input = input, .form = form, .slots = {}, .separator = {}};
  context_.for_detail(input, [&] {
    for (const JsonNode& field : node->elements()) {
      detail.slots.push_back(context_.fields.slot(field));
      if (field.is_object() && field.find("separator")) {
        detail.separator = text_of(field.find("separator"));
      }
    }
  });
  def.details.push_back(std::move(detail));
}

void ItemReader::check_facing_parents(const RecordDef& record) const {
  for (const auto& parent : context_.facing_parents) {
    const auto names = [&](std::uint32_t number) {
      const auto& from = context_.profile.relation_defs[number].from;
      return from && from->slot == parent.first;
    };
    if (std::ranges::none_of(record.relations, names)) {
      parent.second.fail("no entry of 'relations' has this field as 'from'");
    }
  }
}

std::optional<CostDef> ItemReader::read_cost(const std::optional<JsonNode>& node) {
  if (!node) {
    return std::nullopt;
  }
  CostDef cost;
  if (!node->is_object()) {
    cost.amount = context_.fields.slot(*node);
    return cost;
  }
  node->allow({"field", "currency", "currencyField", "decimal"});
  if (const auto field = node->require("field")) {
    cost.amount = context_.fields.slot(*field);
  }
  cost.currency = name_of(node->find("currency"));
  cost.currency_field = context_.fields.slot(node->find("currencyField"));
  if (const auto decimal = node->find("decimal")) {
    static const Words marks = {".", ","};
    cost.decimal_comma = decimal->word(marks) == 1;
  }
  return cost;
}

void ItemReader::assign(const std::string& table, const JsonNode& node, ItemDef& def) const {
  const auto holds = [&](const RecordDef& other) {
    return other.is<AssignmentDef>() && any_matches(other.tables, table);
  };
  const auto found = std::ranges::find_if(context_.profile.records, holds);
  if (found == context_.profile.records.end()) {
    node.fail("no entry of 'records' is an assignment of that table");
    return;
  }
  const auto& assignment = found->of<AssignmentDef>();
  def.assigned_in.push_back({*assignment.assigns, gives(assignment, Role::accountable),
                             gives(assignment, Role::operates)});
}

void ItemReader::finish() {
  for (const auto& [number, tables] : assigned_in_) {
    auto& def = std::get<ItemDef>(context_.profile.records[number].kind);
    for (const auto& [table, node] : tables) {
      assign(table, node, def);
    }
  }
}

}  // namespace tierline
