#include "mapping/mapper.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <type_traits>
#include <utility>
#include <variant>

#include "support/quote.h"
#include "tierline/text.h"

namespace tierline {

Mapper::Mapper(const CompiledProfile& profile, const ChunkContext& chunk, Batch& batch)
    : row_(profile, chunk, batch),
      kinds_(profile, chunk.container, chunk.table),
      derived_(profile) {
  assert(batch.codes.size() == 0);  // What stands for no field and for an empty one comes first.
  batch.file = chunk.file;
  batch.codes.intern("\x1f no field");
  batch.codes.intern("");
  batch.tables.intern("");
}

void Mapper::row(const Row& row) {
  const bool was_derived = std::exchange(is_derived_, false);
  const bool same_columns_as_previous = row.same_columns_as_previous && !was_derived;
  row_.fields.set_row(row.cells, same_columns_as_previous);
  row_.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(row.line, UINT32_MAX));
  row_.depth = row.depth;
  relations_.begin_record(row_.depth);
  ++row_.batch.records;
  if (same_columns_as_previous && told_by_fields_ != nullptr) {
    row_.batch.certain += is_certain_ ? 1U : 0U;
    ++counted_->second;
    relations_.add_rows(*told_by_fields_);
    return;
  }
  told_by_fields_ = nullptr;
  if (const IgnoredDef* ignored = ignored_by_field()) {
    ignore(*ignored, {});
    return;
  }
  if (!row_.profile.class_derived.empty()) {
    row_.fields.set_row(derived_.add(row_.fields, row.cells, row_.profile.class_derived));
    is_derived_ = true;
  }
  const RecordKind& kind = kinds_.of(row_.fields, row.container);
  if (kind.record == nullptr) {
    ++row_.batch.unrecognised;
    count(!kind.class_name.empty() ? kind.class_name
          : row.container.empty()  ? std::string_view(row_.chunk.container)
                                   : row.container,
          RecordDisposition::unmapped);
    row_.notice("unmapped-table",
                fmt::format("records {} are left out: profile '{}' has no mapping for them",
                            kind.class_name.empty() ? "of an unknown table"
                                                    : "of table " + quoted(kind.class_name),
                            row_.profile.id),
                row_.line);
    return;
  }
  const bool has_fields = !kind.record->fields.empty() && row_.fields.has_all(kind.record->fields);
  is_certain_ = has_fields || kind.by_class;
  row_.batch.certain += is_certain_ ? 1U : 0U;
  if (row_.batch.first_table.empty()) {
    row_.batch.first_table = kind.class_name;
  }
  if (!kind.record->derived.empty()) {
    row_.fields.set_row(row.cells);
    row_.fields.set_row(
        derived_.add(row_.fields, row.cells, kind.record->derived, kind.class_name));
    is_derived_ = true;
  }
  map_record(*kind.record, kind.class_name);
  told_by_fields_ = is_told_by_fields(kind, row) ? kind.record : nullptr;
}

/// Whether a row that has the same fields, whatever is in them, is of the same kind.
bool Mapper::is_told_by_fields(const RecordKind& kind, const Row& row) const {
  const auto is_there = [&](Slot slot) { return row_.fields.has(slot); };
  const auto may_be_ignored = [&](std::uint32_t number) {
    const auto& ignored = row_.profile.records[number].of<IgnoredDef>();
    return std::ranges::all_of(ignored.when, is_there, &FieldTest::slot) &&
           std::ranges::all_of(ignored.same, is_there);
  };
  return kind.record->is<RelationRowDef>() && row.container.empty() && !is_derived_ &&
         std::ranges::none_of(row_.profile.class_fields, is_there) &&
         std::ranges::none_of(row_.profile.ignored_by_field, may_be_ignored);
}

void Mapper::map_record(const RecordDef& record, const std::string& class_name) {
  std::visit(
      [&](const auto& def) {
        using Def = std::decay_t<decltype(def)>;
        if constexpr (std::is_same_v<Def, ItemDef>) {
          add_item(record, class_name);
        } else if constexpr (std::is_same_v<Def, RelationRowDef>) {
          count(class_name, RecordDisposition::relation);
          relations_.add_rows(record);
        } else if constexpr (std::is_same_v<Def, PartyDef>) {
          count(class_name, RecordDisposition::party);
          parties_.add(record);
        } else if constexpr (std::is_same_v<Def, AssignmentDef>) {
          count(class_name, RecordDisposition::assignment);
          parties_.add_assignments(record, relations_);
        } else if constexpr (std::is_same_v<Def, MembershipDef>) {
          count(class_name, RecordDisposition::membership);
          parties_.add_membership(def);
        } else if constexpr (std::is_same_v<Def, TypeNameDef>) {
          count(class_name, RecordDisposition::relation_type);
          add_type_name(record);
        } else if constexpr (std::is_same_v<Def, ClassNameDef>) {
          count(class_name, RecordDisposition::item_class);
          add_class(record, def);
        } else if constexpr (std::is_same_v<Def, FailureDef>) {
          add_failure(def);
        } else {
          ignore(def, class_name);
        }
      },
      record.kind);
}

void Mapper::add_item(const RecordDef& record, const std::string& class_name) {
  if (!items_.is_usable(record)) {
    row_.notice("unusable-record", "an item has neither an id nor a name, and was left out",
                row_.line);
    return;
  }
  const std::string_view item_class = items_.class_of(record, class_name);
  count(item_class, RecordDisposition::item);
  relations_.add_stated_by(record, items_.add(record, item_class));
}

const IgnoredDef* Mapper::ignored_by_field() const {
  const auto fits = [&](const IgnoredDef& record) {
    const auto is_first = [&](Slot slot) {
      return !row_.fields.text(slot).empty() &&
             row_.fields.text(slot) == row_.fields.text(record.same.front());
    };
    return std::ranges::all_of(record.when,
                               [&](const FieldTest& test) { return row_.holds(test); }) &&
           std::ranges::all_of(record.same, is_first);
  };
  for (const std::uint32_t number : row_.profile.ignored_by_field) {
    const auto& ignored = row_.profile.records[number].of<IgnoredDef>();
    if (fits(ignored)) {
      return &ignored;
    }
  }
  return nullptr;
}

/// Neighbouring records are mostly of one table.
void Mapper::count(std::string_view table, RecordDisposition disposition, const std::string& why) {
  const bool is_same = counted_ != nullptr && counted_->first.disposition == disposition &&
                       counted_->first.name == table && counted_->first.why == why;
  if (!is_same) {
    counted_ =
        &*row_.batch.counts.try_emplace(TableKey{std::string(table), disposition, why}).first;
  }
  ++counted_->second;
}

void Mapper::ignore(const IgnoredDef& def, std::string_view class_name) {
  ++row_.batch.ignored;
  count(class_name, RecordDisposition::left_out, def.notice);
  if (!def.notice.empty()) {
    row_.notice("left-out", def.notice, row_.line);
  }
}

void Mapper::add_type_name(const RecordDef& record) {
  row_.batch.type_names.emplace_back(to_lower(row_.fields.text(record.id)),
                                     row_.fields.text(record.name));
}

void Mapper::add_class(const RecordDef& record, const ClassNameDef& def) {
  ClassRecord found{.id = std::string(row_.fields.text(record.id)),
                    .name = std::string(row_.fields.text(record.name)),
                    .label = std::string(row_.fields.text(def.label)),
                    .extends = std::string(row_.fields.reference_text(*def.extends, 0))};
  if (!found.name.empty()) {
    row_.batch.classes_described.push_back(std::move(found));
  }
}

void Mapper::add_failure(const FailureDef& def) {
  std::vector<std::string> texts;
  for (const Slot slot : def.message) {
    if (!row_.fields.text(slot).empty()) {
      texts.emplace_back(row_.fields.text(slot));
    }
  }
  row_.batch.failures.push_back(join(texts, ": "));
}

void Mapper::issue(InputIssue issue) {
  row_.notice(issue.kind, std::move(issue.message), issue.line, issue.count);
}

bool Mapper::remark(std::string_view text, std::uint64_t /*line*/) {
  const bool is_withheld = any_matches(row_.profile.withheld_remarks, fold(text));
  if (is_withheld) {
    row_.batch.withheld.emplace_back(text);
  }
  return is_withheld;
}

}  // namespace tierline
