#include "profile/mapper.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "inventory/id128.h"
#include "profile/packed_text.h"
#include "support/dates.h"
#include "support/money.h"
#include "support/quote.h"
#include "support/text.h"

namespace tierline {
namespace {

/// What records of that signature say of their source; 0 where they say nothing.
std::uint32_t source_code(const CompiledProfile& profile, const Batch& batch,
                          std::uint32_t signature) {
  if (signature == FieldPerson::no_signature) {
    return 0;
  }
  const Signature& of = batch.signatures[signature];
  const auto code = profile.records[of.record].source_code;
  return code ? of.codes[*code] : 0;
}

}  // namespace

Mapper::Mapper(const CompiledProfile& profile, const ChunkContext& context, Batch& batch)
    : profile_(profile),
      context_(context),
      batch_(batch),
      kinds_(profile, context.container, context.table),
      derived_(profile),
      codes_by_text_(profile.coded.size()),
      plain_types_(profile.relation_defs.size()) {
  batch_.file = context.file;
  batch_.codes.intern("\x1f no field");
  batch_.codes.intern("");
  batch_.tables.intern("");
}

void Mapper::row(const Row& row) {
  const bool was_derived = std::exchange(is_derived_, false);
  const bool is_like_last = row.is_like_last && !was_derived;
  fields_.take(row.cells, is_like_last);
  line_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(row.line, UINT32_MAX));
  depth_ = row.depth;
  outer_items_.resize(depth_);
  ++batch_.records;
  if (is_like_last && told_by_fields_ != nullptr) {
    batch_.certain += is_certain_ ? 1U : 0U;
    ++counted_->second;
    add_relation_rows(*told_by_fields_);
    return;
  }
  told_by_fields_ = nullptr;
  if (const RecordDef* ignored = ignored_by_field()) {
    ignore(*ignored, {});
    return;
  }
  if (!profile_.class_derived.empty()) {
    fields_.take(derived_.add(fields_, row.cells, profile_.class_derived));
    is_derived_ = true;
  }
  const RecordKind& kind = kinds_.of(fields_, row.container);
  if (kind.record == nullptr) {
    ++batch_.unrecognised;
    count(!kind.class_name.empty() ? kind.class_name
          : row.container.empty()  ? std::string_view(context_.container)
                                   : row.container,
          RecordUse::unmapped);
    notice("unmapped-table",
           fmt::format("records {} are left out: profile '{}' has no mapping for them",
                       kind.class_name.empty() ? "of an unknown table"
                                               : "of table " + quoted(kind.class_name),
                       profile_.id),
           line_);
    return;
  }
  const bool has_fields = !kind.record->fields.empty() && fields_.has_all(kind.record->fields);
  is_certain_ = has_fields || kind.by_class;
  batch_.certain += is_certain_ ? 1U : 0U;
  if (batch_.first_table.empty()) {
    batch_.first_table = kind.class_name;
  }
  if (!kind.record->derived.empty()) {
    fields_.take(row.cells);
    fields_.take(derived_.add(fields_, row.cells, kind.record->derived, kind.class_name));
    is_derived_ = true;
  }
  take(*kind.record, kind.class_name);
  told_by_fields_ = is_told_by_fields(kind, row) ? kind.record : nullptr;
}

/// Whether a row that has the same fields, whatever is in them, is of the same kind.
bool Mapper::is_told_by_fields(const RecordKind& kind, const Row& row) const {
  const auto is_there = [&](Slot slot) { return fields_.has(slot); };
  const auto may_be_ignored = [&](std::uint32_t number) {
    const RecordDef& ignored = profile_.records[number];
    return std::ranges::all_of(ignored.when, is_there, &FieldTest::slot) &&
           std::ranges::all_of(ignored.same, is_there);
  };
  return kind.record->as == RecordDef::As::relation && row.container.empty() && !is_derived_ &&
         std::ranges::none_of(profile_.class_fields, is_there) &&
         std::ranges::none_of(profile_.ignored_by_field, may_be_ignored);
}

void Mapper::take(const RecordDef& record, const std::string& class_name) {
  switch (record.as) {
    case RecordDef::As::item:
      return add_item(record, class_name);
    case RecordDef::As::relation:
      count(class_name, RecordUse::relation);
      return add_relation_rows(record);
    case RecordDef::As::party:
      count(class_name, RecordUse::party);
      return add_party(record);
    case RecordDef::As::assignment:
      count(class_name, RecordUse::assignment);
      return add_assignments(record);
    case RecordDef::As::membership:
      count(class_name, RecordUse::membership);
      return add_membership(record);
    case RecordDef::As::relation_type:
      count(class_name, RecordUse::relation_type);
      return add_type_name(record);
    case RecordDef::As::item_class:
      count(class_name, RecordUse::item_class);
      return add_class(record);
    case RecordDef::As::failure:
      return add_failure(record);
    case RecordDef::As::ignore:
      return ignore(record, class_name);
  }
}

bool Mapper::holds(const FieldTest& test) const {
  const auto fits = [&](Facet facet) {
    const std::string_view text = fields_.facet(test.slot, facet, 0);
    return !text.empty() && any_matches(test.values, fold(text));
  };
  return fields_.has(test.slot) && (fits(Facet::value) || fits(Facet::text) || fits(Facet::label));
}

const RecordDef* Mapper::ignored_by_field() const {
  const auto fits = [&](const RecordDef& record) {
    const auto is_first = [&](Slot slot) {
      return !fields_.text(slot).empty() && fields_.text(slot) == fields_.text(record.same.front());
    };
    return std::ranges::all_of(record.when, [&](const FieldTest& test) { return holds(test); }) &&
           std::ranges::all_of(record.same, is_first);
  };
  for (const std::uint32_t number : profile_.ignored_by_field) {
    if (fits(profile_.records[number])) {
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
  item.updated = updated(record);
  add_parties(record, item.signature);
  batch_.items.push_back(item);
  add_texts(record);
  add_cost(record);
  add_details(record);
  add_strong_keys(record);
  add_vendor_and_link(record);
  outer_items_.push_back({{.high = 0, .low = batch_.items.size() - 1}, RefKind::item});
  add_item_relations(record);
}

std::uint32_t Mapper::updated(const RecordDef& record) {
  const std::string_view text = record.updated ? fields_.text(*record.updated) : "";
  const std::uint32_t seconds = parse_seconds(text, profile_.date_order);
  if (seconds == 0 && !profile_.is_nothing(text)) {
    notice_unreadable_date(*record.updated, "the record counts as the oldest");
  }
  return seconds;
}

/// One notice a field, whatever stands there: each record may have another text.
void Mapper::notice_unreadable_date(Slot slot, std::string_view so) {
  const std::string_view text = fields_.text(slot);
  if (fold(text) == "unknown" || text.starts_with("0000-00-00")) {
    return;
  }
  notice("unreadable-date",
         fmt::format("what stands in '{}' is no date, or could be two ('dates' in a profile says "
                     "which number is the day): {}",
                     profile_.fields[slot], so),
         line_, 1, profile_.fields[slot]);
}

/// What else it is called, here and in other sources.
void Mapper::add_texts(const RecordDef& record) {
  const auto number = static_cast<std::uint32_t>(batch_.items.size() - 1);
  for (const Slot slot : record.aliases) {
    if (!fields_.has(slot)) {
      continue;
    }
    fields_.each_link(slot, {}, [&](const Link& alias, std::uint32_t) {
      if (!alias.empty()) {
        const auto [begin, size] = store(alias.text);
        batch_.aliases.push_back({number, {begin, size}});
      }
    });
  }
  if (record.correlation && !profile_.is_nothing(fields_.text(*record.correlation))) {
    const auto [begin, size] = store(fold(fields_.text(*record.correlation)));
    batch_.correlations.push_back({number, {begin, size}});
  }
}

void Mapper::add_cost(const RecordDef& record) {
  if (!record.cost) {
    return;
  }
  const std::string_view text = fields_.text(record.cost->amount);
  auto cost = parse_money(text, record.cost->decimal_comma ? ',' : '.');
  if (!cost) {
    if (!text.empty()) {
      notice("unreadable-cost",
             fmt::format("what stands in '{}' is no amount of money: the item has no cost",
                         profile_.fields[record.cost->amount]),
             line_);
    }
    return;
  }
  if (cost->currency.empty() && record.cost->currency_field) {
    cost->currency = fields_.text(*record.cost->currency_field);
  }
  if (cost->currency.empty()) {
    cost->currency = record.cost->currency;
  }
  batch_.costs.push_back({static_cast<std::uint32_t>(batch_.items.size() - 1), std::move(*cost)});
}

void Mapper::add_details(const RecordDef& record) {
  const auto item = static_cast<std::uint32_t>(batch_.items.size() - 1);
  for (const DetailDef& detail : record.details) {
    std::uint32_t greatest = 0;
    for (const Slot slot : detail.slots) {
      if (is_asked_for(detail.input) && fields_.has(slot)) {
        greatest = std::max(greatest, measure(detail, slot));
      }
    }
    if (greatest > 0) {
      batch_.details.push_back({item, greatest, detail.input});
    }
  }
}

/// What a field says of a detail; 0 where it says nothing.
std::uint32_t Mapper::measure(const DetailDef& detail, Slot slot) {
  const std::string_view text = fields_.text(slot);
  std::uint32_t value = 0;
  switch (detail.form) {
    case DetailDef::Form::day:
      value = parse_days(text, profile_.date_order);
      if (value == 0 && !profile_.is_nothing(text)) {
        notice_unreadable_date(slot, "it counts as empty");
      }
      break;
    case DetailDef::Form::words:
      for (const std::string_view line : split(text, "\n")) {
        for (const std::string_view word : split(line, " ")) {
          value += trim(word).empty() ? 0U : 1U;
        }
      }
      break;
    case DetailDef::Form::texts:
      fields_.each_link(slot, detail.separator, [&](const Link& link, std::uint32_t) {
        value += profile_.is_nothing(link.text) ? 0U : 1U;
      });
      break;
    case DetailDef::Form::number:
      std::from_chars(text.data(), text.data() + text.size(), value);
      break;
  }
  return value;
}

void Mapper::add_strong_keys(const RecordDef& record) {
  const auto item = static_cast<std::uint32_t>(batch_.items.size() - 1);
  for (const Slot slot : record.strong_keys) {
    if (const std::string_view text = fields_.text(slot);
        is_asked_for(Input::strong_keys) && !profile_.is_nothing(text)) {
      const auto [begin, size] = store(fold(text));
      batch_.strong_keys.push_back({item, {begin, size}});
    }
  }
}

/// Of a vendor that is a reference, what it is called: an id says nothing.
void Mapper::add_vendor_and_link(const RecordDef& record) {
  const auto item = static_cast<std::uint32_t>(batch_.items.size() - 1);
  if (!record.vendor.empty() && is_asked_for(Input::vendor)) {
    for (const Slot slot : record.vendor) {
      const std::string_view label = fields_.facet(slot, Facet::label, 0);
      const std::string_view text = label.empty() ? fields_.text(slot) : label;
      if (!profile_.is_nothing(text) && !parse_id128(text)) {
        const auto [begin, size] = store(text);
        batch_.vendors.push_back({item, {begin, size}});
        break;
      }
    }
  }
  if (!record.link.empty() && is_asked_for(Input::link)) {
    if (const std::string_view text = fields_.text(record.link); !profile_.is_nothing(text)) {
      const auto [begin, size] = store(text);
      batch_.links.push_back({item, {begin, size}});
    }
  }
}

bool Mapper::is_asked_for(Role role) const {
  switch (role) {
    case Role::manager:
      return is_asked_for(Input::manager);
    case Role::delegate:
      return is_asked_for(Input::delegate);
    case Role::customer:
      return is_asked_for(Input::customers);
    default:
      return true;
  }
}

std::uint32_t Mapper::signature(const RecordDef& record, std::string_view class_name) {
  const auto record_number = static_cast<std::uint32_t>(&record - profile_.records.data());
  if (page_ == nullptr || page_->first.first != record_number ||
      batch_.classes[page_->first.second] != class_name) {
    page_ = &*batch_.presence.try_emplace({record_number, batch_.classes.intern(class_name)}).first;
  }
  page_->second |= fields_.present();
  codes_.assign({record_number, page_->first.second});
  for (std::size_t i = 0; i < profile_.coded.size(); ++i) {
    codes_.push_back(code(i));
  }
  return number_of(codes_);
}

/// The number of a signature: the kind of record, the class, and then the codes.
std::uint32_t Mapper::number_of(std::span<const std::uint32_t> signature) {
  const std::string_view bytes(reinterpret_cast<const char*>(signature.data()),
                               signature.size_bytes());
  if (const auto known = signature_numbers_.find(bytes); known != signature_numbers_.end()) {
    return known->second;
  }
  const auto number = static_cast<std::uint32_t>(batch_.signatures.size());
  signature_numbers_.emplace(std::string(bytes), number);
  batch_.signatures.push_back(
      {signature[0], signature[1], {signature.begin() + 2, signature.end()}});
  return number;
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
  TextNumbers& known = codes_by_text_[number];
  if (label.empty()) {
    if (const auto found = known.find(value)) {
      return *found;
    }
  }
  packed_.clear();
  CodeText::pack(packed_, value, label);
  const std::uint32_t code = batch_.codes.intern(packed_);
  if (label.empty()) {
    known.add(value, code);
  }
  return code;
}

void Mapper::add_parties(const RecordDef& record, std::uint32_t signature) {
  batch_.uses_begin.push_back(static_cast<std::uint32_t>(batch_.party_uses.size()));
  for (const std::uint8_t number : record.parties) {
    const PartyField& field = profile_.party_fields[number];
    if (!fields_.has(field.slot) || !is_asked_for(field.role)) {
      continue;
    }
    fields_.each_link(field.slot, field.separator, [&](const Link& party, std::uint32_t group) {
      if (!profile_.is_nothing(party.text)) {
        batch_.party_uses.push_back(party_ref(number, party, group, signature));
      }
    });
  }
}

PartyRef Mapper::party_ref(std::uint8_t number, const Link& party, std::uint32_t group,
                           std::uint32_t signature) {
  const PartyField& field = profile_.party_fields[number];
  const Ref ref = reference(party.text);
  const PartyRef found{ref.id, table_of(field, party), number, ref.kind};
  if (context_.lists_people) {
    list_person(found, party.text, fields_.facet(field.slot, Facet::label, group), signature);
  }
  return found;
}

void Mapper::list_person(const PartyRef& party, std::string_view text, std::string_view label,
                         std::uint32_t signature) {
  if (party.kind == RefKind::hex && label.empty()) {
    return;  // An id is nobody's name.
  }
  packed_.assign(1, static_cast<char>(party.field));
  packed_.append(text).append(1, '\x1f').append(label).append(1, '\x1f');
  packed_.append(std::to_string(source_code(profile_, batch_, signature)));
  if (listed_people_.insert(packed_).second) {
    batch_.field_people.push_back({party, std::string(label), signature});
  }
}

/// The table that a reference to a party points into, by its link or by its text.
std::uint32_t Mapper::table_of(const PartyField& field, const Link& party) {
  if (const std::string_view table = party.table(); !table.empty()) {
    return batch_.tables.intern(table);
  }
  const std::string folded = field.tables.empty() ? std::string() : fold(party.text);
  for (const auto& [pattern, table] : field.tables) {
    if (pattern.matches(folded)) {
      return batch_.tables.intern(table);
    }
  }
  return 0;
}

void Mapper::add_item_relations(const RecordDef& record) {
  const Ref self = outer_items_.back();
  for (const std::uint32_t number : record.relations) {
    const RelationDef& def = profile_.relation_defs[number];
    const EndDef& other = def.from ? *def.from : *def.to;
    const auto add = [&](const Ref& ref, std::uint32_t group) {
      add_relation(number, def.from ? ref : self, def.from ? self : ref, group);
    };
    if (other.is_outer && outer_item().kind != RefKind::none) {
      add(outer_item(), 0);
    } else if (other.slot && fields_.has(*other.slot)) {
      fields_.each_link(*other.slot, other.separator, [&](const Link& link, std::uint32_t group) {
        if (!profile_.is_nothing(link.text)) {
          add(end(other, link.text), group);
        }
      });
    }
  }
}

// --- relations

Mapper::Ref Mapper::outer_item() const {
  const auto is_item = [](const Ref& ref) { return ref.kind == RefKind::item; };
  const std::span<const Ref> outer = std::span(outer_items_).first(depth_);
  const auto found = std::find_if(outer.rbegin(), outer.rend(), is_item);
  return found == outer.rend() ? Ref{} : *found;
}

Mapper::Ref Mapper::end(const EndDef& end, std::string_view text) {
  return end.implied ? implied_item(*end.implied, text) : reference(text);
}

std::vector<Mapper::Ref> Mapper::ends(const EndDef& def) {
  std::vector<Ref> all;
  if (def.is_outer) {
    all.push_back(outer_item());
  } else if (fields_.has(*def.slot)) {
    fields_.each_link(*def.slot, def.separator, [&](const Link& link, std::uint32_t) {
      if (!profile_.is_nothing(link.text)) {
        all.push_back(end(def, link.text));
      }
    });
  }
  return all;
}

/// An item of which nothing is known but its name, once a batch.
Mapper::Ref Mapper::implied_item(std::uint32_t record, std::string_view name) {
  const auto next = static_cast<std::uint32_t>(batch_.items.size());
  const auto [known, is_new] = implied_[record].try_emplace(std::string(name), next);
  if (is_new) {
    ItemRecord item;
    item.line = line_;
    std::tie(item.name_begin, item.name_size) = store(name);
    batch_.uses_begin.push_back(static_cast<std::uint32_t>(batch_.party_uses.size()));
    codes_.assign(profile_.coded.size() + 2, 0);
    codes_[0] = record;
    codes_[1] = batch_.classes.intern(profile_.records[record].implied_class);
    item.signature = number_of(codes_);
    batch_.items.push_back(item);
    if (profile_.records[record].implied_everywhere) {
      const auto [begin, size] = store(fold(name));
      batch_.correlations.push_back({next, {begin, size}});
    }
  }
  return {{.high = 0, .low = known->second}, RefKind::item};
}

void Mapper::add_relation(std::uint32_t number, Ref from, Ref to, std::uint32_t group) {
  const RelationDef& def = profile_.relation_defs[number];
  RelationRecord relation;
  relation.from = from.id;
  relation.from_kind = from.kind;
  relation.to = to.id;
  relation.to_kind = to.kind;
  relation.line = line_;
  if (def.row_id) {
    const Ref row = reference(fields_.link_text(*def.row_id, group));
    relation.row = row.id;
    relation.row_kind = row.kind;
  }
  relation.type = relation_type(number, group) & ((1U << RelationRecord::type_bits) - 1);
  batch_.has_text_ends |= from.kind == RefKind::text || to.kind == RefKind::text;
  batch_.relations.push_back(relation);
}

std::uint32_t Mapper::relation_type(std::uint32_t number, std::uint32_t group) {
  const RelationDef& def = profile_.relation_defs[number];
  const auto text_of = [&](const std::optional<Slot>& slot) {
    return slot ? fields_.link_text(*slot, group) : std::string_view();
  };
  const std::string_view type = text_of(def.type);
  const std::string_view label = def.type && fields_.has(*def.type)
                                     ? fields_.facet(*def.type, Facet::label, group)
                                     : std::string_view();
  const std::string_view source = text_of(def.source);
  const std::string_view from_class = text_of(def.from_class);
  const std::string_view to_class = text_of(def.to_class);
  const bool reversed =
      !def.reversed_when.empty() &&
      std::ranges::all_of(def.reversed_when, [&](const FieldTest& test) { return holds(test); });
  const bool is_plain =
      label.empty() && source.empty() && from_class.empty() && to_class.empty() && !reversed;
  TextNumbers& known = plain_types_[number];
  if (is_plain) {
    if (const auto found = known.find(type)) {
      return *found;
    }
  }
  packed_.clear();
  RelationText::pack(packed_, number, reversed, source, from_class, to_class);
  CodeText::pack(packed_, type, label);
  const std::uint32_t packed = batch_.relation_types.intern(packed_);
  if (is_plain) {
    known.add(type, packed);
  }
  return packed;
}

void Mapper::add_relation_rows(const RecordDef& record) {
  for (const std::uint32_t number : record.relations) {
    const RelationDef& def = profile_.relation_defs[number];
    if (!def.is_one_of || (!ends(*def.from).empty() && !ends(*def.to).empty())) {
      add_relation_row(number);
    }
  }
}

/// A relation between each thing that one end names and each that the other one does.
void Mapper::add_relation_row(std::uint32_t number) {
  const RelationDef& def = profile_.relation_defs[number];
  const auto is_single = [&](const EndDef& end) {
    const Cell* cell = end.slot ? fields_.first(*end.slot) : nullptr;
    return end.slot && end.separator.empty() && (cell == nullptr || cell->group == 0);
  };
  const auto single = [&](const EndDef& one) {
    const std::string_view text = fields_.link_text(*one.slot, 0);
    return profile_.is_nothing(text) ? Ref{} : end(one, text);
  };
  if (is_single(*def.from) && is_single(*def.to)) {
    const Ref from = single(*def.from);
    add_relation(number, from, single(*def.to), 0);
    return;
  }
  std::vector<Ref> from = ends(*def.from);
  std::vector<Ref> to = ends(*def.to);
  from.resize(std::max<std::size_t>(from.size(), 1));
  to.resize(std::max<std::size_t>(to.size(), 1));
  for (const Ref& one : from) {
    for (const Ref& other : to) {
      add_relation(number, one, other, 0);
    }
  }
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
  party.kind = static_cast<PartyKind>(
      meaning_of(record.party_kind).value_or(static_cast<std::uint8_t>(PartyKind::unknown)));
  party.source = record.source ? fields_.text(*record.source) : std::string_view();
  if (record.active && fields_.has(*record.active)) {
    party.active = !any_matches(record.inactive, fold(fields_.text(*record.active)));
  }
  if (const std::string_view text = record.until ? fields_.text(*record.until) : "";
      !profile_.is_nothing(text)) {
    party.until = parse_day(text, profile_.date_order).value_or("");
    if (party.until.empty()) {
      notice_unreadable_date(*record.until, "whether this party has left is not known by it");
    }
  }
  for (const Slot slot : record.leads) {
    if (fields_.has(slot)) {
      std::uint32_t leads = party.lead_count.value_or(0);
      fields_.each_link(slot, {}, [&](const Link& lead, std::uint32_t) {
        leads += lead.empty() ? 0U : 1U;
        if (party.text(PartyText::lead).empty()) {
          party.set(PartyText::lead, lead.text);
        }
      });
      party.lead_count = leads;
    }
  }
  if (record.title) {
    party.set(PartyText::title, fields_.text(*record.title));
  }
  party.set(PartyText::manager, reference_in(record.reports_to));
  for (const Slot slot : record.organisation) {
    if (party.text(PartyText::organisation).empty()) {
      party.set(PartyText::organisation, reference_in(slot));
    }
  }
  if (const auto employment = meaning_of(record.employment)) {
    party.employment = static_cast<Employment>(*employment);
  }
  party.set(PartyText::phone, fields_.text(record.phone));
  add_members(record, party);
  batch_.parties.push_back(std::move(party));
}

/// What a group says of its members, and a person of the groups.
void Mapper::add_members(const RecordDef& record, const PartyRecord& party) {
  const std::string& self = party.id.empty() ? party.name : party.id;
  const auto each = [&](std::span<const MemberDef> all, auto use) {
    for (const MemberDef& field : all) {
      if (is_asked_for(Input::members) && fields_.has(field.slot)) {
        fields_.each_link(field.slot, field.separator, [&](const Link& link, std::uint32_t) {
          if (!profile_.is_nothing(link.text)) {
            use(std::string(link.text));
          }
        });
      }
    }
  };
  each(record.members, [&](std::string member) {
    batch_.memberships.push_back({self, std::move(member), party.source});
  });
  each(record.member_of, [&](std::string group) {
    batch_.memberships.push_back({std::move(group), self, party.source});
  });
}

void Mapper::add_membership(const RecordDef& record) {
  if (is_asked_for(Input::members)) {
    std::string group = reference_in(record.group);
    std::string member = reference_in(record.member);
    if (!group.empty() && !member.empty()) {
      batch_.memberships.push_back({std::move(group), std::move(member), {}});
    }
  }
}

/// The first that a field refers to; empty where it refers to nothing.
std::string Mapper::reference_in(std::optional<Slot> slot) {
  std::string found;
  if (slot && fields_.has(*slot)) {
    fields_.each_link(*slot, {}, [&](const Link& link, std::uint32_t) {
      found = found.empty() && !profile_.is_nothing(link.text) ? std::string(link.text) : found;
    });
  }
  return found;
}

/// What the first case that gives a meaning makes of the record; nothing when none does.
std::optional<std::uint8_t> Mapper::meaning_of(std::span<const Case> cases) {
  for (const Case& one : cases) {
    if (one.kind == Case::Kind::constant) {
      return one.constant;
    }
    const Slot slot = profile_.coded[one.code];
    const std::string_view written = fields_.text(slot);
    const std::string folded = fold(written);
    for (const auto& [pattern, meaning] : one.values) {
      if (pattern.matches(folded)) {
        return meaning;
      }
    }
    if (!folded.empty()) {
      notice("unmapped-value",
             fmt::format("profile '{}' has no meaning for the value {} of '{}'", profile_.id,
                         quoted(written), profile_.fields[slot]),
             line_, 1, profile_.fields[slot]);
    }
  }
  return std::nullopt;
}

void Mapper::add_assignments(const RecordDef& record) {
  batch_.assigned.set(*record.assigns);
  ++batch_.assignment_records;
  const auto role = meaning_of(record.role);
  const PartyField& field = profile_.party_fields[record.parties[role.value_or(0)]];
  if (!role || !fields_.has(field.slot) || !is_asked_for(field.role)) {
    return;
  }
  for (const Ref& item : ends(*record.assigned_item)) {
    fields_.each_link(field.slot, field.separator, [&](const Link& party, std::uint32_t group) {
      if (!profile_.is_nothing(party.text)) {
        batch_.assignments.push_back(
            {item.id, party_ref(record.parties[*role], party, group, FieldPerson::no_signature),
             item.kind, line_});
      }
    });
  }
}

void Mapper::add_type_name(const RecordDef& record) {
  batch_.type_names.emplace_back(to_lower(fields_.text(record.id)), fields_.text(record.name));
}

void Mapper::add_class(const RecordDef& record) {
  ClassRecord found{.id = std::string(fields_.text(record.id)),
                    .name = std::string(fields_.text(record.name)),
                    .label = std::string(fields_.text(record.label)),
                    .extends = std::string(fields_.link_text(*record.extends, 0))};
  if (!found.name.empty()) {
    batch_.classes_described.push_back(std::move(found));
  }
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

void Mapper::notice(const char* kind, std::string message, std::uint64_t line, std::uint64_t count,
                    std::string field) {
  for (Notice& known : batch_.notices) {
    if (known.kind == kind && known.message == message) {
      known.count += count;
      return;
    }
  }
  batch_.notices.push_back(
      {kind, std::move(message), {context_.path, line}, count, std::move(field)});
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
