#include "profile/mapper.h"

#include <fmt/format.h>

#include <algorithm>

#include "inventory/id128.h"
#include "profile/encoding.h"
#include "support/dates.h"
#include "support/text.h"

namespace tierline {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

/// The last two steps of a link: `.../sys_user/6816f79c...` names a table and an id.
std::pair<std::string_view, std::string_view> link_target(std::string_view link) {
  link = link.substr(0, link.find('?'));
  const std::size_t last = link.rfind('/');
  if (last == std::string_view::npos || last == 0) {
    return {};
  }
  const std::size_t before = link.rfind('/', last - 1);
  return {link.substr(before == std::string_view::npos ? 0 : before + 1,
                      last - (before == std::string_view::npos ? 0 : before + 1)),
          link.substr(last + 1)};
}

}  // namespace

Mapper::Mapper(const CompiledProfile& profile, const ChunkContext& context, Batch& batch)
    : profile_(profile),
      context_(context),
      batch_(batch),
      spans_(max_slots),
      last_codes_(profile.coded.size()),
      plain_types_(profile.relation_defs.size()) {
  batch_.file = context.file;
  batch_.codes.intern("\x1f no field");
  batch_.codes.intern("");
  batch_.tables.intern("");
  const auto kind_of_table = [&](const std::string& table) -> Kind {
    return {table.empty() ? nullptr : profile_.record_of_table(table),
            profile_.canonical_class(table), false};
  };
  container_kind_ = kind_of_table(context.container);
  file_kind_ = kind_of_table(context.table);
}

// --- reading cells

void Mapper::index_cells(const Row& row) {
  for (const Slot slot : touched_) {
    spans_[slot] = {};
  }
  touched_.clear();
  cells_ = row.cells;
  line_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(row.line, UINT32_MAX));
  present_.reset();
  for (std::uint32_t i = 0; i < cells_.size(); ++i) {
    Span& span = spans_[cells_[i].slot];
    if (span.first == absent) {
      span.first = i;
      touched_.push_back(cells_[i].slot);
      present_.set(cells_[i].slot);
    }
    span.last = i;
  }
}

const Cell* Mapper::first(Slot slot) const {
  return has(slot) ? &cells_[spans_[slot].first] : nullptr;
}

std::string_view Mapper::facet(Slot slot, Facet facet, std::uint32_t group) const {
  if (!has(slot)) {
    return {};
  }
  // The cells of one element of a list stand together.
  const Span& span = spans_[slot];
  for (std::size_t i = group == 0 ? span.first : std::max<std::size_t>(group_begin_, span.first);
       i <= span.last; ++i) {
    const Cell& cell = cells_[i];
    if (group != 0 && cell.group != group) {
      break;
    }
    if (cell.slot == slot && cell.facet == facet && cell.group == group && !cell.text.empty()) {
      return trim(cell.text);
    }
  }
  return {};
}

std::string_view Mapper::text(Slot slot) const {
  const Cell* cell = first(slot);
  if (cell == nullptr) {
    return {};
  }
  if (cell->group != 0) {  // A list where one text is asked for: its first element.
    return trim(cell->text);
  }
  for (const Facet wanted : {Facet::value, Facet::text, Facet::label}) {
    const std::string_view found = facet(slot, wanted, 0);
    if (!found.empty()) {
      return found;
    }
  }
  return {};
}

std::string_view Mapper::text(std::span<const Slot> slots) const {
  for (const Slot slot : slots) {
    const std::string_view found = text(slot);
    if (!found.empty()) {
      return found;
    }
  }
  return {};
}

Mapper::Link Mapper::link(Slot slot, std::uint32_t group) const {
  const auto [table, id] = link_target(facet(slot, Facet::link, group));
  for (const Facet wanted : {Facet::value, Facet::text}) {
    const std::string_view found = facet(slot, wanted, group);
    if (!found.empty()) {
      return {found, table};
    }
  }
  const std::string_view label = facet(slot, Facet::label, group);
  return {label.empty() || parse_id128(id) ? id : label, table};
}

template <typename Use>
void Mapper::each_link(Slot slot, const std::string& separator, Use use) {
  std::uint32_t last_group = UINT32_MAX;
  for (std::size_t i = spans_[slot].first; i <= spans_[slot].last; ++i) {
    const Cell& cell = cells_[i];
    const bool is_plain = cell.facet == Facet::text;
    if (cell.slot != slot || (cell.group == last_group && !(is_plain && cell.group != 0))) {
      continue;
    }
    last_group = cell.group;
    for (group_begin_ = i; group_begin_ > 0 && cells_[group_begin_ - 1].group == cell.group;) {
      --group_begin_;
    }
    const Link found =
        is_plain && cell.group != 0 ? Link{trim(cell.text), {}} : link(slot, cell.group);
    if (separator.empty()) {
      use(found, cell.group);
      continue;
    }
    for (const std::string_view part : split(found.text, separator)) {
      use(Link{trim(part), found.table}, cell.group);
    }
  }
}

// --- telling what a row is

const Mapper::Kind& Mapper::kind_of_text(std::string_view class_text) {
  const auto known = kinds_.find(class_text);
  if (known != kinds_.end()) {
    return known->second;
  }
  Kind kind;
  kind.class_name = profile_.canonical_class(class_text);
  kind.record = profile_.record_of_table(kind.class_name);
  kind.by_class = kind.record != nullptr;
  for (const Kind* other : {&container_kind_, &file_kind_}) {
    if (kind.record == nullptr) {
      kind.record = other->record;
    }
  }
  return kinds_.emplace(std::string(class_text), std::move(kind)).first->second;
}

Mapper::Kind Mapper::kind_of_fields(std::string_view class_text) const {
  for (const RecordDef& record : profile_.records) {
    const auto has_field = [&](Slot slot) { return present_.test(slot); };
    if (!record.fields.empty() && std::ranges::all_of(record.fields, has_field)) {
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

const Mapper::Kind& Mapper::kind_of_row() {
  std::string_view class_text;
  for (const Slot slot : profile_.class_fields) {
    for (const Facet wanted : {Facet::value, Facet::text, Facet::label}) {
      class_text = class_text.empty() ? facet(slot, wanted, 0) : class_text;
    }
  }
  if (!class_text.empty()) {
    const Kind& kind = kind_of_text(class_text);
    if (kind.record != nullptr) {
      return kind;
    }
  } else if (container_kind_.record != nullptr) {
    return container_kind_;
  } else if (file_kind_.record != nullptr) {
    return file_kind_;
  }
  fields_kind_ = kind_of_fields(class_text);
  return fields_kind_;
}

void Mapper::row(const Row& row) {
  index_cells(row);
  ++batch_.records;
  const Kind& kind = kind_of_row();
  if (kind.record == nullptr) {
    ++batch_.unrecognised;
    notice("unmapped-table",
           fmt::format("records {} are left out: profile '{}' has no mapping for them",
                       kind.class_name.empty() ? "of an unknown table"
                                               : fmt::format("of table '{}'", kind.class_name),
                       profile_.id),
           line_);
    return;
  }
  const auto has_field = [&](Slot slot) { return present_.test(slot); };
  const bool has_fields =
      !kind.record->fields.empty() && std::ranges::all_of(kind.record->fields, has_field);
  batch_.certain += has_fields || kind.by_class ? 1U : 0U;
  if (batch_.first_table.empty()) {
    batch_.first_table = kind.class_name;
  }
  switch (kind.record->as) {
    case RecordDef::As::item:
      return add_item(*kind.record, kind.class_name);
    case RecordDef::As::relation:
      return add_relation_row(*kind.record);
    case RecordDef::As::party:
      return add_party(*kind.record);
    case RecordDef::As::relation_type:
      return add_type_name(*kind.record);
    case RecordDef::As::failure:
      return add_failure(*kind.record);
    case RecordDef::As::ignore:
      ++batch_.ignored;
  }
}

// --- items

void Mapper::add_item(const RecordDef& record, std::string_view class_name) {
  const std::string_view id = text(record.id);
  const std::string_view name = text(record.name);
  if (id.empty() && name.empty()) {
    notice("unusable-record", "an item has neither an id nor a name, and was left out", line_);
    return;
  }
  const std::string_view own_class = text(record.item_class);
  ItemRecord item;
  item.line = line_;
  const Ref ref = reference(id);
  item.id = ref.id;
  item.id_kind = ref.kind;
  std::tie(item.name_begin, item.name_size) = store(name);
  item.signature = signature(record, own_class.empty() ? class_name : own_class);
  item.updated = record.updated ? parse_seconds(text(*record.updated)) : 0;
  add_parties(record, item);
  batch_.items.push_back(item);
  add_item_relations(record);
}

std::uint32_t Mapper::signature(const RecordDef& record, std::string_view class_name) {
  const auto record_number = static_cast<std::uint32_t>(&record - profile_.records.data());
  const std::uint32_t item_class = batch_.classes.intern(class_name);
  batch_.presence[{record_number, item_class}] |= present_;
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
  const Cell* cell = first(slot);
  if (cell == nullptr) {
    return 0;
  }
  const std::string_view value = text(slot);
  const std::string_view label =
      cell->facet != Facet::text && cell->group == 0 ? facet(slot, Facet::label, 0) : "";
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
    if (!has(field.slot)) {
      continue;
    }
    each_link(field.slot, field.separator, [&](const Link& party, std::uint32_t) {
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
    if (!has(slot)) {
      continue;
    }
    each_link(slot, def.separator, [&](const Link& other, std::uint32_t group) {
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
    const Ref row = reference(link(*def.row_id, group).text);
    relation.row = row.id;
    relation.row_kind = row.kind;
  }
  relation.type = relation_type(number, group);
  batch_.relations.push_back(relation);
}

std::uint32_t Mapper::relation_type(std::uint32_t number, std::uint32_t group) {
  const RelationDef& def = profile_.relation_defs[number];
  const auto text_of = [&](const std::optional<Slot>& slot) {
    return slot && has(*slot) ? link(*slot, group).text : std::string_view();
  };
  const std::string_view type = text_of(def.type);
  const std::string_view label =
      def.type && has(*def.type) ? facet(*def.type, Facet::label, group) : std::string_view();
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
  const Ref from = has(*def.from) ? reference(link(*def.from, 0).text) : Ref{};
  const Ref to = has(*def.to) ? reference(link(*def.to, 0).text) : Ref{};
  add_relation(number, from, to, 0);
}

// --- parties and the rest

void Mapper::add_party(const RecordDef& record) {
  PartyRecord party;
  party.id = text(record.id);
  party.name = text(record.name);
  party.line = line_;
  if (party.id.empty() && party.name.empty()) {
    notice("unusable-record", "a party has neither an id nor a name, and was left out", line_);
    return;
  }
  for (const Slot slot : record.aliases) {
    if (!text(slot).empty()) {
      party.aliases.emplace_back(text(slot));
    }
  }
  party.kind = party_kind(record);
  party.source = record.source ? text(*record.source) : std::string_view();
  party.active = !record.active || !any_matches(record.inactive, fold(text(*record.active)));
  party.until = record.until ? parse_day(text(*record.until)).value_or("") : "";
  for (const Slot slot : record.leads) {
    if (has(slot)) {
      std::uint32_t leads = party.lead_count.value_or(0);
      each_link(slot, {},
                [&](const Link& lead, std::uint32_t) { leads += lead.empty() ? 0U : 1U; });
      party.lead_count = leads;
    }
  }
  batch_.parties.push_back(std::move(party));
}

PartyKind Mapper::party_kind(const RecordDef& record) const {
  for (const Case& one : record.party_kind) {
    if (one.kind == Case::Kind::constant) {
      return static_cast<PartyKind>(one.constant);
    }
    const std::string written = fold(text(profile_.coded[one.code]));
    for (const auto& [pattern, meaning] : one.values) {
      if (pattern.matches(written)) {
        return static_cast<PartyKind>(meaning);
      }
    }
  }
  return PartyKind::unknown;
}

void Mapper::add_type_name(const RecordDef& record) {
  batch_.type_names.emplace_back(to_lower(text(record.id)), text(record.name));
}

void Mapper::add_failure(const RecordDef& record) {
  std::vector<std::string> texts;
  for (const Slot slot : record.message) {
    if (!text(slot).empty()) {
      texts.emplace_back(text(slot));
    }
  }
  batch_.failures.push_back(join(texts, ": "));
}

void Mapper::flaw(Flaw flaw) {
  notice(flaw.kind, std::move(flaw.message), flaw.line, flaw.count);
}

void Mapper::remark(std::string_view text, std::uint64_t /*line*/) {
  if (any_matches(profile_.withheld_remarks, fold(text))) {
    batch_.withheld.emplace_back(text);
  }
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
