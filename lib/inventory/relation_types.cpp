#include "inventory/relation_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "support/quote.h"

namespace tierline {

RelationTypes::RelationTypes(const Collected& in, InventoryAssembly& out) : in_(in), out_(out) {
  for (const ScopedText& type : in_.relation_types) {
    const ProfileSemantics& semantics = *in_.profiles[type.profile];
    RelationSemantics described = semantics.relation(type.text, in_.type_names[type.profile]);
    sources_.push_back(described.source.empty() ? type.source
                                                : out_.source_number(described.source));
    type_numbers_.push_back(out_number(described.type, described.known));
    semantics_.push_back(std::move(described));
  }
}

void RelationTypes::report(const ItemIndex& items) const {
  struct Seen {
    CollectedRelation first;
    std::uint32_t file = 0;
    std::uint64_t count = 0;
  };
  const auto is_odd = [](const RelationSemantics& semantics) { return !semantics.notice.empty(); };
  if (std::ranges::none_of(semantics_, is_odd)) {
    return;
  }
  std::map<std::string, Seen> odd;
  for (const RelationGroup& group : in_.relation_groups) {
    for (std::size_t i = 0; i < group.size(); ++i) {
      const CollectedRelation record = group[i];
      if (const RelationSemantics& semantics = semantics_[record.type]; is_odd(semantics)) {
        ++odd.try_emplace(semantics.notice, Seen{record, group.file, 0}).first->second.count;
      }
    }
  }
  for (const auto& [notice, seen] : odd) {
    const CollectedRelation& first = seen.first;
    out_.add_notice({"relation-type-mismatch",
                     fmt::format("{} (first from {} to {})", notice,
                                 quoted(items.said(first.from, first.from_kind)),
                                 quoted(items.said(first.to, first.to_kind))),
                     {out_.columns.inputs[seen.file].path, first.line},
                     seen.count});
  }
}

RelationInterpretation RelationTypes::interpretation(std::uint32_t type, std::uint32_t from,
                                                     std::uint32_t to) {
  const RelationSemantics& semantics = semantics_[type];
  if (semantics.interpretation) {
    return *semantics.interpretation;
  }
  const auto class_of = [&](std::uint32_t end, const std::string& said) -> const std::string& {
    return end < ambiguous ? out_.columns.class_names[out_.columns.item_class[end]] : said;
  };
  const std::string& from_class = class_of(from, semantics.from_class);
  const std::string& to_class = class_of(to, semantics.to_class);
  const std::scoped_lock lock(interpreting_);
  const auto [known, is_new] = interpretations_.try_emplace({type, from_class, to_class});
  if (is_new) {
    const ScopedText& scoped = in_.relation_types[type];
    known->second = in_.profiles[scoped.profile]->interpretation(scoped.text, semantics.type,
                                                                 from_class, to_class);
  }
  return known->second;
}

std::uint16_t RelationTypes::out_number(const std::string& name, bool known) {
  const auto next = static_cast<std::uint16_t>(out_.columns.relation_types.size());
  if (next == UINT16_MAX - 1 && !out_numbers_.contains(name)) {
    return out_number("(further types)", false);
  }
  const auto [entry, is_new] = out_numbers_.try_emplace(name, next);
  if (is_new) {
    out_.columns.relation_types.push_back({name, known});
  }
  return entry->second;
}

}  // namespace tierline
