#pragma once
// What a profile says of the records of an export, in the words of its document: classes, fields,
// conditions, relations, and what records there are. Fields are slots, and texts are folded.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "input/input.h"
#include "input/row.h"
#include "inventory/profile_semantics.h"

namespace tierline {

/// A folded text, in which `*` stands for anything.
struct Pattern {
  std::string text;
  [[nodiscard]] bool matches(std::string_view folded) const;
};
bool any_matches(std::span<const Pattern> patterns, std::string_view folded);

/// A part of a text that is made from fields: a constant, or what a field holds.
struct TextPart {
  std::string literal = {};
  std::optional<Slot> slot = {};
  bool lowercase = false;
  std::optional<std::string> otherwise = {};  ///< Where the field holds nothing.
  bool is_table = false;                      ///< The class or table of the record.
};
using TextTemplate = std::vector<TextPart>;

/// What a reference begins with, up to and with `ends`, and what is meant where that is left out.
struct Prefix {
  std::string ends;
  TextTemplate otherwise;
};

/// A field that no export has: its texts are made from other fields.
struct DerivedField {
  Slot slot = 0;
  TextTemplate text;
  std::string separator;  ///< Between several texts in one.
  std::string after;      ///< What stands before this, and this, is left out.
  std::string until;      ///< What stands from here on is left out.
  std::vector<Prefix> prefixes;
  bool lowercase = false;
};

/// Holds when the field has one of these texts.
struct FieldTest {
  Slot slot = 0;
  std::vector<Pattern> values;
};

/// Holds when every part that is given holds.
struct Condition {
  struct Test {
    std::size_t code = 0;  ///< The coded field.
    std::vector<Pattern> values;
  };
  std::vector<Test> fields;
  std::vector<Pattern> classes;  ///< Of the item, or of a class it extends.
};

/// One way to come by a tier, facing, state or criticality; the first that gives one counts.
struct Case {
  enum class Kind : std::uint8_t { constant, field, parent };
  Kind kind = Kind::constant;
  Condition when;
  std::uint8_t constant = 0;
  std::size_t code = 0;
  std::vector<std::pair<Pattern, std::uint8_t>> values;
};

/// A class of items. Tier and the rest are taken from the class it extends, where it has none.
struct ClassDef {
  Pattern name;
  std::string id;
  std::string extends;
  std::optional<Tier> tier;
  bool offering = false;
  std::uint32_t members_needed = 0;  ///< It stands while so many of its members do; 0 for all.
};

/// An end of a relation: the field that names it, or what is known without one.
struct EndDef {
  std::optional<Slot> slot;
  std::string separator;
  bool is_outer = false;  ///< The item that the record stands inside of.
  /// The kind of items that are there because they are named; in `records`.
  std::optional<std::uint32_t> implied;
};

/// A relation that a record states: a row of its own, an element of a list in an item, or a field.
struct RelationDef {
  std::string name;            ///< The field or table that states it, when there is no type.
  std::optional<EndDef> from;  ///< Without it, the record itself.
  std::optional<EndDef> to;
  std::optional<Slot> row_id;
  std::optional<Slot> type;
  std::optional<Slot> from_class;
  std::optional<Slot> to_class;
  std::optional<Slot> source;
  RelationInterpretation interpretation;  ///< When there is no type.
  /// What the record says when its ends stand the other way.
  std::vector<FieldTest> reversed_when;
  std::vector<Tier> from_tiers;
  std::vector<Tier> to_tiers;
  bool is_row = false;
  bool is_one_of = false;  ///< A record may state it or not.
  bool each = false;       ///< Stated by the elements of a list.
  bool gives_facing = false;
  bool from_portfolio = false;  ///< Puts something into a portfolio.
};

struct RelationTypeDef {
  std::string name;
  std::string folded;
  std::vector<std::string> ids;
  RelationInterpretation interpretation;
  std::vector<Pattern> from_classes;
  std::vector<Pattern> to_classes;
};

/// A field that names parties.
struct PartyField {
  Slot slot = 0;
  Role role = Role::candidate;
  PartyKind points_to = PartyKind::unknown;
  std::string separator;
  std::vector<std::pair<Pattern, std::string>> tables;  ///< The table that a text points into.
};

/// A detail of an item that is a number: a day, a count, or how many words.
struct DetailDef {
  enum class Form : std::uint8_t { day, words, texts, number };
  RuleInput input = RuleInput::seen;
  Form form = Form::day;
  std::vector<Slot> slots;  ///< The greatest that one of them gives counts.
  std::string separator;    ///< Between texts that are counted.
};

/// What something costs.
struct CostDef {
  Slot amount = 0;
  std::optional<Slot> currency_field;
  std::string currency;  ///< Where neither the amount nor a field says it.
  bool decimal_comma = false;
};

/// A field that names several parties.
struct MemberDef {
  Slot slot = 0;
  std::string separator;
};

/// A table that gives items parties, with the roles it can give.
struct AssignedIn {
  Slot slot = 0;
  bool accountable = false;
  bool operates = false;
};

// What records can be, and what of their fields only such records have.

struct ItemDef {
  std::vector<Slot> item_class;
  std::string implied_class;        ///< Of items that no record describes.
  bool implied_everywhere = false;  ///< Such items are called the same in other sources.
  std::optional<Slot> correlation;  ///< What it is called in other sources.
  std::optional<CostDef> cost;
  std::optional<Slot> updated;
  std::vector<DetailDef> details;
  std::vector<Slot> strong_keys;
  std::vector<Slot> vendor;
  std::vector<Slot> link;
  /// What is present when tables that assign parties to items are.
  std::vector<AssignedIn> assigned_in;
  std::vector<Case> tier;
  std::vector<Case> facing;
  std::vector<Case> state;
  std::vector<Case> criticality;
  std::vector<std::size_t> environment;  ///< Coded fields; the first with a text counts.
  std::optional<std::size_t> source_code;
};

struct RelationRowDef {};

struct PartyDef {
  std::vector<Case> party_kind;
  std::optional<Slot> active;
  std::vector<Pattern> inactive;
  std::optional<Slot> until;
  std::vector<Slot> leads;
  std::optional<Slot> title;
  std::optional<Slot> reports_to;
  std::vector<Slot> organisation;  ///< Of persons and groups, or the one above an organisation.
  std::vector<Case> employment;
  std::vector<Slot> phone;
  std::vector<MemberDef> members;    ///< Of a group.
  std::vector<MemberDef> member_of;  ///< Of a person: groups.
};

struct AssignmentDef {
  std::optional<Slot> assigns;  ///< Present when there are any.
  std::optional<EndDef> assigned_item;
  std::vector<Case> role;  ///< What they mean are numbers in `RecordDef::parties`.
};

struct MembershipDef {
  std::optional<Slot> group;
  std::optional<Slot> member;
};

struct TypeNameDef {};  ///< Of a type of relations.

struct ClassNameDef {
  std::vector<Slot> label;  ///< What people call the class.
  std::optional<Slot> extends;
};

struct FailureDef {
  std::vector<Slot> message;
};

struct IgnoredDef {
  std::vector<Slot> same;       ///< What a record of any table is left out for: the same text.
  std::vector<FieldTest> when;  ///< What a record of any table says to be ignored.
  std::string notice;
};

/// What one kind of record is.
struct RecordDef {
  std::variant<IgnoredDef, ItemDef, RelationRowDef, PartyDef, AssignmentDef, MembershipDef,
               TypeNameDef, ClassNameDef, FailureDef>
      kind;
  std::vector<Pattern> tables;
  std::vector<Slot> fields;  ///< A record of no known table is of this kind if it has these.
  /// A record that has none of these is not of this kind, whatever its list or file is called.
  FieldSet essentials;
  FieldSet fields_used;                ///< All fields that are looked at in such a record.
  std::vector<std::uint16_t> derived;  ///< The fields to be made for it; in `derived`.
  std::vector<Slot> id;
  std::vector<Slot> name;
  std::vector<Slot> aliases;
  std::optional<Slot> source;
  std::vector<std::uint8_t> parties;     ///< Numbers in `party_fields`.
  std::vector<std::uint32_t> relations;  ///< Numbers in `relation_defs`.

  template <typename Def>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<Def>(kind);
  }
  template <typename Def>
  [[nodiscard]] const Def& of() const {
    return std::get<Def>(kind);
  }
};

}  // namespace tierline
