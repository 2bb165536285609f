#pragma once
// How rules speak of items and parties in messages and evidence. Nothing here depends on the order
// or the encoding of files.

#include <array>
#include <span>
#include <string>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

/// Sorted by key, without doubles.
std::vector<ItemId> in_order(const Inventory& inventory, std::vector<ItemId> items);

/// The item's name, or else its id, as messages quote it: shortened.
std::string label_of(const Inventory& inventory, ItemId item);

/// The same for a table: a few words of it.
std::string brief_label_of(const Inventory& inventory, ItemId item);
std::string brief_label(std::string_view label);

/// Items or parties as the numbers that evidence is kept as, and parties made of them again (items:
/// `items_of`).
Numbers numbers_of(std::span<const ItemId> items);
Numbers numbers_of(std::span<const PartyId> parties);
std::vector<PartyId> parties_of(std::span<const std::uint32_t> numbers);

/// The first of two by key; either may be no_item.
ItemId first_of(const Inventory& inventory, ItemId a, ItemId b);

/// `A`, `A and B`, `A, B and 3 more`.
std::string name_list(const Inventory& inventory, std::span<const ItemId> items,
                      std::size_t shown = 3);
std::string name_list(std::span<const std::string> names, std::size_t shown = 3);
/// The same of items by their numbers, as evidence has them: looks only at those it names.
std::string name_list(const Inventory& inventory, std::span<const std::uint32_t> items,
                      std::size_t shown);

/// The items that facts are about, as a list.
std::string subject_list(std::span<const FactView> facts);

std::vector<std::string> ids_of(const Inventory& inventory, std::span<const ItemId> items);
std::vector<std::string> labels_of(const Inventory& inventory, std::span<const PartyId> parties);

/// Those who run an item or have another part in it and have not left, by name: whom to ask for an
/// owner.
std::vector<std::string> candidates_of(const Inventory& inventory, ItemId item);

/// A relation as the subject of a finding: its ends and type as reports show them.
Subject relation_subject(const Inventory& inventory, RelationId relation);

/// Its ends, type and source as the export has them: what tells it from others.
std::array<std::string, 4> exported_parts(const Inventory& inventory, RelationId relation);

/// Its ends that are no items.
std::span<const UnresolvedEnd> unresolved_ends_of(const Inventory& inventory, RelationId relation);

/// The word that stands where an accountable owner should; empty when there is none.
std::string placeholder_of(const Inventory& inventory, ItemId item);

/// Adds what there is to say of an item that nobody owns: the placeholder, and whom to ask.
void add_owner_hints(const Inventory& inventory, ItemId item, Finding& finding);

/// Where it was read; nowhere for what its rule alone can place.
Place place_of(const FactView& fact);

}  // namespace tierline
