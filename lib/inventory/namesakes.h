#pragma once
// Item records that nothing tells apart: they should have ids, have none, and have one class and
// name in one source. Each is an item of its own; which is the first of them, the second and so on
// is told by what they say, whatever the order of rows, files and threads. Equal records may change
// places, for it makes no difference.

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"

namespace tierline {

class Namesakes {
 public:
  /// A notice for each class goes to `out`.
  Namesakes(const Collected& in, InventoryAssembly& out, const AttributeTable& attributes);

  /// 0 for the first, and for every record that has its name for itself.
  [[nodiscard]] std::uint32_t ordinal_of(std::uint32_t record) const {
    const auto known = members_.find(record);
    return known == members_.end() ? 0 : known->second.ordinal;
  }

 private:
  struct Member {
    std::uint32_t ordinal = 0;
    Id128 content;
  };

  void find_groups();
  [[nodiscard]] Id128 content_of(std::uint32_t record) const;
  void add_texts();
  void add_relations();
  [[nodiscard]] std::string text_of_end(const Id128& id, RefKind kind) const;
  void give_ordinals();
  [[nodiscard]] Id128 fields_present_in(std::uint32_t record) const;
  void report() const;

  [[nodiscard]] const std::string& class_of(std::uint32_t record) const {
    return in_.classes[attributes_.signature_of(record).local.item_class];
  }
  [[nodiscard]] std::string_view name_of(std::uint32_t record) const {
    return out_.columns.stored(
        TextRange(in_.items[record].name_begin, in_.items[record].name_size));
  }
  [[nodiscard]] Place place_of(std::uint32_t record) const {
    return {out_.columns.inputs[Collected::file_of(in_.item_segments, record)].path,
            in_.items[record].line};
  }

  const Collected& in_;
  InventoryAssembly& out_;
  const AttributeTable& attributes_;
  std::vector<std::vector<std::uint32_t>> groups_;  // Records of one class and name.
  boost::unordered_flat_map<std::uint32_t, Member> members_;
};

}  // namespace tierline
