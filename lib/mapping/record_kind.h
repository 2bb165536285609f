#pragma once
// Tells what the rows of a chunk are: by their class, by the list or file that they stand in, or by
// the fields that they have.

#include <string>
#include <string_view>

#include "mapping/row_fields.h"
#include "profile/compiled.h"

namespace tierline {

struct RecordKind {
  const RecordDef* record = nullptr;  ///< Nothing when the profile has no mapping for the row.
  std::string class_name;
  bool by_class = false;  ///< The profile knows the class itself.
};

class RecordKinds {
 public:
  /// `container` and `table` as `ChunkContext` has them.
  RecordKinds(const CompiledProfile& profile, const std::string& container,
              const std::string& table);

  /// Of a record in the list `container` of another record; else, with an empty one, of the chunk's
  /// own. Valid until the next call.
  const RecordKind& of(const RowFields& fields, std::string_view container);

 private:
  [[nodiscard]] RecordKind of_table(const std::string& table) const;
  /// Whether the row can be of that kind, which is known by a name only.
  static bool can_be(const RecordKind& kind, const RowFields& fields);
  const RecordKind& of_class(std::string_view class_text, const RecordKind& container);
  const RecordKind& of_nested(std::string_view container);
  [[nodiscard]] RecordKind of_fields(const RowFields& fields, std::string_view class_text) const;

  const CompiledProfile& profile_;
  RecordKind container_kind_;
  RecordKind file_kind_;
  RecordKind fields_kind_;
  RecordKind other_kind_;
  ByText<RecordKind> kinds_;
  ByText<RecordKind> nested_kinds_;
};

}  // namespace tierline
