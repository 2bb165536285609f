#pragma once
// What the batches hold, one after the other as if they were one: numbers are those of all files.
// The collector fills it; to the stages after it, it is only there to be read.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "inventory/batch.h"
#include "inventory/profile_semantics.h"
#include "inventory/signatures.h"
#include "support/growing_list.h"
#include "support/interner.h"

namespace tierline {

/// Stands for an item or a party that there is none of, or more than one.
inline constexpr std::uint32_t no_index = UINT32_MAX;
inline constexpr std::uint32_t ambiguous = UINT32_MAX - 1;

struct CollectedFile {
  const ProfileSemantics* semantics = nullptr;
  std::uint16_t source = 0;
  std::uint16_t profile = 0;
};

/// A batch's records stand together; `file` holds for all from `first` up to the next segment.
struct Segment {
  std::size_t first = 0;
  std::uint32_t file = 0;
};

/// A relation record whose numbers are those of all files.
struct CollectedRelation {
  Id128 from;
  Id128 to;
  Id128 row;
  std::uint32_t type = 0;
  std::uint32_t line = 0;
  RefKind from_kind = RefKind::none;
  RefKind to_kind = RefKind::none;
  RefKind row_kind = RefKind::none;
};

/// The relation records of a batch, as they came.
struct RelationGroup {
  std::uint32_t file = 0;
  std::vector<RelationRecord> records;
  std::uint64_t text_base = 0;
  std::size_t item_base = 0;
  std::vector<std::uint32_t> type_of;  ///< By the batch's number of a type.
  bool has_text_ends = false;          ///< Some ends are texts.

  [[nodiscard]] std::size_t size() const { return records.size(); }
  [[nodiscard]] CollectedRelation operator[](std::size_t i) const {
    const auto rebased = [&](Id128 id, RefKind kind) {
      id.high += kind == RefKind::text ? text_base : 0;
      id.low += kind == RefKind::item ? item_base : 0;
      return id;
    };
    const RelationRecord& record = records[i];
    return {.from = rebased(record.from, record.from_kind),
            .to = rebased(record.to, record.to_kind),
            .row = rebased(record.row, record.row_kind),
            .type = type_of[record.type],
            .line = record.line,
            .from_kind = record.from_kind,
            .to_kind = record.to_kind,
            .row_kind = record.row_kind};
  }
};

/// A text and the profile and source that it comes from.
struct ScopedText {
  std::uint16_t profile = 0;
  std::uint16_t source = 0;
  std::string text;
};

/// The records of one kind and class in a file.
struct RecordGroup {
  std::uint32_t file = 0;
  std::uint32_t record = 0;
  std::uint32_t item_class = 0;
  friend auto operator<=>(const RecordGroup&, const RecordGroup&) = default;
};

struct Collected {
  std::vector<CollectedFile> files;
  std::vector<const ProfileSemantics*> profiles;
  Interner classes;
  Interner codes;
  Interner tables;

  Signatures signatures;
  GrowingList<ItemRecord> items;
  std::vector<Segment> item_segments;
  GrowingList<PartyRef> responsibilities;             ///< Of one item record after the other;
  GrowingList<std::uint32_t> responsibilities_begin;  ///< those of each begin here.
  std::vector<ItemText> aliases;                      ///< Of item records.
  std::vector<ItemText> correlations;                 ///< The same.
  std::vector<ItemText> strong_keys;                  ///< The same.
  std::vector<ItemText> vendors;                      ///< The same.
  std::vector<ItemText> links;                        ///< The same.
  GrowingList<ItemDetail> details;                    ///< The same.
  std::vector<ItemCost> costs;                        ///< The same.
  std::map<RecordGroup, FieldSet> record_groups;

  std::vector<FieldPerson> field_people;
  std::vector<std::uint32_t> field_people_files;  ///< Of each of them.

  std::vector<PartyRecord> party_records;
  std::vector<std::uint32_t> party_files;  ///< Of each of them.
  std::vector<MembershipRecord> memberships;
  std::vector<AssignmentRecord> assignments;
  std::vector<Segment> assignment_segments;
  /// Which tables of assignments there are, by profile and source.
  std::map<std::pair<std::uint16_t, std::uint16_t>, FieldSet> assigned;

  std::vector<RelationGroup> relation_groups;  ///< None is empty.
  std::vector<ScopedText> relation_types;
  std::vector<std::vector<std::pair<std::string, std::string>>> type_names;  ///< By profile.
  /// What exports say of their classes, by profile and source.
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::vector<ClassRecord>> class_records;

  [[nodiscard]] static std::uint32_t file_of(const std::vector<Segment>& segments, std::size_t at) {
    return std::prev(std::ranges::upper_bound(segments, at, {}, &Segment::first))->file;
  }
  [[nodiscard]] std::span<const PartyRef> responsibilities_of(std::uint32_t record) const {
    const std::size_t end = record + 1 < responsibilities_begin.size()
                                ? responsibilities_begin[record + 1]
                                : responsibilities.size();
    return std::span(responsibilities)
        .subspan(responsibilities_begin[record], end - responsibilities_begin[record]);
  }
};

}  // namespace tierline
