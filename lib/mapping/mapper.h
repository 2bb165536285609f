#pragma once
// The room of mapping: from rows to a batch of items, relations and parties, as a profile says.
//
//   files ─export_files, detect→ export, profile ─Records→ rows ─Mapper→ Batch
//
// export_files.h opens one export after another, detect.h finds the profile that understands it.
// The mapper takes the rows of one chunk: record_kind.h tells what each is, derived_fields.h makes
// the fields that no export has, row_fields.h reads cells as fields, and a mapper for each kind of
// record (item_mapper.h, relation_mapper.h, party_mapper.h) puts it into the batch by way of
// row_context.h, which they share; party_references.h is how fields name parties.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "input/row.h"
#include "mapping/derived_fields.h"
#include "mapping/item_mapper.h"
#include "mapping/party_mapper.h"
#include "mapping/party_references.h"
#include "mapping/record_kind.h"
#include "mapping/relation_mapper.h"
#include "mapping/row_context.h"

namespace tierline {

class Mapper final : public RowSink {
 public:
  /// All must outlive it.
  Mapper(const CompiledProfile& profile, const ChunkContext& chunk, Batch& batch);
  Mapper(const Mapper&) = delete;  // Its parts share `row_`.
  Mapper& operator=(const Mapper&) = delete;

  void row(const Row& row) override;
  void issue(InputIssue issue) override;
  bool remark(std::string_view text, std::uint64_t line) override;

 private:
  void map_record(const RecordDef& record, const std::string& class_name);
  [[nodiscard]] bool is_told_by_fields(const RecordKind& kind, const Row& row) const;
  [[nodiscard]] const IgnoredDef* ignored_by_field() const;
  void count(std::string_view table, RecordDisposition disposition, const std::string& why = {});
  void ignore(const IgnoredDef& def, std::string_view class_name);
  void add_item(const RecordDef& record, const std::string& class_name);
  void add_type_name(const RecordDef& record);
  void add_class(const RecordDef& record, const ClassNameDef& def);
  void add_failure(const FailureDef& def);

  RowContext row_;
  PartyReferences party_references_{row_};
  ItemMapper items_{row_, party_references_};
  RelationMapper relations_{row_, items_};
  PartyMapper parties_{row_, party_references_};
  RecordKinds kinds_;
  DerivedFields derived_;
  bool is_derived_ = false;  ///< The fields at hand are more than those of the row.
  /// What the last row was: a kind of relation, if its fields alone say so.
  const RecordDef* told_by_fields_ = nullptr;
  bool is_certain_ = false;  ///< More than the name of its file or list told what it was.
  std::pair<const TableKey, std::uint64_t>* counted_ = nullptr;  ///< Where the last record counted.
};

}  // namespace tierline
