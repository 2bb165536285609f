#include "analysis/wording.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

namespace tierline {
namespace {

/// What an end of a relation is called that is no item; null where it is empty.
const UnresolvedEnd* unresolved_end(const Inventory& inventory, RelationId relation, bool is_from) {
  const auto ends = unresolved_ends_of(inventory, relation);
  const auto end =
      std::ranges::find_if(ends, [&](const UnresolvedEnd& one) { return one.is_from == is_from; });
  return end == ends.end() ? nullptr : &*end;
}

/// An end as reports show it: the item's id, or what the export says there.
std::string shown_end(const Inventory& inventory, RelationId id, bool is_from) {
  const Relation& relation = inventory.relation(id);
  const ItemId item = is_from ? relation.from : relation.to;
  const UnresolvedEnd* const end =
      item == no_item ? unresolved_end(inventory, id, is_from) : nullptr;
  return item != no_item ? inventory.id(item) : end != nullptr ? end->text : std::string();
}

/// The same as the export has it.
std::string exported_end(const Inventory& inventory, RelationId id, bool is_from) {
  const Relation& relation = inventory.relation(id);
  const ItemId item = is_from ? relation.from : relation.to;
  const UnresolvedEnd* const end =
      item == no_item ? unresolved_end(inventory, id, is_from) : nullptr;
  return item != no_item         ? inventory.exported_id(item)
         : end == nullptr        ? std::string()
         : end->exported.empty() ? end->text
                                 : end->exported;
}

template <typename Id>
Numbers numbers_of_ids(std::span<const Id> ids) {
  Numbers numbers;
  numbers.reserve(ids.size());
  for (const Id id : ids) {
    numbers.push_back(index_of(id));
  }
  return numbers;
}

/// The names of as many as are shown, and how many there are besides.
template <typename NameOf>
std::string list_of(std::size_t count, std::size_t shown, NameOf name_of) {
  if (count == 0) {
    return {};
  }
  const bool all = count <= shown;
  const std::size_t named = all ? count : shown - 1;
  std::string list = name_of(0);
  for (std::size_t i = 1; i < named; ++i) {
    list += (all && i + 1 == named ? " and " : ", ") + name_of(i);
  }
  return all ? list : fmt::format("{} and {} more", list, count - named);
}

}  // namespace

std::vector<ItemId> in_order(const Inventory& inventory, std::vector<ItemId> items) {
  std::ranges::sort(items, [&](ItemId a, ItemId b) { return inventory.comes_before(a, b); });
  const auto [begin, end] = std::ranges::unique(items);
  items.erase(begin, end);
  return items;
}

Numbers numbers_of(std::span<const ItemId> items) {
  return numbers_of_ids(items);
}

Numbers numbers_of(std::span<const PartyId> parties) {
  return numbers_of_ids(parties);
}

std::vector<PartyId> parties_of(std::span<const std::uint32_t> numbers) {
  std::vector<PartyId> parties;
  for (const std::uint32_t number : numbers) {
    parties.push_back(PartyId{number});
  }
  return parties;
}

ItemId first_of(const Inventory& inventory, ItemId a, ItemId b) {
  return a == no_item || (b != no_item && inventory.comes_before(b, a)) ? b : a;
}

std::string label_of(const Inventory& inventory, ItemId item) {
  return shortened(inventory.label(item));
}

std::string brief_label(std::string_view label) {
  constexpr std::size_t longest = 24;
  std::size_t end = 0;
  std::size_t characters = 0;
  while (end < label.size()) {
    const bool is_start = (static_cast<unsigned char>(label[end]) & 0xC0U) != 0x80U;
    if (is_start && ++characters > longest) {
      return std::string(label.substr(0, end)) + "...";
    }
    ++end;
  }
  return std::string(label);
}

std::string brief_label_of(const Inventory& inventory, ItemId item) {
  return brief_label(inventory.label(item));
}

std::string name_list(std::span<const std::string> names, std::size_t shown) {
  return list_of(names.size(), shown, [&](std::size_t i) { return shortened(names[i]); });
}

std::string name_list(const Inventory& inventory, std::span<const ItemId> items,
                      std::size_t shown) {
  return list_of(items.size(), shown, [&](std::size_t i) { return label_of(inventory, items[i]); });
}

std::string name_list(const Inventory& inventory, std::span<const std::uint32_t> items,
                      std::size_t shown) {
  return list_of(items.size(), shown,
                 [&](std::size_t i) { return label_of(inventory, ItemId{items[i]}); });
}

std::string subject_list(std::span<const FactView> facts) {
  constexpr std::size_t shown = 4;
  return list_of(facts.size(), shown,
                 [&](std::size_t i) { return label_of(facts[i].inventory(), facts[i].item()); });
}

std::vector<std::string> ids_of(const Inventory& inventory, std::span<const ItemId> items) {
  std::vector<std::string> ids;
  for (const ItemId item : items) {
    ids.push_back(inventory.id(item));
  }
  return ids;
}

std::vector<std::string> labels_of(const Inventory& inventory, std::span<const PartyId> parties) {
  std::vector<std::string> labels;
  for (const PartyId party : parties) {
    labels.push_back(shortened(label(inventory.party(party))));
  }
  return labels;
}

std::vector<std::string> candidates_of(const Inventory& inventory, ItemId item) {
  std::vector<std::string> names;
  for (const Responsibility& responsibility : inventory.parties_of(item)) {
    const Party& party = inventory.party(responsibility.party);
    if (party.active &&
        (responsibility.role == Role::operates || responsibility.role == Role::candidate)) {
      std::string name = shortened(label(party));
      if (std::ranges::find(names, name) == names.end()) {
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

std::string placeholder_of(const Inventory& inventory, ItemId item) {
  for (const Responsibility& responsibility : inventory.parties_of(item)) {
    if (responsibility.role == Role::placeholder) {
      return shortened(label(inventory.party(responsibility.party)));
    }
  }
  return {};
}

void add_owner_hints(const Inventory& inventory, ItemId item, Finding& finding) {
  const std::string placeholder = placeholder_of(inventory, item);
  if (!placeholder.empty()) {
    finding.message += fmt::format(": \"{}\" is a placeholder", placeholder);
    finding.evidence.emplace_back("placeholder", placeholder);
  }
  auto candidates = candidates_of(inventory, item);
  if (!candidates.empty()) {
    finding.message += fmt::format("; ask {}", name_list(candidates));
    finding.evidence.emplace_back("candidates", std::move(candidates));
  }
}

std::span<const UnresolvedEnd> unresolved_ends_of(const Inventory& inventory, RelationId relation) {
  const auto ends = inventory.unresolved_ends();
  const auto [first, last] = std::ranges::equal_range(ends, relation, {}, &UnresolvedEnd::relation);
  return {first, last};
}

Subject relation_subject(const Inventory& inventory, RelationId id) {
  const Relation& relation = inventory.relation(id);
  const bool forward = !relation.reversed;
  const auto name = [&](bool is_from) {
    const ItemId item = is_from ? relation.from : relation.to;
    std::string text =
        item == no_item ? shown_end(inventory, id, is_from) : label_of(inventory, item);
    return text.empty() ? std::string("(nothing)") : text;
  };
  Subject subject;
  subject.kind = SubjectKind::relation;
  subject.id = inventory.row_id(id);
  const std::string& type = inventory.type(relation).id;
  subject.name = fmt::format("{} -> {} ({})", name(forward), name(!forward), type);
  subject.attributes = {{"from", shown_end(inventory, id, forward)},
                        {"to", shown_end(inventory, id, !forward)},
                        {"type", type},
                        {"source", inventory.sources()[inventory.source_of(id)]}};
  for (const ItemId end : {relation.from, relation.to}) {
    if (end != no_item) {
      subject.members.push_back(end);
    }
  }
  return subject;
}

std::array<std::string, 4> exported_parts(const Inventory& inventory, RelationId id) {
  const Relation& relation = inventory.relation(id);
  const bool forward = !relation.reversed;
  return {exported_end(inventory, id, forward), exported_end(inventory, id, !forward),
          inventory.type(relation).id, inventory.sources()[inventory.source_of(id)]};
}

}  // namespace tierline
