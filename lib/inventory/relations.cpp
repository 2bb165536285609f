#include "inventory/relations.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "support/parallel.h"

namespace tierline {

Relations::Relations(const Collected& in, InventoryDraft& out, const ItemNumbers& numbers,
                     RelationTypes& types, unsigned jobs)
    : in_(in), out_(out), numbers_(numbers), types_(types) {
  types_.report(numbers_);
  note_tiers();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends(in_.relations.size());
  parallel_ranges(in_.relations.size(), jobs, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const RelationRecord& relation = in_.relations[i];
      const RelationMeaning& meaning = types_.meaning(relation.type);
      const std::uint16_t source = types_.source(relation.type);
      ends[i] = {numbers_.resolve(relation.from, relation.from_kind, source, meaning.from_class),
                 numbers_.resolve(relation.to, relation.to_kind, source, meaning.to_class)};
    }
  });
  for (std::size_t i = 0; i < in_.relations.size(); ++i) {
    add(i, ends[i].first, ends[i].second);
  }
}

/// Whether a field names an item of a tier that it is not about: a server's parent, for example.
bool Relations::is_beside_the_point(const std::vector<Tier>& tiers, std::uint32_t end,
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

void Relations::note_tiers() {
  tiers_of_source_.resize(out_.sources_.size());
  for (const ItemId item : out_.items()) {
    tiers_of_source_[out_.source_of(item)] |=
        static_cast<std::uint8_t>(1U << static_cast<unsigned>(out_.tier(item)));
  }
}

/// Whether the item at the other end has stated the same row.
bool Relations::is_stated_before(const RelationRecord& record, std::uint32_t from,
                                 std::uint32_t to) {
  return record.row_kind != RefKind::none &&
         !stated_
              .emplace(types_.source(record.type), types_.number(record.type), from, to,
                       out_.reference_text(record.row, record.row_kind))
              .second;
}

void Relations::add(std::size_t number, std::uint32_t from, std::uint32_t to) {
  const RelationRecord& record = in_.relations[number];
  const RelationMeaning& meaning = types_.meaning(record.type);
  const std::uint16_t source = types_.source(record.type);
  if (is_beside_the_point(meaning.from_tiers, from, source) ||
      is_beside_the_point(meaning.to_tiers, to, source) ||
      (meaning.is_listed && is_stated_before(record, from, to))) {
    return;
  }
  const RelationReading reading = types_.reading(record.type, from, to);
  Relation relation;
  relation.type = types_.number(record.type);
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
  const std::uint32_t file = Collected::file_of(in_.relation_segments, number);
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

void Relations::note_unresolved(RelationId relation, std::uint32_t end, const Id128& id,
                                RefKind kind, bool is_from) {
  if (end < ambiguous) {
    return;
  }
  const std::string text = out_.reference_text(id, kind);
  const Unresolved reason = kind == RefKind::none ? Unresolved::empty
                            : end == ambiguous    ? Unresolved::ambiguous
                                                  : Unresolved::missing;
  if (reason == Unresolved::ambiguous) {
    out_.add_notice({"ambiguous-reference",
                     fmt::format("'{}' names several items: a relation with it is left out", text),
                     out_.place(relation)});
  }
  out_.unresolved_.push_back({relation, is_from, reason, text, {}});
}

void Relations::hand_down_facing(const Items& items) {
  std::map<std::uint32_t, std::uint32_t> parent;
  for (const auto& [item, from] : facing_parents_) {
    if (items.faces_as_parent(item)) {
      const auto [entry, is_new] = parent.try_emplace(item, from);
      if (!is_new && out_.comes_before(ItemId{from}, ItemId{entry->second})) {
        entry->second = from;
      }
    }
  }
  for (const auto& [item, first] : parent) {
    std::uint32_t above = first;
    for (std::size_t steps = 0; steps < 64 && items.faces_as_parent(above); ++steps) {
      const auto next = parent.find(above);
      if (next == parent.end()) {
        break;
      }
      above = next->second;
    }
    out_.facing_[item] = out_.facing_[above];
    if (items.faces_as_parent(above) && missing_parents_.contains(above)) {
      missing_parents_.insert(item);
    }
  }
  for (const std::uint32_t item : missing_parents_) {
    if (items.faces_as_parent(item) && out_.facing_[item] == Facing::unknown) {
      out_.without_parent_.push_back(ItemId{item});
    }
  }
}

void Relations::mark_served(const ItemTraits& traits) {
  for (Relation& relation : out_.relations_) {
    if (relation.kind != RelationKind::contains || relation.from == no_item ||
        relation.to == no_item) {
      continue;
    }
    const std::uint32_t record = numbers_.record_of(index_of(relation.from));
    const Meaning& meaning = *in_.profiles[traits.signature_of(record).profile];
    const Tier below = out_.tier(relation.to);
    relation.membership =
        relation.membership || (meaning.supporting_serves() && out_.is_service(relation.from) &&
                                out_.facing(relation.from) == Facing::supporting &&
                                (below == Tier::system || below == Tier::component));
  }
}

}  // namespace tierline
