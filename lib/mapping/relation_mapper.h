#pragma once
// Relations: those that are records, and those that items state in their fields or by where they
// stand.

#include <cstdint>
#include <string_view>
#include <vector>

#include "mapping/item_mapper.h"
#include "mapping/row_context.h"

namespace tierline {

class RelationMapper {
 public:
  RelationMapper(RowContext& row, ItemMapper& items);

  /// A record at that depth begins: deeper ones are no longer open.
  void begin_record(std::uint32_t depth) { outer_items_.resize(depth); }
  /// The relations that the item at hand states; what stands inside of it may relate to it.
  void add_stated_by(const RecordDef& record, Ref self);
  /// The relations that the record at hand is.
  void add_rows(const RecordDef& record);
  /// All that an end of a relation refers to.
  std::vector<Ref> ends(const EndDef& def);

 private:
  void add_row(std::uint32_t number);
  void add(std::uint32_t number, Ref from, Ref to, std::uint32_t group);
  std::uint32_t type(std::uint32_t number, std::uint32_t group);
  Ref end(const EndDef& end, std::string_view text);
  [[nodiscard]] Ref outer_item() const;

  RowContext& row_;
  ItemMapper& items_;
  std::vector<Ref> outer_items_;  ///< By depth: the item of the record that is open there.
  /// By relation definition: types that are all that a relation says of itself.
  std::vector<TextNumbers> plain_types_;
};

}  // namespace tierline
