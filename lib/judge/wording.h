#pragma once
// How rules speak of items and parties in messages and evidence. Nothing here depends on the order
// or the encoding of files.

#include <span>
#include <string>
#include <vector>

#include "tierline/finding.h"
#include "tierline/inventory.h"

namespace tierline {

/// Sorted by key, without doubles.
std::vector<ItemId> in_order(const Inventory& inventory, std::vector<ItemId> items);

/// `A`, `A and B`, `A, B and 3 more`.
std::string name_list(const Inventory& inventory, std::span<const ItemId> items,
                      std::size_t shown = 3);
std::string name_list(std::span<const std::string> names, std::size_t shown = 3);

std::vector<std::string> ids_of(const Inventory& inventory, std::span<const ItemId> items);
std::vector<std::string> labels_of(const Inventory& inventory, std::span<const PartyId> parties);

/// Those who run an item or have another part in it and have not left, by name: whom to ask for an
/// owner.
std::vector<std::string> candidates_of(const Inventory& inventory, ItemId item);

/// A relation as the subject of a finding: its ends and type as the export has them.
Subject relation_subject(const Inventory& inventory, RelationId relation);

/// The word that stands where an accountable owner should; empty when there is none.
std::string placeholder_of(const Inventory& inventory, ItemId item);

/// What there is to say of an item that nobody owns: the placeholder, and whom to ask.
void add_owner_hints(const Inventory& inventory, ItemId item, std::string& message,
                     Evidence& evidence);

}  // namespace tierline
