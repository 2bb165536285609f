#include "support/text.h"
#include "tierline/row.h"

namespace tierline {

Wants::Wants() : nodes_(1) {}

void Wants::add_path(std::span<const std::string> names, Want want) {
  Node node = root;
  for (const std::string& name : names) {
    const auto next = static_cast<Node>(nodes_.size());
    const auto [entry, is_new] = nodes_[node].children.try_emplace(name, next);
    node = entry->second;
    if (is_new) {
      nodes_.emplace_back();
    }
  }
  if (!nodes_[node].wanted) {
    nodes_[node].wanted = true;
    nodes_[node].want = want;
  }
}

void Wants::add_column(std::string_view name, Want want) {
  columns_.try_emplace(fold(name), want);
}

void Wants::add_label(std::string_view label, Want want) {
  labels_.try_emplace(std::string(trim(label)), want);
}

Wants::Node Wants::child(Node node, std::string_view name) const {
  const auto& children = nodes_[node].children;
  const auto found = children.find(name);
  return found == children.end() ? none : found->second;
}

const Wants::Want* Wants::at(Node node) const {
  return nodes_[node].wanted ? &nodes_[node].want : nullptr;
}

const Wants::Want* Wants::column(std::string_view header) const {
  const auto named = columns_.find(fold(header));
  if (named != columns_.end()) {
    return &named->second;
  }
  const auto labelled = labels_.find(trim(header));
  return labelled == labels_.end() ? nullptr : &labelled->second;
}

}  // namespace tierline
