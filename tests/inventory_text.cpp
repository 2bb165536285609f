#include "inventory_text.h"

#include <fmt/format.h>

#include <filesystem>
#include <vector>

#include "tierline/text.h"

namespace tierline {
namespace {

std::string place_text(const Place& place) {
  return fmt::format("{}:{}", std::filesystem::path(place.file).filename().string(), place.line);
}

std::string parties_text(const Inventory& inventory, ItemId item) {
  constexpr std::string_view roles[] = {"owner",   "operator", "candidate", "placeholder",
                                        "manager", "delegate", "customer"};
  std::string text;
  for (const Responsibility& responsibility : inventory.parties_of(item)) {
    const Party& party = inventory.party(responsibility.party);
    text += fmt::format("  {} {}{}{}\n", roles[static_cast<std::size_t>(responsibility.role)],
                        label(party), party.known ? "" : " (in no table)",
                        party.active ? "" : " (has left)");
  }
  return text;
}

std::string item_text(const Inventory& inventory, ItemId item) {
  std::vector<std::string> facts;
  if (inventory.is_service(item)) {
    facts.emplace_back(to_string(inventory.facing(item)));
  }
  facts.emplace_back(to_string(inventory.state(item)));
  if (inventory.criticality(item) != 0) {
    facts.push_back(fmt::format("criticality {}", inventory.criticality(item)));
  }
  if (!inventory.cost(item).empty()) {
    facts.push_back(inventory.cost(item));
  }
  return fmt::format("{} {} \"{}\" of {}: {}, {}\n{}", to_string(inventory.tier(item)),
                     inventory.id(item), inventory.name(item), inventory.class_name(item),
                     join(facts, ", "), place_text(inventory.place(item)),
                     parties_text(inventory, item));
}

std::string relation_text(const Inventory& inventory, RelationId id) {
  const Relation& relation = inventory.relation(id);
  const auto end = [&](ItemId item) { return item == no_item ? "?" : inventory.label(item); };
  return fmt::format("{} {} {} by {}, {}\n", end(relation.from), to_string(relation.kind),
                     end(relation.to), inventory.type(relation).id,
                     place_text(inventory.place(id)));
}

}  // namespace

std::string inventory_text(const Inventory& inventory) {
  std::string text;
  for (const ItemId item : inventory.items()) {
    text += item_text(inventory, item);
  }
  text += "\n";
  for (const RelationId relation : inventory.relations()) {
    text += relation_text(inventory, relation);
  }
  for (const UnresolvedEnd& end : inventory.unresolved_ends()) {
    text +=
        fmt::format("unresolved '{}', {}\n", end.text, place_text(inventory.place(end.relation)));
  }
  text += "\n";
  for (const Notice& notice : inventory.notices()) {
    text += fmt::format("{}: {} ({}x, {})\n", notice.kind, notice.message, notice.count,
                        place_text(notice.place));
  }
  return text;
}

}  // namespace tierline
