#pragma once
// What the exports say, merged and resolved, before anyone asks what depends on what: items, the
// parties who answer for them, and relations. Made once by `import`, then only read. Columns, not
// records: an estate of ten million items fits in memory.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tierline/inventory_columns.h"
#include "tierline/inventory_types.h"
#include "tierline/result.h"

namespace tierline {

class Inventory {
 public:
  /// For who makes another inventory of it.
  [[nodiscard]] const InventoryColumns& columns() const { return columns_; }

  // --- items

  [[nodiscard]] std::size_t item_count() const { return columns_.tier.size(); }
  [[nodiscard]] IdRange<ItemId> items() const { return IdRange<ItemId>(item_count()); }

  [[nodiscard]] Tier tier(ItemId item) const { return columns_.tier[index_of(item)]; }
  [[nodiscard]] Facing facing(ItemId item) const { return columns_.facing[index_of(item)]; }
  [[nodiscard]] State state(ItemId item) const { return columns_.state[index_of(item)]; }
  /// 1 (most critical) to 4; 0 when the export does not say.
  [[nodiscard]] int criticality(ItemId item) const { return columns_.criticality[index_of(item)]; }
  /// Live, retiring or of unknown state: what the rules judge.
  [[nodiscard]] bool is_live(ItemId item) const;
  [[nodiscard]] bool is_service(ItemId item) const { return tier(item) == Tier::service; }
  /// A live service that faces customers, external or internal.
  [[nodiscard]] bool is_customer_facing(ItemId item) const;
  /// A service that is a part of another one, its parent: using it is using the parent.
  [[nodiscard]] bool is_offering(ItemId item) const {
    return columns_.offering[index_of(item)] != 0;
  }

  /// Whether its facing is that of a parent that is not in the export.
  [[nodiscard]] bool faces_as_a_missing_parent(ItemId item) const;

  [[nodiscard]] std::string_view name(ItemId item) const;
  /// The name, or the id of an item that has none.
  [[nodiscard]] std::string label(ItemId item) const;
  /// The native id; for sources that have none, the name: of several items that nothing else tells
  /// apart, those after the first are `NAME #2`, `NAME #3`.
  [[nodiscard]] std::string id(ItemId item) const;
  [[nodiscard]] const std::string& source(ItemId item) const;
  [[nodiscard]] const std::string& class_name(ItemId item) const;
  [[nodiscard]] const std::string& environment(ItemId item) const;
  /// What it costs, as the export writes it: `1,014.12 EUR`; empty when it does not say.
  [[nodiscard]] const std::string& cost(ItemId item) const;
  [[nodiscard]] Place place(ItemId item) const;
  /// The id as the export has it, for keys: in `id`, persons may have pseudonyms.
  [[nodiscard]] std::string exported_id(ItemId item) const;
  /// The same of the name.
  [[nodiscard]] std::string_view exported_name(ItemId item) const;
  /// The same of the source.
  [[nodiscard]] const std::string& exported_source(ItemId item) const;
  /// Source, id and, where there are no ids, class: what makes an item the same in another export.
  [[nodiscard]] std::string key(ItemId item) const;
  /// The order of keys, which does not depend on files.
  [[nodiscard]] bool comes_before(ItemId a, ItemId b) const;

  /// Every party of an item, accountable ones first.
  [[nodiscard]] std::span<const Responsibility> parties_of(ItemId item) const;
  /// The accountable parties.
  [[nodiscard]] std::vector<PartyId> owners(ItemId item) const;
  [[nodiscard]] bool has_owner(ItemId item) const;
  [[nodiscard]] bool has_operator(ItemId item) const;
  /// Whether the export has this input for the item, even if it is empty.
  [[nodiscard]] bool has_input(ItemId item, RuleInput input) const;
  [[nodiscard]] OwnerPolicy owner_policy(ItemId item) const;

  // --- details, of those that were asked for

  /// A number of days since 1970, of words, of customers or of members; 0 where nothing is said.
  [[nodiscard]] std::uint32_t detail(ItemId item, RuleInput input) const {
    const auto& column = columns_.details[static_cast<std::size_t>(input)];
    return column.size() == 0 ? 0 : column[index_of(item)];
  }
  /// Those in some role, in the order of the profile's fields.
  [[nodiscard]] std::vector<PartyId> parties_in_role(ItemId item, Role role) const;
  /// By item.
  [[nodiscard]] std::span<const StrongKey> strong_keys() const { return columns_.strong_keys; }
  /// As the export has it, in small letters.
  [[nodiscard]] std::string_view strong_key(const StrongKey& key) const {
    return columns_.stored(key.text);
  }
  /// By item.
  [[nodiscard]] std::span<const OwnerConflict> owner_conflicts() const {
    return columns_.owner_conflicts;
  }
  [[nodiscard]] const Contradiction& contradiction(ItemId item) const;
  /// Whether any item has one.
  [[nodiscard]] bool states_vendors() const { return !columns_.vendors.empty(); }
  [[nodiscard]] bool states_links() const { return !columns_.links.empty(); }
  /// Empty where nothing is said.
  [[nodiscard]] std::string_view vendor(ItemId item) const {
    return stated(columns_.vendors, item);
  }
  /// As the export has it, whatever it is: `LinkTemplate` makes a link of it that is safe.
  [[nodiscard]] std::string_view own_link(ItemId item) const {
    return stated(columns_.links, item);
  }
  [[nodiscard]] const PartyDetails& details(PartyId party) const;
  [[nodiscard]] const PartyContact& contact(PartyId party) const;
  /// The day of the audit, in days since 1970.
  [[nodiscard]] std::uint32_t as_of() const { return columns_.as_of; }

  // --- parties

  [[nodiscard]] std::size_t party_count() const { return columns_.parties.size(); }
  [[nodiscard]] const Party& party(PartyId party) const {
    return columns_.parties[index_of(party)];
  }

  // --- what is said of the estate elsewhere, as `import` was told, in that order

  [[nodiscard]] std::span<const MentionedPerson> mentioned_people() const {
    return columns_.mentioned_people;
  }
  /// With pseudonyms for persons, where these are to have some.
  [[nodiscard]] std::span<const std::string> mentioned_texts() const {
    return columns_.mentioned_texts;
  }

  // --- relations

  [[nodiscard]] std::size_t relation_count() const { return columns_.relations.size(); }
  [[nodiscard]] IdRange<RelationId> relations() const {
    return IdRange<RelationId>(relation_count());
  }
  [[nodiscard]] const Relation& relation(RelationId relation) const {
    return columns_.relations[index_of(relation)];
  }
  [[nodiscard]] const RelationType& type(const Relation& relation) const {
    return columns_.relation_types[relation.type];
  }
  [[nodiscard]] Place place(RelationId relation) const;
  [[nodiscard]] std::uint16_t source_of(RelationId relation) const {
    return columns_.relation_source[index_of(relation)];
  }
  /// The id of the row that a relation is; empty where rows have none.
  [[nodiscard]] std::string row_id(RelationId relation) const;
  /// The steps of value streams that lead to an item.
  [[nodiscard]] std::span<const RelationId> steps_to(ItemId item) const;
  [[nodiscard]] std::span<const UnresolvedEnd> unresolved_ends() const {
    return columns_.unresolved;
  }

  // --- classes and the export as a whole

  [[nodiscard]] std::uint32_t item_class(ItemId item) const {
    return columns_.item_class[index_of(item)];
  }
  [[nodiscard]] std::span<const std::string> class_names() const { return columns_.class_names; }
  /// For each class of a tier that has items: is each input there?
  [[nodiscard]] std::span<const ClassInput> class_inputs() const { return columns_.class_inputs; }
  [[nodiscard]] std::span<const InputSummary> inputs() const { return columns_.inputs; }
  [[nodiscard]] std::span<const Notice> notices() const { return columns_.notices; }
  [[nodiscard]] std::span<const Truncation> truncations() const { return columns_.truncations; }
  [[nodiscard]] std::span<const std::string> sources() const { return columns_.sources; }
  [[nodiscard]] std::uint16_t source_of(ItemId item) const {
    return columns_.source[index_of(item)];
  }

 private:
  friend class InventoryAssembly;

  [[nodiscard]] std::string_view text(std::uint64_t begin, std::uint32_t size) const {
    return columns_.stored(TextRange(begin, size));
  }
  [[nodiscard]] std::string_view stated(const std::vector<StatedText>& texts, ItemId item) const;

  InventoryColumns columns_;
};

/// The item of that id or key (`SOURCE/ID`), or else of that name, whatever its case; an error when
/// there is none, or more than one, which lists them.
Result<ItemId> find_item(const Inventory& inventory, std::string_view name_or_id);
/// The same of a person or group.
Result<PartyId> find_party(const Inventory& inventory, std::string_view name_or_id);

}  // namespace tierline
