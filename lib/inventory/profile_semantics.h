#pragma once
// What the inventory asks a profile when batches have been put together. The profile answers from
// its document; the inventory knows no field, class or code by name.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/batch.h"
#include "tierline/inventory.h"

namespace tierline {

/// What the coded fields of an item add up to.
struct ItemAttributes {
  Tier tier = Tier::unmapped;
  Facing facing = Facing::unknown;
  State state = State::unknown;
  std::uint8_t criticality = 0;
  bool offering = false;
  bool facing_from_parent = false;  ///< Its facing is that of the item its parent field names.
  std::string environment;
  std::string source;                ///< When the record names its own; otherwise empty.
  std::uint32_t members_needed = 0;  ///< How many of what it contains have to stand; 0 for all.
  Contradiction contradiction;
  int specificity = 0;  ///< How deep its class stands below others; the deeper, the more it says.
  /// Values that the profile has no meaning for: field and text.
  std::vector<std::pair<std::string, std::string>> unmapped;
};

/// Kind and direction, which may depend on what the ends are.
struct RelationInterpretation {
  RelationKind kind = RelationKind::unknown;
  bool reversed = false;
  bool membership = false;
};

/// What a relation record says, apart from its ends.
struct RelationSemantics {
  std::string type;  ///< As people know it.
  std::string source;
  std::string from_class;  ///< The class its first end is said to have; empty when not said.
  std::string to_class;
  std::string notice;  ///< Something odd about the type; empty when nothing is.
  bool known = true;
  bool is_row = true;
  bool is_listed = false;     ///< Stands in its items: both of them may state it.
  bool gives_facing = false;  ///< The first end gives the second one its facing.
  /// Nothing when it depends on the classes of the ends; `ProfileSemantics::interpretation` tells
  /// then.
  std::optional<RelationInterpretation> interpretation;
  std::vector<Tier> from_tiers;  ///< When not empty: an end of another tier makes this no relation.
  std::vector<Tier> to_tiers;
};

/// The table that a reference to a party points into.
struct PartyTable {
  /// As the reference says itself, else as its field is known for.
  PartyKind kind = PartyKind::unknown;
  bool elsewhere = false;  ///< It is a table that holds no parties.
};

class ProfileSemantics {
 public:
  virtual ~ProfileSemantics() = default;

  [[nodiscard]] virtual const std::string& name() const = 0;
  [[nodiscard]] virtual OwnerPolicy owner_policy() const = 0;
  /// `lineage` is the class of the item and, if the profile does not know it, those that it extends
  /// as the export says, up to the first that the profile knows. `codes[i]` is null for a field
  /// that no record of the item has.
  [[nodiscard]] virtual ItemAttributes attributes(
      std::uint32_t record_kind, std::span<const std::string> lineage,
      std::span<const std::string* const> codes) const = 0;
  /// The fields that tell the state of such an item, as in `Contradiction`.
  [[nodiscard]] virtual std::vector<StateField> state_fields(
      std::uint32_t record_kind, std::span<const std::string> lineage,
      std::span<const std::string* const> codes) const = 0;
  /// Whether it says something of a class, by its name, its label or a pattern.
  [[nodiscard]] virtual bool knows_class(std::string_view item_class) const = 0;
  /// Whether items of that kind are there only because something names them.
  [[nodiscard]] virtual bool is_implied(std::uint32_t record_kind) const = 0;
  /// Whether records of that kind have a field for an id; where they have not, the name is one.
  [[nodiscard]] virtual bool has_ids(std::uint32_t record_kind) const = 0;
  /// The fields that stand for the tables that assign parties to items.
  [[nodiscard]] virtual FieldSet assignable() const = 0;
  [[nodiscard]] virtual Slot coded_slot(std::size_t code) const = 0;
  [[nodiscard]] virtual const std::string& field_name(Slot slot) const = 0;

  [[nodiscard]] virtual RelationSemantics relation(
      std::string_view type, std::span<const std::pair<std::string, std::string>> names) const = 0;
  [[nodiscard]] virtual RelationInterpretation interpretation(std::string_view type,
                                                              std::string_view type_name,
                                                              std::string_view from_class,
                                                              std::string_view to_class) const = 0;

  /// `table` is what a link says; empty when there is none.
  [[nodiscard]] virtual PartyTable party_table(std::uint8_t field,
                                               std::string_view table) const = 0;
  [[nodiscard]] virtual Role role(std::uint8_t field) const = 0;
  [[nodiscard]] virtual Slot party_slot(std::uint8_t field) const = 0;
  [[nodiscard]] virtual bool is_placeholder(std::string_view text) const = 0;
  /// Whether an organisation of that name is one of IT.
  [[nodiscard]] virtual bool is_it_organisation(std::string_view name) const = 0;

  /// Whether records of that kind with these fields have an input.
  [[nodiscard]] virtual bool has_input(std::uint32_t record_kind, RuleInput input,
                                       const FieldSet& present) const = 0;
  /// The fields that an input is looked for under, for people: "managed_by_group or support_group";
  /// empty when the profile has none.
  [[nodiscard]] virtual std::string input_fields(std::uint32_t record_kind,
                                                 RuleInput input) const = 0;

  /// Those of them that are present and hold it as it is: neither tables nor made of other fields.
  [[nodiscard]] virtual std::vector<std::string> own_fields(std::uint32_t record_kind,
                                                            RuleInput input,
                                                            const FieldSet& present) const = 0;

  /// Whether a field can hold the input, rather than only a table that gives items parties.
  [[nodiscard]] virtual bool is_field(std::uint32_t record_kind, RuleInput input) const = 0;

  /// Names that differ only in how the profile spells a class ("product", "u_product") are one.
  [[nodiscard]] virtual std::string canonical_class(std::string_view name) const = 0;
  /// Numbers of records at which an export is known to be cut off.
  [[nodiscard]] virtual std::span<const std::uint64_t> caps() const = 0;
  /// Whether a supporting service serves the systems and components that it contains.
  [[nodiscard]] virtual bool supporting_serves() const = 0;
};

}  // namespace tierline
