#pragma once
// What an inventory is made of: one column for each thing that is known of all items, parties or
// relations. An `InventoryAssembly` fills them; an `Inventory` answers from them. Who makes a copy
// with something changed reads them as well, and nobody else. Items, parties and relations are
// their numbers.

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/column.h"
#include "tierline/inventory_types.h"

namespace tierline {

struct InventoryColumns {
  enum class IdKind : std::uint8_t { hex, text, name };

  /// A part of `text`.
  [[nodiscard]] std::string_view stored(const TextRange& part) const {
    return std::string_view(text).substr(part.begin, part.size);
  }
  /// Of an id of kind text.
  [[nodiscard]] std::string_view stored(const Id128& text_id) const {
    return stored(TextRange(text_id));
  }

  // One entry an item.
  ColumnOf<Tier> tier;
  ColumnOf<Facing> facing;
  ColumnOf<State> state;
  ColumnOf<std::uint8_t> criticality;
  ColumnOf<std::uint8_t> offering;
  ColumnOf<std::uint16_t> inputs_of;  // A bit for each RuleInput of items.
  ColumnOf<IdKind> id_kind;
  /// Of kind text: {begin, size} in `text`. Of kind name: {0, which one of those that nothing else
  /// tells apart}.
  ColumnOf<Id128> id;
  ColumnOf<std::uint64_t> name_begin;
  ColumnOf<std::uint32_t> name_size;
  ColumnOf<std::uint32_t> item_class;
  ColumnOf<std::uint16_t> source;
  ColumnOf<std::uint32_t> environment;
  ColumnOf<std::uint32_t> file;
  ColumnOf<std::uint32_t> line;
  ColumnOf<std::uint32_t> responsibilities_begin;  // One more than items.
  ColumnOf<Responsibility> responsibilities;
  std::map<std::uint32_t, std::string> costs;  // By item.
  std::vector<ItemId> without_parent;          // Sorted; those that face whom a missing item faces.
  std::string text;
  // With pseudonyms in them: ids and names by item, sources by number.
  std::map<std::uint32_t, std::string> exported_ids;
  std::map<std::uint32_t, std::string> exported_names;
  std::map<std::uint16_t, std::string> exported_sources;

  // Details. Those that no item has take no space.
  std::array<ColumnOf<std::uint32_t>, item_input_count> details;
  std::vector<StrongKey> strong_keys;  // Sorted by item, as are the next two.
  std::vector<StatedText> vendors;     // One an item.
  std::vector<StatedText> links;       // The same.
  std::vector<OwnerConflict> owner_conflicts;
  ColumnOf<std::uint32_t> contradiction;  // Numbers in the next one.
  std::vector<Contradiction> contradictions;
  std::uint32_t as_of = 0;

  std::vector<Party> parties;
  std::vector<PartyDetails> party_details;   // By party; fewer where the last ones have none.
  std::vector<PartyContact> party_contacts;  // The same.
  std::vector<MentionedPerson> mentioned_people;
  std::vector<std::string> mentioned_texts;

  // One entry a relation.
  ColumnOf<Relation> relations;
  ColumnOf<Id128> row_id;
  ColumnOf<std::uint16_t> relation_source;
  ColumnOf<std::uint32_t> relation_line;
  std::map<std::uint32_t, std::uint32_t> relation_file;  // By the first relation that is of it.
  std::vector<RelationId> steps;  // Those of kind step, by the item they lead to.
  std::vector<UnresolvedEnd> unresolved;

  std::vector<RelationType> relation_types;
  std::vector<std::string> class_names;
  std::vector<std::string> environments;
  std::vector<std::string> sources;
  std::vector<OwnerPolicy> policies;  // By source.
  std::vector<ClassInput> class_inputs;
  std::vector<InputSummary> inputs;
  std::vector<Notice> notices;
  std::vector<Truncation> truncations;
};

}  // namespace tierline
