#include "input/record_paths.h"

#include <algorithm>

namespace tierline {
namespace {

constexpr std::string_view elements = "[*]";

/// The next step of what is left of a path; empty where it is no step.
std::string_view first_step(std::string_view path) {
  if (path.starts_with(elements)) {
    return elements;
  }
  if (!path.starts_with('.')) {
    return {};
  }
  const std::size_t end = path.find_first_of(".[", 1);
  return path.substr(0, end);
}

}  // namespace

bool RecordPaths::add(std::string_view path) {
  if (!path.starts_with('$') || path.size() == 1) {
    return false;
  }
  Node node = root;
  for (path.remove_prefix(1); !path.empty();) {
    const std::string_view step = first_step(path);
    path.remove_prefix(step.size());
    const std::string_view name =
        step == elements ? step : step.substr(std::min<std::size_t>(1, step.size()));
    if (name.empty() || (name != elements && name.find(']') != std::string_view::npos)) {
      return false;
    }
    const auto next = static_cast<Node>(nodes_.size());
    const auto [known, is_new] = nodes_[node].children.try_emplace(std::string(name), next);
    node = known->second;
    if (is_new) {
      nodes_.emplace_back();
    }
  }
  nodes_[node].is_record = true;
  return true;
}

RecordPaths::Node RecordPaths::child(Node node, std::string_view step) const {
  if (node == none) {
    return none;
  }
  const auto& children = nodes_[node].children;
  const auto found = children.find(step);
  return found == children.end() ? none : found->second;
}

RecordPaths::Node RecordPaths::member(Node node, std::string_view name) const {
  const Node named = child(node, name);
  return named == none ? child(node, "*") : named;
}

bool RecordPaths::is_any(Node node, std::string_view name) const {
  return child(node, name) == none;
}

RecordPaths::Node RecordPaths::element(Node node) const {
  return child(node, elements);
}

bool RecordPaths::is_record(Node node) const {
  return node != none && nodes_[node].is_record;
}

bool RecordPaths::leads_on(Node node) const {
  return node != none && !nodes_[node].children.empty();
}

void RecordPaths::add(const RecordPaths& others) {
  add(root, others, root);
}

void RecordPaths::add(Node node, const RecordPaths& others, Node other) {
  nodes_[node].is_record |= others.nodes_[other].is_record;
  for (const auto& [step, below] : others.nodes_[other].children) {
    const auto next = static_cast<Node>(nodes_.size());
    const auto [known, is_new] = nodes_[node].children.try_emplace(step, next);
    const Node own = known->second;
    if (is_new) {
      nodes_.emplace_back();
    }
    add(own, others, below);
  }
}

}  // namespace tierline
