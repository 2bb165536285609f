#include "mapping/relation_mapper.h"

#include <algorithm>
#include <cassert>

#include "profile/packed_text.h"
#include "tierline/text.h"

namespace tierline {

RelationMapper::RelationMapper(RowContext& row, ItemMapper& items)
    : row_(row), items_(items), plain_types_(row.profile.relation_defs.size()) {}

void RelationMapper::add_stated_by(const RecordDef& record, Ref self) {
  outer_items_.push_back(self);
  for (const std::uint32_t number : record.relations) {
    const RelationDef& def = row_.profile.relation_defs[number];
    const EndDef& other = def.from ? *def.from : *def.to;
    const auto relate = [&](const Ref& ref, std::uint32_t group) {
      add(number, def.from ? ref : self, def.from ? self : ref, group);
    };
    if (other.is_outer && outer_item().kind != RefKind::none) {
      relate(outer_item(), 0);
    } else if (other.slot && row_.fields.has(*other.slot)) {
      row_.fields.each_reference(*other.slot, other.separator,
                                 [&](const FieldReference& reference, std::uint32_t group) {
                                   if (!row_.profile.is_nothing(reference.text)) {
                                     relate(end(other, reference.text), group);
                                   }
                                 });
    }
  }
}

Ref RelationMapper::outer_item() const {
  const auto is_item = [](const Ref& ref) { return ref.kind == RefKind::item; };
  const std::span<const Ref> outer = std::span(outer_items_).first(row_.depth);
  const auto found = std::find_if(outer.rbegin(), outer.rend(), is_item);
  return found == outer.rend() ? Ref{} : *found;
}

Ref RelationMapper::end(const EndDef& end, std::string_view text) {
  return end.implied ? items_.implied(*end.implied, text) : row_.reference(text);
}

std::vector<Ref> RelationMapper::ends(const EndDef& def) {
  std::vector<Ref> all;
  if (def.is_outer) {
    all.push_back(outer_item());
  } else if (row_.fields.has(*def.slot)) {
    row_.fields.each_reference(*def.slot, def.separator,
                               [&](const FieldReference& reference, std::uint32_t) {
                                 if (!row_.profile.is_nothing(reference.text)) {
                                   all.push_back(end(def, reference.text));
                                 }
                               });
  }
  return all;
}

void RelationMapper::add(std::uint32_t number, Ref from, Ref to, std::uint32_t group) {
  const RelationDef& def = row_.profile.relation_defs[number];
  RelationRecord relation;
  relation.from = from.id;
  relation.from_kind = from.kind;
  relation.to = to.id;
  relation.to_kind = to.kind;
  relation.line = row_.line;
  if (def.row_id) {
    const Ref row = row_.reference(row_.fields.reference_text(*def.row_id, group));
    relation.row = row.id;
    relation.row_kind = row.kind;
  }
  const std::uint32_t type_number = type(number, group);
  assert(type_number >> RelationRecord::type_bits == 0);
  relation.type = type_number & ((1U << RelationRecord::type_bits) - 1);
  row_.batch.has_text_ends |= from.kind == RefKind::text || to.kind == RefKind::text;
  row_.batch.relations.push_back(relation);
}

std::uint32_t RelationMapper::type(std::uint32_t number, std::uint32_t group) {
  const RelationDef& def = row_.profile.relation_defs[number];
  const auto text_of = [&](const std::optional<Slot>& slot) {
    return slot ? row_.fields.reference_text(*slot, group) : std::string_view();
  };
  const std::string_view written = text_of(def.type);
  const std::string_view label = def.type && row_.fields.has(*def.type)
                                     ? row_.fields.facet(*def.type, Facet::label, group)
                                     : std::string_view();
  const std::string_view source = text_of(def.source);
  const std::string_view from_class = text_of(def.from_class);
  const std::string_view to_class = text_of(def.to_class);
  const bool reversed = !def.reversed_when.empty() &&
                        std::ranges::all_of(def.reversed_when, [&](const FieldTest& test) {
                          return row_.holds(test);
                        });
  const bool is_plain =
      label.empty() && source.empty() && from_class.empty() && to_class.empty() && !reversed;
  TextNumbers& known = plain_types_[number];
  if (is_plain) {
    if (const auto found = known.find(written)) {
      return *found;
    }
  }
  row_.scratch.clear();
  RelationText::pack(row_.scratch, number, reversed, source, from_class, to_class);
  CodeText::pack(row_.scratch, written, label);
  const std::uint32_t packed = row_.batch.relation_types.intern(row_.scratch);
  if (is_plain) {
    known.add(written, packed);
  }
  return packed;
}

void RelationMapper::add_rows(const RecordDef& record) {
  for (const std::uint32_t number : record.relations) {
    const RelationDef& def = row_.profile.relation_defs[number];
    if (!def.is_one_of || (!ends(*def.from).empty() && !ends(*def.to).empty())) {
      add_row(number);
    }
  }
}

/// A relation between each thing that one end names and each that the other one does.
void RelationMapper::add_row(std::uint32_t number) {
  const RelationDef& def = row_.profile.relation_defs[number];
  const auto is_single = [&](const EndDef& end) {
    const Cell* cell = end.slot ? row_.fields.first(*end.slot) : nullptr;
    return end.slot && end.separator.empty() && (cell == nullptr || cell->group == 0);
  };
  const auto single = [&](const EndDef& one) {
    const std::string_view text = row_.fields.reference_text(*one.slot, 0);
    return row_.profile.is_nothing(text) ? Ref{} : end(one, text);
  };
  if (is_single(*def.from) && is_single(*def.to)) {
    const Ref from = single(*def.from);
    add(number, from, single(*def.to), 0);
    return;
  }
  std::vector<Ref> from = ends(*def.from);
  std::vector<Ref> to = ends(*def.to);
  from.resize(std::max<std::size_t>(from.size(), 1));
  to.resize(std::max<std::size_t>(to.size(), 1));
  for (const Ref& one : from) {
    for (const Ref& other : to) {
      add(number, one, other, 0);
    }
  }
}

}  // namespace tierline
