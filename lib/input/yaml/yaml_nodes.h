#pragma once
// Nodes of a YAML document that are kept because something may refer to them: those with an anchor,
// and those that `<<` merges into a mapping.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "input/yaml/yaml_parser.h"
#include "support/interner.h"

namespace tierline {

/// The events of kept nodes, one after another; a node is known by the place of its first event.
class YamlNodes {
 public:
  using Node = std::uint32_t;

  /// What a document may keep. Beyond that its anchors can no longer be referred to.
  static constexpr std::size_t most_nodes = 1'000'000;
  static constexpr std::size_t most_text = 32 * 1024 * 1024;

  void clear();

  /// Keeps an event, which continues the nodes that are open. `target` is what an alias stands for.
  void add(const YamlEvent& event, Node target);
  /// Whether a kept node has begun and not ended.
  [[nodiscard]] bool in_node() const { return !open_.empty(); }
  [[nodiscard]] std::size_t depth() const { return open_.size(); }
  [[nodiscard]] bool is_full() const { return full_; }

  [[nodiscard]] Node size() const { return static_cast<Node>(steps_.size()); }
  /// Forgets what was kept from `node` on, unless it is open or has an anchor.
  void forget(Node node);

  /// The node of that anchor. The last one counts when there are several.
  [[nodiscard]] std::optional<Node> find(std::string_view anchor) const;
  /// Whether a node has ended: those that have not cannot be repeated.
  [[nodiscard]] bool is_whole(Node node) const { return steps_[node].after != 0; }

  [[nodiscard]] YamlEvent event(Node node) const;
  [[nodiscard]] YamlEvent::Kind kind(Node node) const { return steps_[node].kind; }
  /// What stands behind a node.
  [[nodiscard]] Node after(Node node) const { return steps_[node].after; }
  /// The node itself, or what it stands for as an alias.
  [[nodiscard]] Node resolved(Node node) const;

 private:
  struct Step {
    std::uint32_t text_begin = 0;  ///< Of an alias: its target.
    std::uint32_t text_size = 0;
    Node after = 0;
    YamlEvent::Kind kind = YamlEvent::Kind::end;
    bool plain = false;
  };

  std::vector<Step> steps_;
  std::string text_;
  std::vector<Node> open_;
  ByText<Node> anchors_;
  std::size_t names_size_ = 0;
  Node behind_anchors_ = 0;  ///< All nodes with anchors stand before this.
  bool full_ = false;
};

}  // namespace tierline
