#pragma once
// The room of profiles: from a document that says how an export is to be read to what answers row
// by row.
//
//   document ─json_node→ document.cpp ─→ CompiledProfile ─→ lib/mapping, lib/inventory
//                        ├ record_reader, one reader for each kind of record
//                        └ field_table: under which names exports write a field, and its slot
//
// json_node.h reads JSON strictly, document_words.h what stands in many places of a document;
// item_reader.h, relation_reader.h and party_reader.h read what records can be, with what they
// share in record_reader_context.h. definitions.h has what comes of that. compiled.cpp answers the
// mapper and semantics.cpp the inventory, as `ProfileSemantics`; packed_text.h is how the one hands
// on what the other takes apart. page.cpp writes a profile's page of documentation, built_in.cpp
// holds the profiles that come with tierline.

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "profile/definitions.h"
#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {

/// The stem of a file's name without what people and scripts add to a table's name: `_001`, ` (2)`,
/// `-page3`, `_2026-11-21`.
std::string_view without_page_suffix(std::string_view stem);

/// The name of a type of relations as it is compared: folded, without blanks beside colons.
std::string fold_type(std::string_view name);

/// Fields as slots, values folded, names looked up.
struct CompiledProfile final : ProfileSemantics {
  std::string id;
  std::string title;
  std::string description;
  std::string document;

  OwnerPolicy policy = OwnerPolicy::person;
  std::vector<Pattern> placeholders;
  std::vector<Pattern> it_organisations;
  std::vector<std::uint64_t> known_caps;
  std::vector<Pattern> withheld_remarks;
  std::vector<Pattern> nothing;  ///< What stands for nothing in a reference.
  DateOrder date_order = DateOrder::unknown;
  bool supporting_serves_contained = false;

  RecordPaths record_paths;
  FieldSelection selection;  ///< All fields.
  FieldSet always_selected;
  std::array<FieldSet, input_count> selected_for;  ///< By detail: the fields that tell it.
  std::vector<std::string> fields;                 ///< By slot.
  std::vector<DerivedField> derived;
  std::vector<std::uint16_t> class_derived;  ///< Those that tell what a record is.
  std::vector<Slot> coded;                   ///< The coded fields: their slots.
  std::vector<Slot> class_fields;            ///< Where a record says its class or table.
  FieldSet class_fields_used;                ///< The same, and what these are made of.
  std::vector<ClassDef> classes;
  boost::unordered_flat_map<std::string, std::size_t> class_by_name;  ///< Names and labels, folded.
  std::vector<RecordDef> records;
  std::vector<std::uint32_t> ignored_by_field;  ///< Numbers in `records`: those with `when`.
  std::vector<RelationTypeDef> relation_types;
  boost::unordered_flat_map<std::string, std::size_t> type_by_id;

  // Numbering across records: party fields and relation definitions are known by these numbers.
  std::vector<PartyField> party_fields;
  std::vector<RelationDef> relation_defs;

  // --- what the mapper asks

  /// Of a kind of records that are items, by its number.
  [[nodiscard]] const ItemDef& item(std::uint32_t record_kind) const {
    return records[record_kind].of<ItemDef>();
  }
  /// The class of that name or label; null when the profile has none.
  [[nodiscard]] const ClassDef* find_class(std::string_view name) const;
  /// The kind of record that a table holds; null when no kind names the table.
  [[nodiscard]] const RecordDef* record_of_table(std::string_view table) const;
  /// Whether the profile knows a table by its own name, not only by a pattern.
  [[nodiscard]] bool names_table(std::string_view table) const;
  /// The table that a file is named after; empty when it is named after none.
  [[nodiscard]] std::string table_of_file(std::string_view path) const;
  /// Whether a reference refers to nothing.
  [[nodiscard]] bool is_nothing(std::string_view text) const {
    return text.empty() || (!nothing.empty() && any_matches(nothing, fold(text)));
  }
  /// What a type means, whatever its ends are; nothing when it depends on them.
  [[nodiscard]] std::optional<RelationInterpretation> fixed_interpretation(
      std::string_view type_name) const;
  /// The fields to be read where these details are asked for.
  [[nodiscard]] FieldSelection selection_for(const InputSet& details) const;
  /// Whether a table is known to hold items, and no parties.
  [[nodiscard]] bool holds_items(std::string_view table) const;
  /// The slots in which an input is looked for.
  [[nodiscard]] std::vector<Slot> input_slots(std::uint32_t record_kind, RuleInput input) const;

  // --- what the inventory asks

  [[nodiscard]] const std::string& name() const override { return id; }
  [[nodiscard]] OwnerPolicy owner_policy() const override { return policy; }
  [[nodiscard]] ItemAttributes attributes(std::uint32_t record_kind,
                                          std::span<const std::string> lineage,
                                          std::span<const std::string* const> codes) const override;
  [[nodiscard]] std::vector<StateField> state_fields(
      std::uint32_t record_kind, std::span<const std::string> lineage,
      std::span<const std::string* const> codes) const override;
  [[nodiscard]] bool knows_class(std::string_view item_class) const override {
    return find_class(item_class) != nullptr;
  }
  [[nodiscard]] bool is_implied(std::uint32_t record_kind) const override;
  [[nodiscard]] bool has_ids(std::uint32_t record_kind) const override {
    return !records[record_kind].id.empty();
  }
  [[nodiscard]] FieldSet assignable() const override;
  [[nodiscard]] Slot coded_slot(std::size_t code) const override { return coded[code]; }
  [[nodiscard]] const std::string& field_name(Slot slot) const override { return fields[slot]; }
  [[nodiscard]] RelationSemantics relation(
      std::string_view type,
      std::span<const std::pair<std::string, std::string>> names) const override;
  [[nodiscard]] RelationInterpretation interpretation(std::string_view type,
                                                      std::string_view type_name,
                                                      std::string_view from_class,
                                                      std::string_view to_class) const override;
  [[nodiscard]] PartyTable party_table(std::uint8_t field, std::string_view table) const override;
  [[nodiscard]] Role role(std::uint8_t field) const override { return party_fields[field].role; }
  [[nodiscard]] Slot party_slot(std::uint8_t field) const override {
    return party_fields[field].slot;
  }
  [[nodiscard]] bool is_placeholder(std::string_view text) const override;
  [[nodiscard]] bool is_it_organisation(std::string_view organisation) const override {
    return any_matches(it_organisations, fold(organisation));
  }
  [[nodiscard]] bool has_input(std::uint32_t record_kind, RuleInput input,
                               const FieldSet& present) const override;
  [[nodiscard]] std::string input_fields(std::uint32_t record_kind, RuleInput input) const override;
  [[nodiscard]] std::vector<std::string> own_fields(std::uint32_t record_kind, RuleInput input,
                                                    const FieldSet& present) const override;
  [[nodiscard]] bool is_field(std::uint32_t record_kind, RuleInput input) const override;
  [[nodiscard]] std::string canonical_class(std::string_view class_name) const override;
  [[nodiscard]] std::span<const std::uint64_t> caps() const override { return known_caps; }
  [[nodiscard]] bool supporting_serves() const override { return supporting_serves_contained; }
};

}  // namespace tierline
