#include "input/yaml/yaml_nodes.h"

namespace tierline {

using Kind = YamlEvent::Kind;

void YamlNodes::clear() {
  if (steps_.empty() && anchors_.empty()) {
    return;
  }
  steps_.clear();
  text_.clear();
  open_.clear();
  anchors_.clear();
  names_size_ = behind_anchors_ = 0;
  full_ = false;
}

void YamlNodes::add(const YamlEvent& event, Node target) {
  const std::size_t kept = text_.size() + names_size_ + event.text.size() + event.anchor.size();
  full_ = full_ || steps_.size() >= most_nodes || kept > most_text;
  if (full_) {
    open_.clear();
    if (const auto old = anchors_.find(event.anchor); old != anchors_.end()) {
      anchors_.erase(old);
    }
    return;
  }
  const Node node = size();
  Step step{.kind = event.kind, .plain = event.plain};
  if (event.kind == Kind::alias) {
    step.text_begin = target;
  } else {
    step.text_begin = static_cast<std::uint32_t>(text_.size());
    step.text_size = static_cast<std::uint32_t>(event.text.size());
    text_ += event.text;
  }
  const bool opens = event.kind == Kind::list || event.kind == Kind::map;
  step.after = opens ? 0 : node + 1;
  steps_.push_back(step);
  if (opens) {
    open_.push_back(node);
  } else if (event.kind == Kind::end) {
    steps_[open_.back()].after = node + 1;
    // An anchor keeps all of the outermost node that it stands in.
    if (open_.size() == 1 && behind_anchors_ > open_.back()) {
      behind_anchors_ = node + 1;
    }
    open_.pop_back();
  }
  if (!event.anchor.empty()) {
    anchors_.insert_or_assign(std::string(event.anchor), node);
    names_size_ += event.anchor.size();
    behind_anchors_ = node + 1;
  }
}

void YamlNodes::forget(Node node) {
  if (behind_anchors_ <= node && node < size() && !in_node()) {
    text_.resize(kind(node) == Kind::alias ? text_.size() : steps_[node].text_begin);
    steps_.resize(node);
  }
}

std::optional<YamlNodes::Node> YamlNodes::find(std::string_view anchor) const {
  const auto found = anchors_.find(anchor);
  return found == anchors_.end() ? std::nullopt : std::optional<Node>(found->second);
}

YamlEvent YamlNodes::event(Node node) const {
  const Step& step = steps_[node];
  YamlEvent event{.kind = step.kind, .plain = step.plain};
  if (step.kind != Kind::alias) {
    event.text = std::string_view(text_).substr(step.text_begin, step.text_size);
  }
  return event;
}

YamlNodes::Node YamlNodes::resolved(Node node) const {
  return kind(node) == Kind::alias ? steps_[node].text_begin : node;
}

}  // namespace tierline
