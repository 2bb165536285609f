#pragma once
// Turns the rows of one chunk into a batch, as a profile says.

#include <boost/unordered/unordered_flat_set.hpp>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "inventory/batch.h"
#include "profile/compiled.h"
#include "profile/derived_fields.h"
#include "profile/record_kind.h"
#include "profile/row_fields.h"
#include "tierline/row.h"

namespace tierline {

/// What is known of a chunk's records before any is read.
struct ChunkContext {
  std::uint32_t file = 0;
  std::string path;
  std::string table;          ///< That the file is named after; empty when it is named after none.
  std::string container;      ///< The list that the records stand in.
  bool lists_people = false;  ///< All whom fields name, by all texts.
  InputSet details;           ///< What is asked for besides.
};

class Mapper final : public RowSink {
 public:
  Mapper(const CompiledProfile& profile, const ChunkContext& context, Batch& batch);

  void row(const Row& row) override;
  void flaw(Flaw flaw) override;
  bool remark(std::string_view text, std::uint64_t line) override;

 private:
  struct Ref {
    Id128 id;
    RefKind kind = RefKind::none;
  };

  void take(const RecordDef& record, const std::string& class_name);
  [[nodiscard]] bool is_told_by_fields(const RecordKind& kind, const Row& row) const;
  [[nodiscard]] const RecordDef* ignored_by_field() const;
  [[nodiscard]] bool holds(const FieldTest& test) const;
  void ignore(const RecordDef& record, std::string_view class_name);
  void count(std::string_view table, RecordUse use, const std::string& why = {});
  void add_item(const RecordDef& record, std::string_view class_name);
  std::uint32_t signature(const RecordDef& record, std::string_view class_name);
  std::uint32_t number_of(std::span<const std::uint32_t> signature);
  std::uint32_t code(std::size_t number);
  std::uint32_t updated(const RecordDef& record);
  void notice_unreadable_date(Slot slot, std::string_view so);
  void add_texts(const RecordDef& record);
  void add_cost(const RecordDef& record);
  void add_details(const RecordDef& record);
  void add_strong_keys(const RecordDef& record);
  void add_vendor_and_link(const RecordDef& record);
  std::uint32_t measure(const DetailDef& detail, Slot slot);
  [[nodiscard]] bool is_asked_for(Input input) const {
    return context_.details[static_cast<std::size_t>(input)];
  }
  [[nodiscard]] bool is_asked_for(Role role) const;
  void add_parties(const RecordDef& record, std::uint32_t signature);
  PartyRef party_ref(std::uint8_t number, const Link& party, std::uint32_t group,
                     std::uint32_t signature);
  std::uint32_t table_of(const PartyField& field, const Link& party);
  void list_person(const PartyRef& party, std::string_view text, std::string_view label,
                   std::uint32_t signature);
  void add_item_relations(const RecordDef& record);
  void add_relation(std::uint32_t def, Ref from, Ref to, std::uint32_t group);
  std::uint32_t relation_type(std::uint32_t def, std::uint32_t group);
  void add_relation_rows(const RecordDef& record);
  void add_relation_row(std::uint32_t def);
  /// All that an end of a relation refers to.
  std::vector<Ref> ends(const EndDef& end);
  Ref end(const EndDef& end, std::string_view text);
  Ref implied_item(std::uint32_t record, std::string_view name);
  [[nodiscard]] Ref outer_item() const;
  void add_members(const RecordDef& record, const PartyRecord& party);
  void add_membership(const RecordDef& record);
  void add_assignments(const RecordDef& record);
  std::optional<std::uint8_t> meaning_of(std::span<const Case> cases);
  void add_party(const RecordDef& record);
  std::string reference_in(std::optional<Slot> slot);
  void add_type_name(const RecordDef& record);
  void add_class(const RecordDef& record);
  void add_failure(const RecordDef& record);
  void notice(const char* kind, std::string message, std::uint64_t line, std::uint64_t count = 1,
              std::string field = {});

  Ref reference(std::string_view text);
  std::pair<std::uint32_t, std::uint32_t> store(std::string_view text);

  const CompiledProfile& profile_;
  const ChunkContext& context_;
  Batch& batch_;
  RecordKinds kinds_;
  RowFields fields_;
  DerivedFields derived_;
  bool is_derived_ = false;  ///< The fields at hand are more than those of the row.
  /// What the last row was: a kind of relation, if its fields alone say so.
  const RecordDef* told_by_fields_ = nullptr;
  bool is_certain_ = false;  ///< More than the name of its file or list told what it was.
  std::uint32_t line_ = 0;
  std::uint32_t depth_ = 0;
  std::vector<Ref> outer_items_;  ///< By depth: the item of the record that is open there.
  std::pair<const TableKey, std::uint64_t>* counted_ = nullptr;  ///< Where the last record counted.
  std::vector<TextNumbers> codes_by_text_;  ///< By coded field: values without labels.
  /// By relation definition: types that are all that a relation says of itself.
  std::vector<TextNumbers> plain_types_;
  std::map<std::uint32_t, ByText<std::uint32_t>> implied_;  ///< By kind of record: items by name.
  boost::unordered_flat_set<std::string>
      listed_people_;  ///< By their texts, and where they were seen.
  std::string packed_;
  std::vector<std::uint32_t> codes_;
  ByText<std::uint32_t> signature_numbers_;  ///< By their bytes.
  /// The kind of record and class that the last item had.
  std::pair<const std::pair<std::uint32_t, std::uint32_t>, Presence>* page_ = nullptr;
};

}  // namespace tierline
