#include "input/field_selection.h"

#include <utility>

#include "tierline/text.h"

namespace tierline {

FieldSelection::FieldSelection() : nodes_(1) {}

const FieldSelection& FieldSelection::nothing() {
  static const FieldSelection nothing;
  return nothing;
}

FieldSelection::Node FieldSelection::step(Node node, const std::string& name) {
  const auto next = static_cast<Node>(nodes_.size());
  Node& known =
      name == "*" ? nodes_[node].any : nodes_[node].children.try_emplace(name, none).first->second;
  if (known != none) {
    return known;
  }
  known = next;
  if (name != "*") {
    nodes_[node].children_in_small_letters.try_emplace(to_lower(name), next);
  }
  nodes_.emplace_back().name = name;
  return next;
}

FieldSelection::Node FieldSelection::walk(std::span<const std::string> names) {
  Node node = root;
  for (const std::string& name : names) {
    node = step(node, name);
  }
  return node;
}

void FieldSelection::add_path(std::span<const std::string> names, Field selected) {
  Entry& entry = nodes_[walk(names)];
  if (!entry.is_selected) {
    entry.is_selected = true;
    entry.selected = selected;
  }
}

void FieldSelection::add_nested(std::string_view name, bool by_key) {
  nested_.try_emplace(std::string(name), Nested{std::string(name), by_key});
}

void FieldSelection::add_pairs(std::span<const std::string> names, std::string name,
                               std::string value) {
  nodes_[walk(names)].pair = Pair{std::move(name), std::move(value)};
}

void FieldSelection::add_column(std::string_view name, Field selected) {
  columns_.try_emplace(fold(name), Column{std::string(trim(name)), selected});
}

void FieldSelection::add_label(std::string_view label, Field selected) {
  labels_.try_emplace(fold(label), Column{std::string(trim(label)), selected});
}

void FieldSelection::keep_only(const std::bitset<max_slots>& slots) {
  // What is below a node comes after it.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    Entry& entry = nodes_[i];
    entry.is_selected = entry.is_selected && slots.test(entry.selected.slot);
    const auto leads_nowhere = [&](Node node) {
      const Entry& below = nodes_[node];
      return !below.is_selected && below.children.empty() && below.any == none && !below.pair;
    };
    for (auto* children : {&entry.children, &entry.children_in_small_letters}) {
      erase_if(*children, [&](const auto& child) { return leads_nowhere(child.second); });
    }
    if (entry.any != none && leads_nowhere(entry.any)) {
      entry.any = none;
    }
  }
  for (ByName<Column>* columns : {&columns_, &labels_}) {
    erase_if(*columns,
             [&](const auto& column) { return !slots.test(column.second.selected.slot); });
  }
}

FieldSelection::Node FieldSelection::child(Node node, std::string_view name) const {
  const Entry& entry = this->entry(node);
  if (const auto exact = entry.children.find(name); exact != entry.children.end()) {
    return exact->second;
  }
  const auto other = entry.children_in_small_letters.find(to_lower(name));
  return other == entry.children_in_small_letters.end() ? none : other->second;
}

const FieldSelection::Field* FieldSelection::key(Node node) const {
  const Node name = child(node, "$key");
  return name == none ? nullptr : at(name);
}

const FieldSelection::Pair* FieldSelection::pair(Node node) const {
  const std::optional<Pair>& pair = entry(node).pair;
  return pair ? &*pair : nullptr;
}

const FieldSelection::Nested* FieldSelection::nested(std::string_view name) const {
  const auto found = nested_.find(name);
  return found == nested_.end() ? nullptr : &found->second;
}

const FieldSelection::Field* FieldSelection::at(Node node) const {
  return entry(node).is_selected ? &entry(node).selected : nullptr;
}

const FieldSelection::Field* FieldSelection::column(std::string_view header) const {
  const std::string folded = fold(header);
  if (const auto named = columns_.find(folded); named != columns_.end()) {
    return &named->second.selected;
  }
  const auto labelled = labels_.find(folded);
  return labelled == labels_.end() ? nullptr : &labelled->second.selected;
}

int FieldSelection::exactness(std::string_view header) const {
  const auto is_in = [&](const ByName<Column>& columns) {
    const auto found = columns.find(fold(header));
    return found != columns.end() && found->second.name == trim(header);
  };
  return is_in(columns_) ? 2 : is_in(labels_) ? 1 : columns_.contains(fold(header)) ? 0 : -1;
}

}  // namespace tierline
