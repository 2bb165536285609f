#pragma once
// An inventory in the making: its columns, open to the stages that fill them one after the other,
// and what all stages share: texts, numbers of sources, notices.

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "inventory/batch.h"
#include "tierline/inventory.h"

namespace tierline {

class InventoryDraft : public Inventory {
 public:
  using Inventory::IdKind;

  using Inventory::class_;
  using Inventory::contradiction_;
  using Inventory::contradictions_;
  using Inventory::costs_;
  using Inventory::criticality_;
  using Inventory::details_;
  using Inventory::environment_;
  using Inventory::exported_ids_;
  using Inventory::exported_names_;
  using Inventory::exported_sources_;
  using Inventory::facing_;
  using Inventory::file_;
  using Inventory::id_;
  using Inventory::id_kind_;
  using Inventory::inputs_of_;
  using Inventory::line_;
  using Inventory::links_;
  using Inventory::name_begin_;
  using Inventory::name_size_;
  using Inventory::offering_;
  using Inventory::owner_conflicts_;
  using Inventory::source_;
  using Inventory::state_;
  using Inventory::strong_keys_;
  using Inventory::tier_;
  using Inventory::uses_;
  using Inventory::uses_begin_;
  using Inventory::vendors_;
  using Inventory::without_parent_;

  using Inventory::mentioned_people_;
  using Inventory::mentioned_texts_;
  using Inventory::parties_;
  using Inventory::party_contacts_;
  using Inventory::party_details_;

  using Inventory::relation_file_;
  using Inventory::relation_line_;
  using Inventory::relation_source_;
  using Inventory::relations_;
  using Inventory::row_id_;
  using Inventory::steps_;
  using Inventory::unresolved_;

  using Inventory::as_of_;
  using Inventory::class_inputs_;
  using Inventory::class_names_;
  using Inventory::environments_;
  using Inventory::inputs_;
  using Inventory::notices_;
  using Inventory::policies_;
  using Inventory::relation_types_;
  using Inventory::sources_;
  using Inventory::text_;
  using Inventory::truncations_;

  /// The number of a source, a new one for a name that was not there yet.
  std::uint16_t source_number(const std::string& name);

  /// Notices of one kind and message become one for each file, with the first place. May be called
  /// side by side.
  void add_notice(Notice notice);

  Id128 add_text(std::string_view text);
  [[nodiscard]] std::string_view stored(const Id128& text) const {
    return std::string_view(text_).substr(text.high, text.low);
  }
  /// A reference as the export writes it.
  [[nodiscard]] std::string reference_text(const Id128& id, RefKind kind) const;

 private:
  std::map<std::string, std::uint16_t> source_numbers_;
  std::mutex noticing_;  // Guards the notices.
  std::map<std::pair<std::string, std::string>, std::size_t> notice_numbers_;
};

}  // namespace tierline
