#include "profile/record_reader_context.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

const Words party_words = words_up_to(PartyKind::organisation);

}  // namespace

const Words facing_words = words_up_to(Facing::supporting);

Condition RecordReaderContext::condition(const std::optional<JsonNode>& node) {
  Condition when;
  if (node) {
    node->allow({"field", "class"});
    if (const auto tests = node->find("field")) {
      for (const auto& [field, values] : tests->members()) {
        when.fields.push_back({fields.code(field, values), patterns(values)});
      }
    }
    when.classes = patterns(node->find("class"));
  }
  return when;
}

std::vector<Case> RecordReaderContext::cases(const std::optional<JsonNode>& node,
                                             const Words& words, Names members) {
  std::vector<Case> all;
  if (node) {
    for (const JsonNode& element : node->elements()) {
      element.allow(members);
      all.push_back(read_case(element, words, members));
    }
  }
  return all;
}

Case RecordReaderContext::constant_case(std::size_t word) {
  Case one;
  one.constant = static_cast<std::uint8_t>(word);
  return one;
}

Case RecordReaderContext::read_case(const JsonNode& node, const Words& words, Names members) {
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
    facing_parents.emplace(fields.slot(*parent), *parent);
  } else {
    one.kind = Case::Kind::field;
    const auto field = node.require("field");
    const auto values = node.require("values");
    if (field && values) {
      one.code = fields.code(*field);
      read_values(*values, words, one);
    }
  }
  one.when = condition(node.find("when"));
  return one;
}

void RecordReaderContext::read_values(const JsonNode& node, const Words& words, Case& one) {
  for (const auto& [word, texts] : node.members()) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end()) {
      texts.fail(
          fmt::format("'{}' is none of {}{}", word, join(words, ", "), did_you_mean(word, words)));
      continue;
    }
    for (Pattern& pattern : patterns(texts)) {
      one.values.emplace_back(std::move(pattern), static_cast<std::uint8_t>(found - words.begin()));
    }
  }
}

/// The tests of `{"field": {...}}`, of which there is at least one.
std::vector<FieldTest> RecordReaderContext::field_tests(const JsonNode& node) {
  std::vector<FieldTest> tests;
  for (const auto& [field, values] : node.members()) {
    tests.push_back({fields.slot_named(field, values), patterns(values)});
  }
  if (tests.empty() && node.is_object()) {
    node.fail("expected at least one member");
  }
  return tests;
}

void RecordReaderContext::identity(const JsonNode& node, RecordDef& record) {
  record.id = fields.slots(node.find("id"));
  record.name = fields.slots(node.find("name"));
  record.source = fields.slot(node.find("source"));
  if (record.id.empty() && record.name.empty()) {
    node.fail("needs 'id' or 'name'");
  }
}

void RecordReaderContext::party_fields(const std::optional<JsonNode>& node, Role role,
                                       RecordDef& record) {
  if (!node) {
    return;
  }
  for (const JsonNode& element : node->elements()) {
    PartyField field;
    field.role = role;
    if (element.is_object()) {
      element.allow(
          {"field", "separator", "after", "until", "prefixes", "lowercase", "pointsTo", "tables"});
      field.slot = fields.derived_slot(element);
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
      field.slot = fields.slot(element);
    }
    add_party_field(std::move(field), element, record);
  }
}

void RecordReaderContext::add_party_field(PartyField field, const JsonNode& at, RecordDef& record) {
  if (profile.party_fields.size() > UINT8_MAX) {
    at.fail("a profile can have 256 fields of parties at most");
    return;
  }
  record.parties.push_back(static_cast<std::uint8_t>(profile.party_fields.size()));
  profile.party_fields.push_back(std::move(field));
}

/// An end of a relation, with the items that its texts stand for where no table holds them.
EndDef RecordReaderContext::end(const JsonNode& node, const std::string& each, bool may_imply) {
  EndDef end;
  if (!node.is_object()) {
    end.is_outer = node.name() == "$outer";
    if (!end.is_outer) {
      end.slot = fields.slot(node, each);
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
  end.slot = fields.derived_slot(node, each);
  end.separator = text_of(node.find("separator"));
  return end;
}

/// A kind of items that no record describes: all that is known is what the profile says.
std::uint32_t RecordReaderContext::read_implied(const JsonNode& node) {
  node.allow({"class", "tier", "facing", "correlates"});
  RecordDef record;
  ItemDef def;
  def.implied_everywhere = flag_of(node.find("correlates"));
  if (const auto item_class = node.require("class")) {
    def.implied_class = item_class->name();
  }
  if (const auto tier = node.find("tier")) {
    def.tier.push_back(constant_case(tier->word(tier_words)));
  } else if (profile.find_class(def.implied_class) == nullptr) {
    node.fail("needs 'tier', for 'class' is none of 'classes'");
  }
  if (const auto facing = node.find("facing")) {
    def.facing.push_back(constant_case(facing->word(facing_words)));
  }
  record.kind = std::move(def);
  implied.push_back(std::move(record));
  return static_cast<std::uint32_t>(profile.records.size() + implied.size());
}

}  // namespace tierline
