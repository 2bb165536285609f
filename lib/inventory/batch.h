#pragma once
// What a profile makes of one chunk of an export, before chunks are put together: records in rows
// of fixed size, and dictionaries of the few texts that stand in many of them. All numbers are
// local to the batch; Collector makes them global. A batch needs no other batch, so batches
// are made side by side.

#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/row.h"
#include "support/interner.h"
#include "support/money.h"
#include "tierline/inventory.h"

namespace tierline {

/// How an export names another record. `text` is an id of another shape, or a name; its Id128 holds
/// {begin, size} in the batch's text. `item` is an item of the same batch, by its number.
enum class RefKind : std::uint8_t { none, hex, text, item };

/// The fields of a row, by slot: which of them an export has at all.
using FieldSet = std::bitset<max_slots>;

/// The texts of an item's coded fields (class, states, facing, ...), which repeat: what they mean
/// is worked out once for each combination. codes[i] belongs to the profile's coded slot i; 0
/// stands for a field that the record does not have.
struct Signature {
  std::uint32_t record_kind = 0;  ///< By its number in the profile.
  std::uint32_t item_class = 0;
  std::vector<std::uint32_t> codes;
  friend auto operator<=>(const Signature&, const Signature&) = default;
};

struct ItemRecord {
  Id128 id;
  std::uint64_t name_begin = 0;
  std::uint32_t name_size = 0;
  std::uint32_t signature = 0;
  std::uint32_t line = 0;
  std::uint32_t updated = 0;  ///< Seconds since 1970; 0 when the record does not say.
  RefKind id_kind = RefKind::none;

  void set_name(const TextRange& name) {
    name_begin = name.begin;
    name_size = static_cast<std::uint32_t>(name.size);
  }
};

/// A party that a field of an item names.
struct PartyRef {
  Id128 id;
  std::uint32_t table = 0;  ///< In `tables`: the table it is said to be of; 0 when nothing is said.
  std::uint8_t field = 0;   ///< The profile's number of the field that names it.
  RefKind kind = RefKind::none;
};

/// Somebody whom a field of parties names, with all texts it has for them: of the many records
/// that name the same, the first one tells.
struct FieldPerson {
  PartyRef party;
  std::string label;            ///< Beside an id; empty where there is none.
  std::uint32_t signature = 0;  ///< Of the item; `no_signature` in a table of assignments.
  static constexpr std::uint32_t no_signature = UINT32_MAX;
};

struct RelationRecord {
  static constexpr unsigned type_bits = 26;
  Id128 from;
  Id128 to;
  Id128 row;
  std::uint32_t line = 0;
  /// In `relation_types`. A chunk is too small to name as many as fit in here.
  std::uint32_t type : type_bits = 0;
  RefKind from_kind : 2 = RefKind::none;
  RefKind to_kind : 2 = RefKind::none;
  RefKind row_kind : 2 = RefKind::none;
};

/// A party that a record of its own gives to an item.
struct AssignmentRecord {
  Id128 item;
  PartyRef party;
  RefKind item_kind = RefKind::none;
  std::uint32_t line = 0;
};

/// A text about an item of the batch, in the batch's text.
struct ItemText {
  std::uint32_t item = 0;
  TextRange text;
};

/// What a record says of an item besides: a day, or a count.
struct ItemDetail {
  std::uint32_t item = 0;
  std::uint32_t value = 0;  ///< Not 0.
  RuleInput input = RuleInput::seen;
};

struct ItemCost {
  std::uint32_t item = 0;
  Money cost;
};

/// A title, a telephone number, and references to other parties: an id, or a name.
enum class PartyText : std::uint8_t { title, manager, lead, organisation, phone };
inline constexpr std::size_t party_text_count = 5;

struct PartyRecord {
  std::string id;
  std::string name;
  std::string source;
  std::vector<std::string> aliases;
  PartyKind kind = PartyKind::unknown;
  std::optional<bool> active;  ///< Nothing when the record does not say: active.
  std::string until;           ///< The day of leaving, as YYYY-MM-DD; empty when there is none.
  std::optional<std::uint32_t> lead_count;
  Employment employment = Employment::unknown;
  /// Few exports have any: empty then, else by `PartyText`.
  std::vector<std::string> texts;

  [[nodiscard]] const std::string& text(PartyText which) const {
    static const std::string none;
    return texts.empty() ? none : texts[static_cast<std::size_t>(which)];
  }
  void set(PartyText which, std::string_view text) {
    if (!text.empty()) {
      texts.resize(party_text_count);
      texts[static_cast<std::size_t>(which)] = text;
    }
  }
  std::uint32_t line = 0;
};

/// Somebody is in a group: an id, or a name, of each.
struct MembershipRecord {
  std::string group;
  std::string member;
  std::string source;  ///< Empty for that of the file.
};

/// What an export says of one of its classes.
struct ClassRecord {
  std::string id;
  std::string name;
  std::string label;
  std::string extends;  ///< The id, name or label of the class that it extends; empty for none.
  friend auto operator<=>(const ClassRecord&, const ClassRecord&) = default;
};

/// The records of one table or class, and what became of them.
struct TableKey {
  std::string name;
  RecordDisposition disposition = RecordDisposition::unmapped;
  std::string why;
  friend auto operator<=>(const TableKey&, const TableKey&) = default;
};

struct Batch {
  std::uint32_t file = 0;
  std::string text;  ///< Names, and references that are texts.
  Interner classes;
  Interner codes;           ///< Texts of coded fields; number 0 is unused, 1 is the empty text.
  Interner relation_types;  ///< Made by `ProfileSemantics`, and understood by it.
  Interner tables;          ///< Tables that links name; number 0 is the empty text.
  std::vector<Signature> signatures;
  std::vector<ItemRecord> items;
  std::vector<PartyRef> responsibilities;             ///< Of one item after the other;
  std::vector<std::uint32_t> responsibilities_begin;  ///< those of each begin here.
  std::vector<FieldPerson> field_people;              ///< Where they are asked for.
  std::vector<RelationRecord> relations;
  bool has_text_ends = false;  ///< Some of their ends are texts.
  std::vector<PartyRecord> parties;
  std::vector<MembershipRecord> memberships;
  std::vector<AssignmentRecord> assignments;
  std::uint64_t assignment_records = 0;
  FieldSet assigned;                   ///< Which tables of assignments there are.
  std::vector<ItemText> aliases;       ///< Further names of items.
  std::vector<ItemText> correlations;  ///< What items are called in other sources.
  std::vector<ItemText> strong_keys;   ///< What no two things share, in small letters.
  std::vector<ItemText> vendors;
  std::vector<ItemText> links;  ///< To pages about items.
  std::vector<ItemDetail> details;
  std::vector<ItemCost> costs;
  std::vector<std::pair<std::string, std::string>> type_names;  ///< From a table of relation types.
  std::vector<ClassRecord> classes_described;                   ///< From a table of classes.
  /// By kind of record and class: the fields that any record of them has.
  std::map<std::pair<std::uint32_t, std::uint32_t>, FieldSet> present;
  std::vector<Notice> notices;
  std::vector<std::string> failures;  ///< What the export itself says went wrong.
  std::vector<std::string> withheld;  ///< What it says was left out.
  std::map<TableKey, std::uint64_t> counts;
  std::uint64_t records = 0;
  std::uint64_t ignored = 0;       ///< Records that the profile says to leave out.
  std::uint64_t unrecognised = 0;  ///< Records of a table or shape that it says nothing about.
  std::uint64_t certain = 0;  ///< Records told by class or fields, not by the file's name alone.
  std::string first_table;    ///< The table of the first record that was recognised.
};

}  // namespace tierline
