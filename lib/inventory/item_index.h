#pragma once
// Which records are one item, and how items are found: by id, by class and name, or by name.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/id_table.h"
#include "inventory/namesakes.h"

namespace tierline {

class ItemIndex {
 public:
  ItemIndex(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes);

  [[nodiscard]] std::size_t size() const { return record_of_item_.size(); }
  /// The item that a record is; `ambiguous` for one that is there only because something names its
  /// item, when several have that name.
  [[nodiscard]] std::uint32_t item_of(std::uint32_t record) const {
    return item_of_record_[record];
  }
  /// The first record of an item in its own source.
  [[nodiscard]] std::uint32_t record_of(std::uint32_t item) const { return record_of_item_[item]; }
  /// Records of other sources, by item.
  [[nodiscard]] const std::map<std::uint32_t, std::vector<std::uint32_t>>& joined() const {
    return joined_;
  }

  /// Which one a record is of those that nothing tells apart; 0 for the first and for all others.
  [[nodiscard]] std::uint32_t ordinal_of(std::uint32_t record) const {
    return namesakes_.ordinal_of(record);
  }
  /// What the export says at a reference.
  [[nodiscard]] std::string said(const Id128& id, RefKind kind) const;

  /// Makes items known by name to `resolve`, once `out` has their names, in the sources where
  /// references are texts. `type_sources` are those of the types of relations.
  void index_names(std::span<const std::uint16_t> type_sources);

  /// Has what `resolve` will look at brought from memory.
  void prefetch(const Id128& id, RefKind kind, std::uint16_t source) const {
    if (kind == RefKind::hex) {
      indexes_[source].by_id.prefetch(id);
    }
  }

  /// The item that a reference names, which is said to be of a class when that is not empty.
  [[nodiscard]] std::uint32_t resolve(const Id128& id, RefKind kind, std::uint16_t source,
                                      const std::string& class_name) const;
  /// Nothing is left to be resolved: forgets how items are found.
  void finish_resolving() { indexes_.clear(); }

 private:
  template <typename Key>
  using Index = boost::unordered_flat_map<Key, std::uint32_t>;

  /// How the items of one source are found.
  struct SourceIndex {
    IdTable by_id;
    Index<std::string_view> by_text_id;
    // Of items without ids, and once names are needed, of all.
    Index<std::string> by_class_and_name;
    Index<std::string_view> by_name;  // Made when a reference needs it; `ambiguous` for several.
  };

  using Class = std::pair<std::uint16_t, std::uint32_t>;  // Of a source.

  void reserve();
  void number_items();
  void give_number(std::uint32_t record, const std::set<Class>& implied_classes);
  void give_number_by_name(std::uint32_t record, std::uint32_t next);
  [[nodiscard]] std::string name_key(std::uint32_t record) const;
  void join_sources();
  void renumber_items();

  const Collected& in_;
  InventoryAssembly& out_;
  const AttributeTable& attributes_;
  Namesakes namesakes_;
  std::vector<std::uint32_t> item_of_record_;
  std::vector<std::uint32_t> record_of_item_;
  std::map<std::uint32_t, std::uint32_t> same_as_;  // Items that are one of another source.
  std::map<std::uint32_t, std::vector<std::uint32_t>> joined_;
  std::map<std::uint32_t, TextRange> ambiguous_names_;  // Of records that are no single item.
  std::vector<SourceIndex> indexes_;                    // By source.
};

}  // namespace tierline
