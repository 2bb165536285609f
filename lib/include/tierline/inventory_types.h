#pragma once
// What an inventory is about: tiers, states, roles, and the numbers by which it knows items,
// parties and relations.

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/column.h"
#include "tierline/id128.h"
#include "tierline/notice.h"
#include "tierline/result.h"

namespace tierline {

/// The levels of accountability, highest first. `unmapped`: the profile has no tier for the class.
enum class Tier : std::uint8_t { portfolio, service, system, component, unmapped };
inline constexpr std::size_t tier_count = 5;

/// Whom a service faces. External and internal are customer-facing; a supporting service is a
/// building block of others. Only services have one.
enum class Facing : std::uint8_t { external, internal, supporting, unknown };

/// Where an item stands in its life. The rules take live, retiring and unknown ones for live.
enum class State : std::uint8_t { planned, live, retiring, retired, unknown };

enum class PartyKind : std::uint8_t { person, group, organisation, unknown };

/// What a party is to an item. Only `accountable` parties own it; operators are the groups that run
/// it; operators and candidates are people to ask. A placeholder ("TBD") stands where an owner
/// should. Managers, delegates and customers are kept where somebody asks for them (`RuleInput`).
/// Owners of a domain are those of a configuration, and stand for operators.
enum class Role : std::uint8_t {
  accountable,
  operates,
  candidate,
  placeholder,
  manager,   ///< Runs it from day to day, for its owner.
  delegate,  ///< Stands in for its owner.
  customer,  ///< Has an agreement about it.
  domain     ///< Answers for all of its class, where the export names nobody who runs it.
};

/// Whether it is somebody who runs an item.
constexpr bool is_operator(Role role) {
  return role == Role::operates || role == Role::domain;
}

/// How the first end of a relation stands to the second, once `import` has set its direction.
/// `needs` and `contains` make the graph; the others ride along.
enum class RelationKind : std::uint8_t { needs, contains, data, step, agreement, other, unknown };

/// Inputs that rules need and an export may lack. All after `portfolio` are details, which are kept
/// only where somebody asks for them; those after `redundancy` are not told of single items.
enum class RuleInput : std::uint8_t {
  accountable,
  operates,
  facing,
  portfolio,
  manager,
  delegate,
  seen,         ///< When it was last seen or changed.
  attested,     ///< When somebody last confirmed that they own it.
  reviewed,     ///< When it was last reviewed.
  ends,         ///< When it is to end.
  description,  ///< What it is for, in how many words.
  customers,
  redundancy,      ///< How many of what it contains have to stand.
  strong_keys,     ///< What no two things share: serial numbers, host names.
  correlation,     ///< Whom other sources hold accountable for it.
  contradictions,  ///< Fields that say different things.
  title,           ///< Of persons.
  reporting_line,  ///< To whom persons report.
  organisation,    ///< Where persons, groups and organisations belong.
  employment,
  contact,  ///< How persons and groups are reached.
  members,  ///< Of groups.
  vendor,   ///< Who made it, or sells it.
  link      ///< Its page in the tool that keeps it.
};
inline constexpr std::size_t input_count = 24;
/// Those of which an export says for single items whether it has them.
inline constexpr std::size_t item_input_count = 13;
using InputSet = std::bitset<input_count>;

/// How a person is employed.
enum class Employment : std::uint8_t { employee, contractor, vendor, service_account, unknown };

/// Who ought to own: one person, or a team with exactly one lead.
enum class OwnerPolicy : std::uint8_t { person, team };

std::string_view to_string(Tier tier);
std::string_view to_string(Facing facing);
std::string_view to_string(State state);
std::string_view to_string(PartyKind kind);
std::string_view to_string(RelationKind kind);
std::string_view to_string(RuleInput input);
/// In the words of messages: "service account".
std::string_view to_string(Employment employment);
/// The input in the words of messages: "accountable owner".
std::string_view phrase(RuleInput input);

/// Who answers for the components of some classes, where the export names nobody who runs them.
struct DomainOwner {
  std::string classes;  ///< The name of a class; `*` stands for any characters.
  std::string owner;    ///< Id, name or address of a person or group.
  Place said;
};

enum class ItemId : std::uint32_t {};
enum class PartyId : std::uint32_t {};
enum class RelationId : std::uint32_t {};

inline constexpr ItemId no_item{UINT32_MAX};
inline constexpr PartyId no_party{UINT32_MAX};

template <typename Id>
constexpr std::uint32_t index_of(Id id) {
  return static_cast<std::uint32_t>(id);
}

/// Ids from 0 up to a count, to be looped over.
template <typename Id>
class IdRange {
 public:
  class iterator {
   public:
    using value_type = Id;
    using difference_type = std::ptrdiff_t;
    iterator() = default;
    explicit iterator(std::uint32_t index) : index_(index) {}
    Id operator*() const { return Id{index_}; }
    iterator& operator++() {
      ++index_;
      return *this;
    }
    iterator operator++(int) { return iterator(index_++); }
    bool operator==(const iterator&) const = default;

   private:
    std::uint32_t index_ = 0;
  };

  explicit IdRange(std::size_t count) : count_(static_cast<std::uint32_t>(count)) {}
  [[nodiscard]] iterator begin() const { return iterator(0); }
  [[nodiscard]] iterator end() const { return iterator(count_); }

 private:
  std::uint32_t count_;
};

struct Responsibility {
  PartyId party{};
  Role role = Role::candidate;
};

/// A person, a group or an organisation. One that no party table holds is not `known`: all there is
/// to it is what an item's field says.
struct Party {
  std::string id;
  std::string name;
  std::string source;
  PartyKind kind = PartyKind::unknown;
  bool known = false;
  bool active = true;                ///< False as well when the leave date is before the audit's.
  bool table_loaded = false;         ///< For one not known: the table it points into was loaded.
  std::optional<bool> has_one_lead;  ///< Groups; nothing when the export does not say.
};

/// What is asked of parties besides.
struct PartyDetails {
  std::string title;
  PartyId manager = no_party;        ///< To whom a person reports.
  bool has_unknown_manager = false;  ///< It reports to somebody who is in no table.
  PartyId lead = no_party;           ///< Of a group or an organisation.
  PartyId organisation = no_party;   ///< Where it belongs; of an organisation, the one above.
  Employment employment = Employment::unknown;
  bool is_it = false;  ///< It is called as the profile calls IT organisations.
};

/// How parties are reached, and who is in them.
struct PartyContact {
  std::string phone;
  std::string email;
  std::vector<PartyId> members;  ///< Of a group; by id, each once.
};

/// Where a text stands in a longer one, which holds many.
struct TextRange {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;

  /// As an id of kind text holds it.
  explicit TextRange(const Id128& id) : begin(id.high), size(id.low) {}
  TextRange(std::uint64_t begins_at, std::uint64_t sized) : begin(begins_at), size(sized) {}
  TextRange() = default;
  [[nodiscard]] Id128 as_id() const { return {begin, size}; }
};

/// A text that few items have, in what the inventory keeps.
struct StatedText {
  ItemId item = no_item;
  TextRange text;
};

/// What tells a thing from all others, wherever it is recorded: a serial number, a host name. See
/// `Inventory::strong_key`.
using StrongKey = StatedText;

/// The owners of an item by two sources, which name nobody in common.
struct OwnerConflict {
  ItemId item = no_item;
  std::array<std::uint16_t, 2> sources{};
  std::array<std::vector<PartyId>, 2> owners;
  bool is_certain = true;  ///< Else some of them are in no table, and may be the same.
};

/// A field that tells the state of an item, and how what it might say is written there.
struct StateField {
  std::string field;
  std::string text;                 ///< As the export has it; empty where it says nothing.
  std::optional<State> state = {};  ///< What that means, where its profile knows.
  std::string live;                 ///< A text that means it, by the profile.
  std::string retired;              ///< The same.
  friend auto operator<=>(const StateField&, const StateField&) = default;
};

/// Whether an item of that state is still to come (1), in use (3) or gone (2): states of one side
/// can be true together.
int side_of(State state);

/// What fields of an item say that cannot all be true: `operational_status says Retired,
/// life_cycle_stage says Operational`. Empty where there is nothing of the kind.
struct Contradiction {
  std::string facing;
  std::string state;
  /// All that tell the state, those first that count first; none where anything but the text of a
  /// field tells it.
  std::vector<StateField> state_fields = {};
  friend auto operator<=>(const Contradiction&, const Contradiction&) = default;
};

/// How a party is called in messages: by its name, else by its id.
inline const std::string& label(const Party& party) {
  return party.name.empty() ? party.id : party.name;
}

struct RelationType {
  std::string id;     ///< As the export names it: "Depends on::Used by", or a field ("parent").
  bool known = true;  ///< False: no profile says what it means.
};

/// A relation between two items, in its normal direction: `from` relies on `to` when it needs or
/// contains it. An end that did not resolve is `no_item`.
struct Relation {
  ItemId from = no_item;
  ItemId to = no_item;
  std::uint16_t type = 0;
  RelationKind kind = RelationKind::unknown;
  bool reversed : 1 = false;  ///< The export names `to` first.
  /// Puts something under someone; makes no cycle and no tier finding.
  bool membership : 1 = false;
  bool is_row : 1 = false;  ///< A row of its own, rather than a field of an item.
  bool has_row_id : 1 = false;
  bool row_id_is_hex : 1 = false;
};

/// Somebody whom a text from outside the export names: how to call them, and who of the export it
/// may be.
struct MentionedPerson {
  std::string shown;
  std::vector<PartyId> parties;
};

/// Why an end of a relation is no item.
enum class Unresolved : std::uint8_t { empty, missing, ambiguous };

struct UnresolvedEnd {
  RelationId relation{};
  bool is_from = false;  ///< Which end, in the relation's normal direction.
  Unresolved reason = Unresolved::missing;
  std::string text;      ///< What the export says there.
  std::string exported;  ///< The same, where `text` has pseudonyms in it; otherwise empty.
};

/// What became of a record. `left_out`: the profile says so; `unmapped`: it says nothing of it.
enum class RecordDisposition : std::uint8_t {
  item,
  relation,
  party,
  assignment,
  membership,
  relation_type,
  item_class,
  left_out,
  unmapped
};

/// The records of one table or class in a file.
struct TableSummary {
  std::string name;  ///< As the profile calls it; empty when nothing tells.
  RecordDisposition disposition = RecordDisposition::unmapped;
  std::string why;  ///< They are left out, where the profile says that; otherwise empty.
  std::uint64_t records = 0;
};

/// One export file, or one that an archive holds, and what was in it.
struct InputSummary {
  std::string path;
  std::string disk_path;  ///< What on disk it is, or is a member of.
  std::string syntax;
  std::string profile;
  std::string table;  ///< The table that its name or its records tell.
  std::string source;
  std::string digest;       ///< XXH3-128 of its bytes, unpacked.
  std::uint64_t bytes = 0;  ///< Unpacked.
  std::uint64_t records = 0;
  std::uint64_t items = 0;
  std::uint64_t relations = 0;
  std::uint64_t parties = 0;
  std::uint64_t assignments = 0;     ///< Records that give an item a party.
  std::uint64_t ignored = 0;         ///< Records that are none of these.
  std::vector<TableSummary> tables;  ///< What is in it, sorted by name and disposition.
};

/// Whether the items of a class have an input, and under which fields the profile looks for it.
struct ClassInput {
  std::uint32_t item_class = 0;
  RuleInput input = RuleInput::accountable;
  std::string fields;
  bool exported = false;
  bool is_field = true;  ///< False where only tables that give items parties could tell.
  /// Those of the fields that its records have and somebody can write to, those first that count
  /// first. None where sources have others than one another.
  std::vector<std::string> present = {};
  bool names_parties = false;  ///< They say names of parties rather than ids.
};

/// A table whose pages look cut off.
struct Truncation {
  std::string source;
  std::string table;
  std::string reason;
  bool holds_items = false;
  bool holds_parties = false;
  bool holds_relations = false;
  std::vector<std::string> files;
};

}  // namespace tierline
