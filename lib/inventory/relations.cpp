// From relation records to relations: ends become items, types get a meaning and a direction.

#include <fmt/format.h>

#include <algorithm>

#include "inventory/builder.h"
#include "inventory/id128.h"
#include "support/parallel.h"
#include "support/text.h"

namespace tierline {

void InventoryBuilder::describe_relation_types() {
  for (const Scoped& type : relation_types_) {
    const Meaning& meaning = *profiles_[type.profile];
    RelationMeaning described = meaning.relation(type.text, type_names_[type.profile]);
    type_sources_.push_back(described.source.empty() ? type.source
                                                     : source_number(described.source));
    out_types_.push_back(relation_type_number(described.type, described.known));
    meanings_.push_back(std::move(described));
  }
  indexes_.resize(out_.sources_.size());
}

/// What is odd about types, with the first relation that has one.
void InventoryBuilder::report_relation_types() {
  struct Seen {
    std::size_t first = 0;
    std::uint64_t count = 0;
  };
  std::map<std::string, Seen> odd;
  for (std::size_t i = 0; i < relations_.size(); ++i) {
    const std::string& notice = meanings_[relations_[i].type].notice;
    if (!notice.empty()) {
      ++odd.try_emplace(notice, Seen{i, 0}).first->second.count;
    }
  }
  const auto end_of = [&](const Id128& id, RefKind kind) {
    return kind == RefKind::item ? out_.label(ItemId{item_of_record_[id.low]})
                                 : reference_text(id, kind);
  };
  for (const auto& [notice, seen] : odd) {
    const RelationRecord& first = relations_[seen.first];
    add_notice({"relation-type-mismatch",
                fmt::format("{} (first from '{}' to '{}')", notice,
                            end_of(first.from, first.from_kind), end_of(first.to, first.to_kind)),
                {out_.inputs_[file_of(relation_segments_, seen.first)].path, first.line},
                seen.count});
  }
}

/// Names are needed only where references are texts that are no ids.
void InventoryBuilder::index_names() {
  describe_relation_types();
  std::vector<std::uint8_t> needed(indexes_.size());
  for (const RelationRecord& relation : relations_) {
    if (relation.from_kind == RefKind::text || relation.to_kind == RefKind::text) {
      needed[type_sources_[relation.type]] = 1;
    }
  }
  for (std::size_t i = 0; i < assignments_.size(); ++i) {
    if (assignments_[i].item_kind == RefKind::text) {
      needed[files_[file_of(assignment_segments_, i)].source] = 1;
    }
  }
  const auto add = [](auto& map, auto key, std::uint32_t item) {
    const auto [entry, is_new] = map.try_emplace(std::move(key), item);
    entry->second = is_new || entry->second == item ? item : ambiguous;
  };
  for (const ItemId id : out_.items()) {
    const std::uint32_t item = index_of(id);
    if (needed[out_.source_[item]] == 0 || out_.name_size_[item] == 0) {
      continue;
    }
    SourceIndex& index = indexes_[out_.source_[item]];
    add(index.by_name, out_.name(id), item);
    add(index.by_class_and_name, out_.class_name(id) + '\x1f' + std::string(out_.name(id)), item);
  }
  for (const ItemText& alias : aliases_) {
    const std::uint32_t item = item_of_record_[alias.item];
    SourceIndex& index = indexes_[signatures_[items_[alias.item].signature].source];
    add(index.by_name, stored(alias.text), item);
    add(index.by_class_and_name,
        out_.class_name(ItemId{item}) + '\x1f' + std::string(stored(alias.text)), item);
  }
}

std::uint32_t InventoryBuilder::resolve(const Id128& id, RefKind kind, std::uint16_t source,
                                        const std::string& class_name) const {
  const auto look_up = [](const auto& map, const auto& key) {
    const auto found = map.find(key);
    return found == map.end() ? nothing : found->second;
  };
  const SourceIndex& index = indexes_[source];
  switch (kind) {
    case RefKind::none:
      return nothing;
    case RefKind::item:
      return item_of_record_[id.low];
    case RefKind::hex:
      return look_up(index.by_id, id);
    case RefKind::text:
      break;
  }
  const std::string_view text = stored(id);
  std::uint32_t item = look_up(index.by_text_id, text);
  if (item == nothing && !class_name.empty()) {
    item = look_up(index.by_class_and_name, class_name + '\x1f' + std::string(text));
  }
  return item == nothing ? look_up(index.by_name, text) : item;
}

void InventoryBuilder::resolve_relations() {
  report_relation_types();
  note_tiers();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends(relations_.size());
  parallel_ranges(relations_.size(), options_.jobs, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const RelationRecord& relation = relations_[i];
      const RelationMeaning& meaning = meanings_[relation.type];
      const std::uint16_t source = type_sources_[relation.type];
      ends[i] = {resolve(relation.from, relation.from_kind, source, meaning.from_class),
                 resolve(relation.to, relation.to_kind, source, meaning.to_class)};
    }
  });
  for (std::size_t i = 0; i < relations_.size(); ++i) {
    add_relation(i, ends[i].first, ends[i].second);
  }
}

/// Whether a field names an item of a tier that it is not about: a server's parent, for example.
bool InventoryBuilder::is_beside_the_point(const std::vector<Tier>& tiers, std::uint32_t end,
                                           std::uint16_t source) const {
  if (tiers.empty() || end == ambiguous) {
    return false;
  }
  if (end == nothing) {
    return std::ranges::none_of(tiers, [&](Tier tier) {
      return (tiers_of_source_[source] >> static_cast<unsigned>(tier) & 1U) != 0;
    });
  }
  return std::ranges::find(tiers, out_.tier_[end]) == tiers.end();
}

void InventoryBuilder::note_tiers() {
  tiers_of_source_.resize(out_.sources_.size());
  for (const ItemId item : out_.items()) {
    tiers_of_source_[out_.source_of(item)] |=
        static_cast<std::uint8_t>(1U << static_cast<unsigned>(out_.tier(item)));
  }
}

/// Whether the item at the other end has stated the same row.
bool InventoryBuilder::is_stated_before(const RelationRecord& record, std::uint32_t from,
                                        std::uint32_t to) {
  return record.row_kind != RefKind::none &&
         !stated_
              .emplace(type_sources_[record.type], out_types_[record.type], from, to,
                       reference_text(record.row, record.row_kind))
              .second;
}

void InventoryBuilder::add_relation(std::size_t number, std::uint32_t from, std::uint32_t to) {
  const RelationRecord& record = relations_[number];
  const RelationMeaning& meaning = meanings_[record.type];
  const std::uint16_t source = type_sources_[record.type];
  if (is_beside_the_point(meaning.from_tiers, from, source) ||
      is_beside_the_point(meaning.to_tiers, to, source) ||
      (meaning.is_listed && is_stated_before(record, from, to))) {
    return;
  }
  const RelationReading reading =
      meaning.reading ? *meaning.reading : read_relation(record.type, from, to);
  Relation relation;
  relation.type = out_types_[record.type];
  relation.kind = reading.kind;
  relation.reversed = reading.reversed;
  relation.membership = reading.membership;
  relation.is_row = meaning.is_row;
  relation.has_row_id = record.row_kind != RefKind::none;
  relation.from = from < ambiguous ? ItemId{from} : no_item;
  relation.to = to < ambiguous ? ItemId{to} : no_item;
  if (reading.reversed) {
    std::swap(relation.from, relation.to);
  }
  const RelationId id{static_cast<std::uint32_t>(out_.relations_.size())};
  const std::uint32_t file = file_of(relation_segments_, number);
  out_.relations_.push_back(relation);
  out_.row_id_.push_back(record.row);
  out_.row_id_is_hex_.push_back(record.row_kind == RefKind::hex ? 1 : 0);
  out_.relation_source_.push_back(source);
  out_.relation_file_.push_back(file);
  out_.relation_line_.push_back(record.line);
  note_unresolved(id, from, record.from, record.from_kind, !reading.reversed);
  note_unresolved(id, to, record.to, record.to_kind, reading.reversed);
  if (meaning.gives_facing && from < ambiguous && to < ambiguous) {
    facing_parents_.emplace_back(to, from);
  } else if (meaning.gives_facing && from == nothing && record.from_kind != RefKind::none &&
             to < ambiguous) {
    missing_parents_.insert(to);
  }
}

void InventoryBuilder::note_unresolved(RelationId relation, std::uint32_t end, const Id128& id,
                                       RefKind kind, bool is_from) {
  if (end < ambiguous) {
    return;
  }
  const std::string text = reference_text(id, kind);
  const Unresolved reason = kind == RefKind::none ? Unresolved::empty
                            : end == ambiguous    ? Unresolved::ambiguous
                                                  : Unresolved::missing;
  if (reason == Unresolved::ambiguous) {
    add_notice({"ambiguous-reference",
                fmt::format("'{}' names several items: a relation with it is left out", text),
                out_.place(relation)});
  }
  out_.unresolved_.push_back({relation, is_from, reason, text, {}});
}

/// A reference as the export writes it.
std::string InventoryBuilder::reference_text(const Id128& id, RefKind kind) const {
  return kind == RefKind::hex    ? to_hex(id)
         : kind == RefKind::text ? std::string(stored(id))
                                 : std::string();
}

/// Kind and direction of a relation that depends on its ends, worked out once for each combination.
RelationReading InventoryBuilder::read_relation(std::uint32_t type, std::uint32_t from,
                                                std::uint32_t to) {
  const RelationMeaning& meaning = meanings_[type];
  const auto class_of = [&](std::uint32_t end, const std::string& said) -> const std::string& {
    return end < ambiguous ? out_.class_names_[out_.class_[end]] : said;
  };
  const std::string& from_class = class_of(from, meaning.from_class);
  const std::string& to_class = class_of(to, meaning.to_class);
  const auto [known, is_new] = readings_.try_emplace({type, from_class, to_class});
  if (is_new) {
    const Scoped& scoped = relation_types_[type];
    known->second =
        profiles_[scoped.profile]->reading(scoped.text, meaning.type, from_class, to_class);
  }
  return known->second;
}

std::uint16_t InventoryBuilder::relation_type_number(const std::string& name, bool known) {
  const auto next = static_cast<std::uint16_t>(out_.relation_types_.size());
  if (next == UINT16_MAX - 1 && !out_type_numbers_.contains(name)) {
    return relation_type_number("(further types)", false);
  }
  const auto [entry, is_new] = out_type_numbers_.try_emplace(name, next);
  if (is_new) {
    out_.relation_types_.push_back({name, known});
  }
  return entry->second;
}

/// Gives items their parent's facing, where it is theirs: a parent may itself have to ask its own.
void InventoryBuilder::hand_down_facing() {
  std::map<std::uint32_t, std::uint32_t> parent;
  for (const auto& [item, from] : facing_parents_) {
    if (facing_from_parent_[item] != 0) {
      const auto [entry, is_new] = parent.try_emplace(item, from);
      if (!is_new && out_.comes_before(ItemId{from}, ItemId{entry->second})) {
        entry->second = from;
      }
    }
  }
  for (const auto& [item, first] : parent) {
    std::uint32_t above = first;
    for (std::size_t steps = 0; steps < 64 && facing_from_parent_[above] != 0; ++steps) {
      const auto next = parent.find(above);
      if (next == parent.end()) {
        break;
      }
      above = next->second;
    }
    out_.facing_[item] = out_.facing_[above];
    if (facing_from_parent_[above] != 0 && missing_parents_.contains(above)) {
      missing_parents_.insert(item);
    }
  }
  for (const std::uint32_t item : missing_parents_) {
    if (facing_from_parent_[item] != 0 && out_.facing_[item] == Facing::unknown) {
      out_.without_parent_.push_back(ItemId{item});
    }
  }
}

/// In estates where a supporting service serves the systems and components that it contains, these
/// rely on it, and not the other way round.
void InventoryBuilder::mark_served() {
  for (Relation& relation : out_.relations_) {
    if (relation.kind != RelationKind::contains || relation.from == no_item ||
        relation.to == no_item) {
      continue;
    }
    const std::uint32_t record = record_of_item_[index_of(relation.from)];
    const Meaning& meaning = *profiles_[signatures_[items_[record].signature].profile];
    const Tier below = out_.tier(relation.to);
    relation.membership =
        relation.membership || (meaning.supporting_serves() && out_.is_service(relation.from) &&
                                out_.facing(relation.from) == Facing::supporting &&
                                (below == Tier::system || below == Tier::component));
  }
}

}  // namespace tierline
