#pragma once
// Records that are items, with what stands in them of the item alone: codes, dates, costs, details,
// and who answers for it.

#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "mapping/party_references.h"
#include "mapping/row_context.h"

namespace tierline {

class ItemMapper {
 public:
  ItemMapper(RowContext& row, PartyReferences& parties);

  /// Whether the record has an id or a name.
  [[nodiscard]] bool is_usable(const RecordDef& record) const;
  /// The class that the record names, or else that of its table.
  [[nodiscard]] std::string_view class_of(const RecordDef& record,
                                          std::string_view class_name) const;
  /// Adds the item that the record at hand is.
  Ref add(const RecordDef& record, std::string_view item_class);
  /// An item of which nothing is known but its name, once a batch; `record` is its number in the
  /// profile.
  Ref implied(std::uint32_t record, std::string_view name);

 private:
  std::uint32_t signature(const RecordDef& record, std::string_view class_name);
  std::uint32_t number_of(std::span<const std::uint32_t> signature);
  std::uint32_t code(std::size_t number);
  std::uint32_t updated(const ItemDef& def);
  void add_parties(const RecordDef& record, std::uint32_t signature);
  void add_texts(const RecordDef& record, const ItemDef& def);
  void add_cost(const ItemDef& def);
  void add_details(const ItemDef& def);
  std::uint32_t measure(const DetailDef& detail, Slot slot);
  void add_strong_keys(const ItemDef& def);
  void add_vendor_and_link(const ItemDef& def);

  RowContext& row_;
  PartyReferences& parties_;
  std::vector<TextNumbers> codes_by_text_;  ///< By coded field: values without labels.
  std::vector<std::uint32_t> codes_;
  ByText<std::uint32_t> signature_numbers_;  ///< By their bytes.
  /// The kind of record and class that the last item had.
  std::pair<const std::pair<std::uint32_t, std::uint32_t>, FieldSet>* group_ = nullptr;
  std::map<std::uint32_t, ByText<std::uint32_t>> implied_;  ///< By kind of record: items by name.
};

}  // namespace tierline
