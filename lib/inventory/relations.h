#pragma once
// From relation records to relations: ends become items, types give a kind and a direction, and
// items get the facing that their relations hand down.

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "inventory/assembly.h"
#include "inventory/attribute_table.h"
#include "inventory/collected.h"
#include "inventory/item_index.h"
#include "inventory/items.h"
#include "inventory/relation_types.h"

namespace tierline {

class Relations {
 public:
  Relations(const Collected& in, InventoryAssembly& out, ItemIndex& item_index,
            RelationTypes& types, std::vector<RelationGroup> record_groups);

  /// Finds out which items relations are between.
  void resolve(unsigned jobs);
  /// Fills the columns of `out` that are about relations. Groups are let go as they are done.
  void fill(unsigned jobs);

  /// Gives items their parent's facing, where it is theirs: a parent may itself have to ask its
  /// own.
  void hand_down_facing(const Items& items);

  /// In estates where a supporting service serves the systems and components that it contains,
  /// these rely on it, and not the other way round.
  void mark_served(const AttributeTable& attributes);

 private:
  /// What is found of a group's records, side by side with others.
  struct Work {
    struct Ends {
      std::uint32_t from = 0;
      std::uint32_t to = 0;

      [[nodiscard]] bool are_left_out() const { return from == left_out; }
      void leave_out() { from = left_out; }

     private:
      static constexpr std::uint32_t left_out = ambiguous - 1;
    };
    struct OpenEnd {
      std::uint32_t end = 0;
      Id128 id;
      RefKind kind = RefKind::none;
      RelationId relation{};
      bool is_from = false;
    };
    std::vector<Ends> ends;  ///< By record.
    std::size_t kept = 0;
    std::size_t first = 0;  ///< The number of the first relation.
    std::vector<RelationId> steps;
    std::vector<OpenEnd> open;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> facing_parents;  ///< Item, parent.
    std::vector<std::uint32_t> missing_parents;  ///< Items whose parent is not there.
  };

  void note_tiers();
  void resolve(const RelationGroup& group, Work& work) const;
  void leave_out_restated(const RelationGroup& group, Work& work);
  void resize_columns(std::size_t count);
  void fill(const RelationGroup& group, Work& work);
  [[nodiscard]] bool is_beside_the_point(const std::vector<Tier>& tiers, std::uint32_t end,
                                         std::uint16_t source) const;
  void note_unresolved(const Work::OpenEnd& open);

  const Collected& in_;
  InventoryAssembly& out_;
  ItemIndex& item_index_;
  RelationTypes& types_;
  std::vector<RelationGroup> groups_;
  std::vector<Work> work_;                     ///< By group.
  std::vector<std::uint8_t> tiers_of_source_;  // A bit for each tier that has items.
  // Relations that items list: source, type, ends and row id.
  std::set<std::tuple<std::uint16_t, std::uint16_t, std::uint32_t, std::uint32_t, std::string>>
      stated_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> facing_parents_;  // Item, parent.
  std::set<std::uint32_t> missing_parents_;  // Items whose parent is not there.
};

}  // namespace tierline
