#include "mapping/item_mapper.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "profile/packed_text.h"
#include "support/id128.h"
#include "support/money.h"
#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {

ItemMapper::ItemMapper(RowContext& row, PartyReferences& parties)
    : row_(row), parties_(parties), codes_by_text_(row.profile.coded.size()) {}

std::string_view ItemMapper::class_of(const RecordDef& record, std::string_view class_name) const {
  const std::string_view own = row_.fields.text(record.of<ItemDef>().item_class);
  return own.empty() ? class_name : own;
}

bool ItemMapper::is_usable(const RecordDef& record) const {
  return !row_.fields.text(record.id).empty() || !row_.fields.text(record.name).empty();
}

Ref ItemMapper::add(const RecordDef& record, std::string_view item_class) {
  const auto& def = record.of<ItemDef>();
  ItemRecord item;
  item.line = row_.line;
  const Ref ref = row_.reference(row_.fields.text(record.id));
  item.id = ref.id;
  item.id_kind = ref.kind;
  item.set_name(row_.store(row_.fields.text(record.name)));
  item.signature = signature(record, item_class);
  item.updated = updated(def);
  add_parties(record, item.signature);
  row_.batch.items.push_back(item);
  add_texts(record, def);
  add_cost(def);
  add_details(def);
  add_strong_keys(def);
  add_vendor_and_link(def);
  return {{.high = 0, .low = row_.batch.items.size() - 1}, RefKind::item};
}

std::uint32_t ItemMapper::updated(const ItemDef& def) {
  const std::string_view text = def.updated ? row_.fields.text(*def.updated) : "";
  const std::uint32_t seconds = parse_seconds(text, row_.profile.date_order);
  if (seconds == 0 && !row_.profile.is_nothing(text)) {
    row_.notice_unreadable_date(*def.updated, "the record counts as the oldest");
  }
  return seconds;
}

/// What else it is called, here and in other sources.
void ItemMapper::add_texts(const RecordDef& record, const ItemDef& def) {
  const auto number = static_cast<std::uint32_t>(row_.batch.items.size() - 1);
  for (const Slot slot : record.aliases) {
    if (!row_.fields.has(slot)) {
      continue;
    }
    row_.fields.each_reference(slot, {}, [&](const FieldReference& alias, std::uint32_t) {
      if (!alias.empty()) {
        row_.batch.aliases.push_back({number, row_.store(alias.text)});
      }
    });
  }
  if (def.correlation && !row_.profile.is_nothing(row_.fields.text(*def.correlation))) {
    row_.batch.correlations.push_back(
        {number, row_.store(fold(row_.fields.text(*def.correlation)))});
  }
}

void ItemMapper::add_cost(const ItemDef& def) {
  if (!def.cost) {
    return;
  }
  const std::string_view text = row_.fields.text(def.cost->amount);
  auto cost = parse_money(text, def.cost->decimal_comma ? ',' : '.');
  if (!cost) {
    if (!text.empty()) {
      row_.notice("unreadable-cost",
                  fmt::format("what stands in '{}' is no amount of money: the item has no cost",
                              row_.profile.fields[def.cost->amount]),
                  row_.line);
    }
    return;
  }
  if (cost->currency.empty() && def.cost->currency_field) {
    cost->currency = row_.fields.text(*def.cost->currency_field);
  }
  if (cost->currency.empty()) {
    cost->currency = def.cost->currency;
  }
  row_.batch.costs.push_back(
      {static_cast<std::uint32_t>(row_.batch.items.size() - 1), std::move(*cost)});
}

void ItemMapper::add_details(const ItemDef& def) {
  const auto item = static_cast<std::uint32_t>(row_.batch.items.size() - 1);
  for (const DetailDef& detail : def.details) {
    std::uint32_t greatest = 0;
    for (const Slot slot : detail.slots) {
      if (row_.is_asked_for(detail.input) && row_.fields.has(slot)) {
        greatest = std::max(greatest, measure(detail, slot));
      }
    }
    if (greatest > 0) {
      row_.batch.details.push_back({item, greatest, detail.input});
    }
  }
}

/// What a field says of a detail; 0 where it says nothing.
std::uint32_t ItemMapper::measure(const DetailDef& detail, Slot slot) {
  const std::string_view text = row_.fields.text(slot);
  std::uint32_t value = 0;
  switch (detail.form) {
    case DetailDef::Form::day:
      value = parse_days(text, row_.profile.date_order);
      if (value == 0 && !row_.profile.is_nothing(text)) {
        row_.notice_unreadable_date(slot, "it counts as empty");
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
      row_.fields.each_reference(slot, detail.separator,
                                 [&](const FieldReference& reference, std::uint32_t) {
                                   value += row_.profile.is_nothing(reference.text) ? 0U : 1U;
                                 });
      break;
    case DetailDef::Form::number:
      std::from_chars(text.data(), text.data() + text.size(), value);
      break;
  }
  return value;
}

void ItemMapper::add_strong_keys(const ItemDef& def) {
  const auto item = static_cast<std::uint32_t>(row_.batch.items.size() - 1);
  for (const Slot slot : def.strong_keys) {
    if (const std::string_view text = row_.fields.text(slot);
        row_.is_asked_for(RuleInput::strong_keys) && !row_.profile.is_nothing(text)) {
      row_.batch.strong_keys.push_back({item, row_.store(fold(text))});
    }
  }
}

/// Of a vendor that is a reference, what it is called: an id says nothing.
void ItemMapper::add_vendor_and_link(const ItemDef& def) {
  const auto item = static_cast<std::uint32_t>(row_.batch.items.size() - 1);
  if (!def.vendor.empty() && row_.is_asked_for(RuleInput::vendor)) {
    for (const Slot slot : def.vendor) {
      const std::string_view label = row_.fields.facet(slot, Facet::label, 0);
      const std::string_view text = label.empty() ? row_.fields.text(slot) : label;
      if (!row_.profile.is_nothing(text) && !parse_id128(text)) {
        row_.batch.vendors.push_back({item, row_.store(text)});
        break;
      }
    }
  }
  if (!def.link.empty() && row_.is_asked_for(RuleInput::link)) {
    if (const std::string_view text = row_.fields.text(def.link); !row_.profile.is_nothing(text)) {
      row_.batch.links.push_back({item, row_.store(text)});
    }
  }
}

std::uint32_t ItemMapper::signature(const RecordDef& record, std::string_view class_name) {
  const auto record_number = static_cast<std::uint32_t>(&record - row_.profile.records.data());
  if (group_ == nullptr || group_->first.first != record_number ||
      row_.batch.classes[group_->first.second] != class_name) {
    group_ =
        &*row_.batch.present.try_emplace({record_number, row_.batch.classes.intern(class_name)})
              .first;
  }
  group_->second |= row_.fields.present();
  codes_.assign({record_number, group_->first.second});
  for (std::size_t i = 0; i < row_.profile.coded.size(); ++i) {
    codes_.push_back(code(i));
  }
  return number_of(codes_);
}

/// The number of a signature: the kind of record, the class, and then the codes.
std::uint32_t ItemMapper::number_of(std::span<const std::uint32_t> signature) {
  const std::string_view bytes(reinterpret_cast<const char*>(signature.data()),
                               signature.size_bytes());
  if (const auto known = signature_numbers_.find(bytes); known != signature_numbers_.end()) {
    return known->second;
  }
  const auto number = static_cast<std::uint32_t>(row_.batch.signatures.size());
  signature_numbers_.emplace(std::string(bytes), number);
  row_.batch.signatures.push_back(
      {signature[0], signature[1], {signature.begin() + 2, signature.end()}});
  return number;
}

std::uint32_t ItemMapper::code(std::size_t number) {
  const Slot slot = row_.profile.coded[number];
  const Cell* cell = row_.fields.first(slot);
  if (cell == nullptr) {
    return 0;
  }
  const std::string_view value = row_.fields.text(slot);
  const std::string_view label = cell->facet != Facet::text && cell->group == 0
                                     ? row_.fields.facet(slot, Facet::label, 0)
                                     : "";
  TextNumbers& known = codes_by_text_[number];
  if (label.empty()) {
    if (const auto found = known.find(value)) {
      return *found;
    }
  }
  row_.scratch.clear();
  CodeText::pack(row_.scratch, value, label);
  const std::uint32_t code = row_.batch.codes.intern(row_.scratch);
  if (label.empty()) {
    known.add(value, code);
  }
  return code;
}

void ItemMapper::add_parties(const RecordDef& record, std::uint32_t signature) {
  row_.batch.responsibilities_begin.push_back(
      static_cast<std::uint32_t>(row_.batch.responsibilities.size()));
  for (const std::uint8_t number : record.parties) {
    const PartyField& field = row_.profile.party_fields[number];
    if (!row_.fields.has(field.slot) || !row_.is_asked_for(field.role)) {
      continue;
    }
    row_.fields.each_reference(
        field.slot, field.separator, [&](const FieldReference& party, std::uint32_t group) {
          if (!row_.profile.is_nothing(party.text)) {
            row_.batch.responsibilities.push_back(parties_.of(number, party, group, signature));
          }
        });
  }
}

/// An item of which nothing is known but its name, once a batch.
Ref ItemMapper::implied(std::uint32_t record, std::string_view name) {
  const auto next = static_cast<std::uint32_t>(row_.batch.items.size());
  const auto [known, is_new] = implied_[record].try_emplace(std::string(name), next);
  if (is_new) {
    const auto& def = row_.profile.item(record);
    ItemRecord item;
    item.line = row_.line;
    item.set_name(row_.store(name));
    row_.batch.responsibilities_begin.push_back(
        static_cast<std::uint32_t>(row_.batch.responsibilities.size()));
    codes_.assign(row_.profile.coded.size() + 2, 0);
    codes_[0] = record;
    codes_[1] = row_.batch.classes.intern(def.implied_class);
    item.signature = number_of(codes_);
    row_.batch.items.push_back(item);
    if (def.implied_everywhere) {
      row_.batch.correlations.push_back({next, row_.store(fold(name))});
    }
  }
  return {{.high = 0, .low = known->second}, RefKind::item};
}

}  // namespace tierline
