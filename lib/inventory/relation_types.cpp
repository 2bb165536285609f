#include "inventory/relation_types.h"

#include <fmt/format.h>

#include <utility>

namespace tierline {

RelationTypes::RelationTypes(const Collected& in, InventoryDraft& out) : in_(in), out_(out) {
  for (const ScopedText& type : in_.relation_types) {
    const Meaning& meaning = *in_.profiles[type.profile];
    RelationMeaning described = meaning.relation(type.text, in_.type_names[type.profile]);
    sources_.push_back(described.source.empty() ? type.source
                                                : out_.source_number(described.source));
    numbers_.push_back(out_number(described.type, described.known));
    meanings_.push_back(std::move(described));
  }
}

void RelationTypes::report(const ItemNumbers& items) const {
  struct Seen {
    std::size_t first = 0;
    std::uint64_t count = 0;
  };
  std::map<std::string, Seen> odd;
  for (std::size_t i = 0; i < in_.relations.size(); ++i) {
    const std::string& notice = meanings_[in_.relations[i].type].notice;
    if (!notice.empty()) {
      ++odd.try_emplace(notice, Seen{i, 0}).first->second.count;
    }
  }
  const auto end_of = [&](const Id128& id, RefKind kind) {
    return kind == RefKind::item
               ? out_.label(ItemId{items.item_of(static_cast<std::uint32_t>(id.low))})
               : out_.reference_text(id, kind);
  };
  for (const auto& [notice, seen] : odd) {
    const RelationRecord& first = in_.relations[seen.first];
    out_.add_notice(
        {"relation-type-mismatch",
         fmt::format("{} (first from '{}' to '{}')", notice, end_of(first.from, first.from_kind),
                     end_of(first.to, first.to_kind)),
         {out_.inputs_[Collected::file_of(in_.relation_segments, seen.first)].path, first.line},
         seen.count});
  }
}

RelationReading RelationTypes::reading(std::uint32_t type, std::uint32_t from, std::uint32_t to) {
  const RelationMeaning& meaning = meanings_[type];
  if (meaning.reading) {
    return *meaning.reading;
  }
  const auto class_of = [&](std::uint32_t end, const std::string& said) -> const std::string& {
    return end < ambiguous ? out_.class_names_[out_.class_[end]] : said;
  };
  const std::string& from_class = class_of(from, meaning.from_class);
  const std::string& to_class = class_of(to, meaning.to_class);
  const auto [known, is_new] = readings_.try_emplace({type, from_class, to_class});
  if (is_new) {
    const ScopedText& scoped = in_.relation_types[type];
    known->second =
        in_.profiles[scoped.profile]->reading(scoped.text, meaning.type, from_class, to_class);
  }
  return known->second;
}

std::uint16_t RelationTypes::out_number(const std::string& name, bool known) {
  const auto next = static_cast<std::uint16_t>(out_.relation_types_.size());
  if (next == UINT16_MAX - 1 && !out_numbers_.contains(name)) {
    return out_number("(further types)", false);
  }
  const auto [entry, is_new] = out_numbers_.try_emplace(name, next);
  if (is_new) {
    out_.relation_types_.push_back({name, known});
  }
  return entry->second;
}

}  // namespace tierline
