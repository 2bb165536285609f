#include "profile/mapper.h"

#include <fmt/format.h>

#include <algorithm>

#include "inventory/id128.h"
#include "profile/packed_text.h"
#include "support/dates.h"
#include "support/text.h"

namespace tierline {

Mapper::Mapper(const CompiledProfile& profile, const ChunkContext& context, Batch& batch)
    : profile_(profile),
      context_(context),
      batch_(batch),
      kinds_(profile, context.container, context.table),
      last_codes_(profile.coded.size()),
      plain_types_(profile.relation_defs.size()) {
  batch_.file = context.file;
  batch_.codes.intern("\x1f no field");
  batch_.codes.intern("");
  batch_.tables.intern("");
}

void Mapper::row(const Row& row) {
  fields_.take(row.cells);
  line_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(row.line, UINT32_MAX));
  ++batch_.records;
  if (const RecordDef* ignored = ignored_by_field()) {
    ignore(*ignored, {});
    return;
  }
  const RecordKind& kind = kinds_.of(fields_);
  if (kind.record == nullptr) {
    ++batch_.unrecognised;
    count(kind.class_name.empty() ? context_.container : kind.class_name, RecordUse::unmapped);
    notice("unmapped-table",
           fmt::format("records {} are left out: profile '{}' has no mapping for them",
                       kind.class_name.empty() ? "of an unknown table"
                                               : fmt::format("of table '{}'", kind.class_name),
                       profile_.id),
           line_);
    return;
  }
  const bool has_fields = !kind.record->fields.empty() && fields_.has_all(kind.record->fields);
  batch_.certain += has_fields || kind.by_class ? 1U : 0U;
  if (batch_.first_table.empty()) {
    batch_.first_table = kind.class_name;
  }
  switch (kind.record->as) {
    case RecordDef::As::item:
      return add_item(*kind.record, kind.class_name);
    case RecordDef::As::relation:
      count(kind.class_name, RecordUse::relation);
      return add_relation_row(*kind.record);
    case RecordDef::As::party:
      count(kind.class_name, RecordUse::party);
      return add_party(*kind.record);
    case RecordDef::As::relation_type:
      count(kind.class_name, RecordUse::relation_type);
      return add_type_name(*kind.record);
    case RecordDef::As::failure:
      return add_failure(*kind.record);
    case RecordDef::As::ignore:
      return ignore(*kind.record, kind.class_name);
  }
}

const RecordDef* Mapper::ignored_by_field() const {
  const auto holds = [&](const FieldTest& test) {
    const auto fits = [&](Facet facet) {
      const std::string_view text = fields_.facet(test.slot, facet, 0);
      return !text.empty() && any_matches(test.values, fold(text));
    };
    return fields_.has(test.slot) &&
           (fits(Facet::value) || fits(Facet::text) || fits(Facet::label));
  };
  for (const std::uint32_t number : profile_.ignored_by_field) {
    if (std::ranges::all_of(profile_.records[number].when, holds)) {
      return &profile_.records[number];
    }
  }
  return nullptr;
}

/// Neighbouring records are mostly of one table.
void Mapper::count(std::string_view table, RecordUse use, const std::string& why) {
  const bool is_same = counted_ != nullptr && counted_->first.use == use &&
                       counted_->first.name == table && counted_->first.why == why;
  if (!is_same) {
    counted_ = &*batch_.counts.try_emplace(TableKey{std::string(table), use, why}).first;
  }
  ++counted_->second;
}

void Mapper::ignore(const RecordDef& record, std::string_view class_name) {
  ++batch_.ignored;
  count(class_name, RecordUse::left_out, record.notice);
  if (!record.notice.empty()) {
    notice("left-out", record.notice, line_);
  }
}

// --- items

void Mapper::add_item(const RecordDef& record, std::string_view class_name) {
  const std::string_view id = fields_.text(record.id);
  const std::string_view name = fields_.text(record.name);
  if (id.empty() && name.empty()) {
    notice("unusable-record", "an item has neither an id nor a name, and was left out", line_);
    return;
  }
  const std::string_view own_class = fields_.text(record.item_class);
  const std::string_view item_class = own_class.empty() ? class_name : own_class;
  count(item_class, RecordUse::item);
  ItemRecord item;
  item.line = line_;
  const Ref ref = reference(id);
  item.id = ref.id;
  item.id_kind = ref.kind;
  std::tie(item.name_begin, item.name_size) = store(name);
  item.signature = signature(record, item_class);
  item.updated = record.updated ? parse_seconds(fields_.text(*record.updated)) : 0;
  add_parties(record, item);
  batch_.items.push_back(item);
  add_item_relations(record);
}

std::uint32_t Mapper::signature(const RecordDef& record, std::string_view class_name) {
  const auto record_number = static_cast<std::uint32_t>(&record - profile_.records.data());
  const std::uint32_t item_class = batch_.classes.intern(class_name);
  batch_.presence[{record_number, item_class}] |= fields_.present();
  codes_.assign({record_number, item_class});
  for (std::size_t i = 0; i < profile_.coded.size(); ++i) {
    codes_.push_back(code(i));
  }
  const std::string key(reinterpret_cast<const char*>(codes_.data()),
                        codes_.size() * sizeof(codes_[0]));
  const auto number = static_cast<std::uint32_t>(batch_.signatures.size());
  const auto [known, is_new] = signature_numbers_.try_emplace(key, number);
  if (is_new) {
    batch_.signatures.push_back({record_number, item_class, {codes_.begin() + 2, codes_.end()}});
  }
  return known->second;
}

std::uint32_t Mapper::code(std::size_t number) {
  const Slot slot = profile_.coded[number];
  const Cell* cell = fields_.first(slot);
  if (cell == nullptr) {
    return 0;
  }
  const std::string_view value = fields_.text(slot);
  const std::string_view label =
      cell->facet != Facet::text && cell->group == 0 ? fields_.facet(slot, Facet::label, 0) : "";
  LastCode& last = last_codes_[number];
  if (label.empty() && value == last.text && last.code != 0) {
    return last.code;
  }
  packed_.clear();
  CodeText::pack(packed_, value, label);
  const std::uint32_t code = batch_.codes.intern(packed_);
  if (label.empty()) {
    last.text = value;
    last.code = code;
  }
  return code;
}

void Mapper::add_parties(const RecordDef& record, ItemRecord& item) {
  item.uses_begin = static_cast<std::uint32_t>(batch_.party_uses.size());
  for (const std::uint8_t number : record.parties) {
    const PartyField& field = profile_.party_fields[number];
    if (!fields_.has(field.slot)) {
      continue;
    }
    fields_.each_link(field.slot, field.separator, [&](const Link& party, std::uint32_t) {
      if (party.empty()) {
        return;
      }
      const Ref ref = reference(party.text);
      const std::uint32_t table = party.table.empty() ? 0 : batch_.tables.intern(party.table);
      batch_.party_uses.push_back({ref.id, table, number, ref.kind});
    });
  }
  const std::size_t count = batch_.party_uses.size() - item.uses_begin;
  item.use_count = static_cast<std::uint16_t>(std::min<std::size_t>(count, UINT16_MAX));
}

void Mapper::add_item_relations(const RecordDef& record) {
  const Ref self{{.high = 0, .low = batch_.items.size() - 1}, RefKind::item};
  for (const std::uint32_t number : record.relations) {
    const RelationDef& def = profile_.relation_defs[number];
    const Slot slot = def.from ? *def.from : *def.to;
    if (!fields_.has(slot)) {
      continue;
    }
    fields_.each_link(slot, def.separator, [&](const Link& other, std::uint32_t group) {
      if (!other.empty()) {
        const Ref ref = reference(other.text);
        add_relation(number, def.from ? ref : self, def.from ? self : ref, group);
      }
    });
  }
}

// --- relations

void Mapper::add_relation(std::uint32_t number, Ref from, Ref to, std::uint32_t group) {
  const RelationDef& def = profile_.relation_defs[number];
  RelationRecord relation;
  relation.from = from.id;
  relation.from_kind = from.kind;
  relation.to = to.id;
  relation.to_kind = to.kind;
  relation.line = line_;
  if (def.row_id) {
    const Ref row = reference(fields_.link(*def.row_id, group).text);
    relation.row = row.id;
    relation.row_kind = row.kind;
  }
  relation.type = relation_type(number, group);
  batch_.relations.push_back(relation);
}

std::uint32_t Mapper::relation_type(std::uint32_t number, std::uint32_t group) {
  const RelationDef& def = profile_.relation_defs[number];
  const auto text_of = [&](const std::optional<Slot>& slot) {
    return slot && fields_.has(*slot) ? fields_.link(*slot, group).text : std::string_view();
  };
  const std::string_view type = text_of(def.type);
  const std::string_view label = def.type && fields_.has(*def.type)
                                     ? fields_.facet(*def.type, Facet::label, group)
                                     : std::string_view();
  const std::string_view source = text_of(def.source);
  const std::string_view from_class = text_of(def.from_class);
  const std::string_view to_class = text_of(def.to_class);
  const bool is_plain = label.empty() && source.empty() && from_class.empty() && to_class.empty();
  auto& known = plain_types_[number];
  if (is_plain) {
    if (const auto found = known.find(type); found != known.end()) {
      return found->second;
    }
  }
  packed_.clear();
  RelationText::pack(packed_, number, source, from_class, to_class);
  CodeText::pack(packed_, type, label);
  const std::uint32_t packed = batch_.relation_types.intern(packed_);
  if (is_plain) {
    known.emplace(std::string(type), packed);
  }
  return packed;
}

void Mapper::add_relation_row(const RecordDef& record) {
  const std::uint32_t number = record.relations.front();
  const RelationDef& def = profile_.relation_defs[number];
  const Ref from = fields_.has(*def.from) ? reference(fields_.link(*def.from, 0).text) : Ref{};
  const Ref to = fields_.has(*def.to) ? reference(fields_.link(*def.to, 0).text) : Ref{};
  add_relation(number, from, to, 0);
}

// --- parties and the rest

void Mapper::add_party(const RecordDef& record) {
  PartyRecord party;
  party.id = fields_.text(record.id);
  party.name = fields_.text(record.name);
  party.line = line_;
  if (party.id.empty() && party.name.empty()) {
    notice("unusable-record", "a party has neither an id nor a name, and was left out", line_);
    return;
  }
  for (const Slot slot : record.aliases) {
    if (!fields_.text(slot).empty()) {
      party.aliases.emplace_back(fields_.text(slot));
    }
  }
  party.kind = party_kind(record);
  party.source = record.source ? fields_.text(*record.source) : std::string_view();
  if (record.active && fields_.has(*record.active)) {
    party.active = !any_matches(record.inactive, fold(fields_.text(*record.active)));
  }
  party.until = record.until ? parse_day(fields_.text(*record.until)).value_or("") : "";
  for (const Slot slot : record.leads) {
    if (fields_.has(slot)) {
      std::uint32_t leads = party.lead_count.value_or(0);
      fields_.each_link(slot, {},
                        [&](const Link& lead, std::uint32_t) { leads += lead.empty() ? 0U : 1U; });
      party.lead_count = leads;
    }
  }
  batch_.parties.push_back(std::move(party));
}

PartyKind Mapper::party_kind(const RecordDef& record) {
  for (const Case& one : record.party_kind) {
    if (one.kind == Case::Kind::constant) {
      return static_cast<PartyKind>(one.constant);
    }
    const Slot slot = profile_.coded[one.code];
    const std::string_view written = fields_.text(slot);
    const std::string folded = fold(written);
    for (const auto& [pattern, meaning] : one.values) {
      if (pattern.matches(folded)) {
        return static_cast<PartyKind>(meaning);
      }
    }
    if (!folded.empty()) {
      notice("unmapped-value",
             fmt::format("profile '{}' has no meaning for the value '{}' of '{}'", profile_.id,
                         written, profile_.fields[slot]),
             line_);
    }
  }
  return PartyKind::unknown;
}

void Mapper::add_type_name(const RecordDef& record) {
  batch_.type_names.emplace_back(to_lower(fields_.text(record.id)), fields_.text(record.name));
}

void Mapper::add_failure(const RecordDef& record) {
  std::vector<std::string> texts;
  for (const Slot slot : record.message) {
    if (!fields_.text(slot).empty()) {
      texts.emplace_back(fields_.text(slot));
    }
  }
  batch_.failures.push_back(join(texts, ": "));
}

void Mapper::flaw(Flaw flaw) {
  notice(flaw.kind, std::move(flaw.message), flaw.line, flaw.count);
}

bool Mapper::remark(std::string_view text, std::uint64_t /*line*/) {
  const bool is_withheld = any_matches(profile_.withheld_remarks, fold(text));
  if (is_withheld) {
    batch_.withheld.emplace_back(text);
  }
  return is_withheld;
}

void Mapper::notice(const char* kind, std::string message, std::uint64_t line,
                    std::uint64_t count) {
  for (Notice& known : batch_.notices) {
    if (known.kind == kind && known.message == message) {
      known.count += count;
      return;
    }
  }
  batch_.notices.push_back({kind, std::move(message), {context_.path, line}, count});
}

// --- keeping texts

Mapper::Ref Mapper::reference(std::string_view text) {
  if (text.empty()) {
    return {};
  }
  if (const auto id = parse_id128(text)) {
    return {*id, RefKind::hex};
  }
  const auto [begin, size] = store(text);
  return {{begin, size}, RefKind::text};
}

std::pair<std::uint32_t, std::uint32_t> Mapper::store(std::string_view text) {
  const auto begin = static_cast<std::uint32_t>(batch_.text.size());
  std::size_t blank = text.find(no_break_space);
  while (blank != std::string_view::npos) {
    batch_.text.append(text.substr(0, blank)).append(1, ' ');
    text.remove_prefix(blank + no_break_space.size());
    blank = text.find(no_break_space);
  }
  batch_.text.append(text);
  return {begin, static_cast<std::uint32_t>(batch_.text.size() - begin)};
}

}  // namespace tierline
