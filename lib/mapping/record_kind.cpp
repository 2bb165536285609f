#include "mapping/record_kind.h"

namespace tierline {

RecordKinds::RecordKinds(const CompiledProfile& profile, const std::string& container,
                         const std::string& table)
    : profile_(profile), container_kind_(of_table(container)), file_kind_(of_table(table)) {}

RecordKind RecordKinds::of_table(const std::string& table) const {
  return {table.empty() ? nullptr : profile_.record_of_table(table),
          profile_.canonical_class(table), false};
}

bool RecordKinds::can_be(const RecordKind& kind, const RowFields& fields) {
  return kind.record != nullptr &&
         (kind.record->essentials.none() || (kind.record->essentials & fields.present()).any());
}

const RecordKind& RecordKinds::of_nested(std::string_view container) {
  const auto known = nested_kinds_.find(container);
  return known != nested_kinds_.end()
             ? known->second
             : nested_kinds_.emplace(std::string(container), of_table(std::string(container)))
                   .first->second;
}

const RecordKind& RecordKinds::of_class(std::string_view class_text, const RecordKind& container) {
  auto known = kinds_.find(class_text);
  if (known == kinds_.end()) {
    RecordKind kind;
    kind.class_name = profile_.canonical_class(class_text);
    kind.record = profile_.record_of_table(kind.class_name);
    kind.by_class = kind.record != nullptr;
    known = kinds_.emplace(std::string(class_text), std::move(kind)).first;
  }
  if (known->second.by_class) {
    return known->second;
  }
  const RecordKind& other = container.record != nullptr ? container : file_kind_;
  other_kind_ = {other.record, known->second.class_name, false};
  return other_kind_;
}

RecordKind RecordKinds::of_fields(const RowFields& fields, std::string_view class_text) const {
  for (const RecordDef& record : profile_.records) {
    if (!record.fields.empty() && fields.has_all(record.fields)) {
      const bool named =
          !record.tables.empty() && record.tables.front().text.find('*') == std::string::npos;
      return {&record,
              !class_text.empty() ? profile_.canonical_class(class_text)
              : named             ? record.tables.front().text
                                  : std::string(),
              false};
    }
  }
  return {nullptr, std::string(class_text), false};
}

const RecordKind& RecordKinds::of(const RowFields& fields, std::string_view container) {
  const RecordKind& container_kind = container.empty() ? container_kind_ : of_nested(container);
  std::string_view class_text;
  for (const Slot slot : profile_.class_fields) {
    if (!fields.has(slot)) {
      continue;
    }
    for (const Facet sought : {Facet::value, Facet::text, Facet::label}) {
      class_text = class_text.empty() ? fields.facet(slot, sought, 0) : class_text;
    }
  }
  if (!class_text.empty()) {
    const RecordKind& kind = of_class(class_text, container_kind);
    if (kind.by_class || can_be(kind, fields)) {
      return kind;
    }
  } else if (can_be(container_kind, fields)) {
    return container_kind;
  } else if (container.empty() && can_be(file_kind_, fields)) {
    return file_kind_;
  }
  fields_kind_ = of_fields(fields, class_text);
  return fields_kind_;
}

}  // namespace tierline
