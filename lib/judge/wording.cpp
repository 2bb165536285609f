#include "judge/wording.h"

#include <fmt/format.h>

#include <algorithm>

namespace tierline {
namespace {

/// What an end of a relation is called: the item's id, or what the export says there.
struct EndText {
  std::string shown;
  std::string exported;
};

EndText end_text(const Inventory& inventory, RelationId relation, ItemId item, bool is_from) {
  if (item != no_item) {
    return {inventory.id(item), inventory.exported_id(item)};
  }
  const auto ends = inventory.unresolved_ends();
  const auto [first, last] = std::ranges::equal_range(ends, relation, {}, &UnresolvedEnd::relation);
  const auto end =
      std::find_if(first, last, [&](const UnresolvedEnd& one) { return one.is_from == is_from; });
  if (end == last) {
    return {};
  }
  return {end->text, end->exported.empty() ? end->text : end->exported};
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

std::string name_list(std::span<const std::string> names, std::size_t shown) {
  return list_of(names.size(), shown, [&](std::size_t i) { return names[i]; });
}

std::string name_list(const Inventory& inventory, std::span<const ItemId> items,
                      std::size_t shown) {
  return list_of(items.size(), shown, [&](std::size_t i) { return inventory.label(items[i]); });
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
    labels.push_back(label(inventory.party(party)));
  }
  return labels;
}

std::vector<std::string> candidates_of(const Inventory& inventory, ItemId item) {
  std::vector<std::string> names;
  for (const PartyUse& use : inventory.parties_of(item)) {
    const Party& party = inventory.party(use.party);
    if (party.active && (use.role == Role::operates || use.role == Role::candidate)) {
      const std::string& name = label(party);
      if (std::ranges::find(names, name) == names.end()) {
        names.push_back(name);
      }
    }
  }
  return names;
}

std::string placeholder_of(const Inventory& inventory, ItemId item) {
  for (const PartyUse& use : inventory.parties_of(item)) {
    if (use.role == Role::placeholder) {
      return label(inventory.party(use.party));
    }
  }
  return {};
}

void add_owner_hints(const Inventory& inventory, ItemId item, std::string& message,
                     Evidence& evidence) {
  const std::string placeholder = placeholder_of(inventory, item);
  if (!placeholder.empty()) {
    message += fmt::format(": \"{}\" is a placeholder", placeholder);
    evidence.emplace_back("placeholder", placeholder);
  }
  auto candidates = candidates_of(inventory, item);
  if (!candidates.empty()) {
    message += fmt::format("; ask {}", name_list(candidates));
    evidence.emplace_back("candidates", std::move(candidates));
  }
}

Subject relation_subject(const Inventory& inventory, RelationId id) {
  const Relation& relation = inventory.relation(id);
  const auto text = [&](bool is_from) {
    return end_text(inventory, id, is_from ? relation.from : relation.to, is_from);
  };
  const auto shown = [&](bool is_from) {
    const ItemId item = is_from ? relation.from : relation.to;
    const std::string name = item == no_item ? text(is_from).shown : inventory.label(item);
    return name.empty() ? std::string("(nothing)") : name;
  };
  Subject subject;
  subject.kind = SubjectKind::relation;
  subject.id = inventory.row_id(id);
  const bool forward = !relation.reversed;
  const std::string& type = inventory.type(relation).id;
  subject.name = fmt::format("{} -> {} ({})", shown(forward), shown(!forward), type);
  const std::string& source = inventory.sources()[inventory.source_of(id)];
  const EndText from = text(forward);
  const EndText to = text(!forward);
  subject.attributes = {{"from", from.shown}, {"to", to.shown}, {"type", type}, {"source", source}};
  if (from.shown != from.exported || to.shown != to.exported) {
    subject.exported = {from.exported, to.exported, type, source};
  }
  for (const ItemId end : {relation.from, relation.to}) {
    if (end != no_item) {
      subject.members.push_back(end);
    }
  }
  return subject;
}

}  // namespace tierline
