#pragma once

#include <bitset>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cassert>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "input/row.h"

namespace tierline {

/// The fields that a profile selects, by the names that exports write them under. The case of
/// letters makes no difference, but what is spelled exactly goes before what is not.
class FieldSelection {
 public:
  struct Field {
    Slot slot = 0;
    Facet facet = Facet::text;
  };
  /// A place in the tree of selected names; `none` is no place, and nothing is to be asked of it.
  using Node = std::uint32_t;
  static constexpr Node root = 0;
  static constexpr Node none = UINT32_MAX;

  FieldSelection();
  /// For who selects nothing.
  static const FieldSelection& nothing();

  /// Selects the value under these names, outermost first. Lists on the way are looked
  /// through. The name `*` stands for any other, so that the members of an object are taken as the
  /// elements of a list are; after it, or alone, `$key` is the name itself.
  void add_path(std::span<const std::string> names, Field selected);
  /// Members of that name hold records: an object or a list of them; with `by_key`, an object whose
  /// members are records.
  void add_nested(std::string_view name, bool by_key);
  /// The elements of the list under these names are pairs: each stands for a member of the list's
  /// parent that is called what `name` says and has what `value` says, under the list's name.
  void add_pairs(std::span<const std::string> names, std::string name, std::string value);
  /// Selects a column of that name.
  void add_column(std::string_view name, Field selected);
  /// Keeps only what goes to these slots.
  void keep_only(const std::bitset<max_slots>& slots);
  /// Selects a column of that label, if it is no name of a selected column.
  void add_label(std::string_view label, Field selected);

  /// Which members make a pair.
  struct Pair {
    std::string name;
    std::string value;
  };
  /// Members that hold records.
  struct Nested {
    std::string name;
    bool by_key = false;
  };

  [[nodiscard]] Node child(Node node, std::string_view name) const;
  /// The name that leads to a node, as the profile spells it.
  [[nodiscard]] const std::string& name(Node node) const { return entry(node).name; }
  /// Where any name leads that has no place of its own.
  [[nodiscard]] Node any(Node node) const { return entry(node).any; }
  /// The field for the name of what stands at a node under any name; null when it is not selected.
  [[nodiscard]] const Field* key(Node node) const;
  /// How the elements of the list at a node make pairs; null when they do not.
  [[nodiscard]] const Pair* pair(Node node) const;
  /// Calls `sink` with the field at each node right below this one.
  template <typename Sink>
  void each_below(Node node, Sink sink) const {
    for (const auto& [name, below] : entry(node).children) {
      if (nodes_[below].is_selected) {
        sink(nodes_[below].selected);
      }
    }
  }
  /// Null where members of that name hold no records.
  [[nodiscard]] const Nested* nested(std::string_view name) const;
  [[nodiscard]] bool has_nested() const { return !nested_.empty(); }
  /// The field at a node, or null when it is only on the way to one.
  [[nodiscard]] const Field* at(Node node) const;
  /// The field for a column header; null when it is not selected.
  [[nodiscard]] const Field* column(std::string_view header) const;
  /// Of headers that differ only in case, the one of the greatest number is the one to read.
  /// Below 0 is one that only a label in another case selects.
  [[nodiscard]] int exactness(std::string_view header) const;

 private:
  struct NameHash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <typename T>
  using ByName = boost::unordered_flat_map<std::string, T, NameHash, std::equal_to<>>;
  struct Entry {
    std::string name;
    ByName<Node> children;
    ByName<Node> children_in_small_letters;  ///< Of one such name, the first.
    Field selected;
    bool is_selected = false;
    Node any = none;
    std::optional<Pair> pair;
  };
  [[nodiscard]] const Entry& entry(Node node) const {
    assert(node < nodes_.size());
    return nodes_[node];
  }
  Node step(Node node, const std::string& name);
  Node walk(std::span<const std::string> names);

  std::vector<Entry> nodes_;
  ByName<Nested> nested_;
  struct Column {
    std::string name;
    Field selected;
  };
  ByName<Column> columns_;  ///< By folded name.
  ByName<Column> labels_;   ///< The same.
};

}  // namespace tierline
