#include "inventory/relations.h"

#include <algorithm>
#include <map>

#include "support/give_back_memory.h"
#include "support/parallel.h"
#include "support/quote.h"

namespace tierline {

Relations::Relations(const Collected& in, InventoryAssembly& out, ItemIndex& item_index,
                     RelationTypes& types, std::vector<RelationGroup> record_groups)
    : in_(in),
      out_(out),
      item_index_(item_index),
      types_(types),
      groups_(std::move(record_groups)),
      work_(groups_.size()) {}

void Relations::resolve(unsigned jobs) {
  note_tiers();
  parallel_each(groups_.size(), jobs, [&](std::size_t i) { resolve(groups_[i], work_[i]); });
  item_index_.finish_resolving();
}

void Relations::fill(unsigned jobs) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    leave_out_restated(groups_[i], work_[i]);
    work_[i].first = count;
    count += work_[i].kept;
    out_.columns.relation_file[static_cast<std::uint32_t>(work_[i].first)] = groups_[i].file;
  }
  resize_columns(count);
  const std::size_t worth_giving_back = std::max<std::size_t>(groups_.size() / 8, 64);
  parallel_each(groups_.size(), jobs, [&](std::size_t i) {
    fill(groups_[i], work_[i]);
    groups_[i] = {};
    work_[i].ends = std::vector<Work::Ends>();
    if (i % worth_giving_back == worth_giving_back - 1) {
      give_back_memory();
    }
  });
  for (const Work& done : work_) {
    std::ranges::for_each(done.open, [&](const Work::OpenEnd& open) { note_unresolved(open); });
    facing_parents_.insert(facing_parents_.end(), done.facing_parents.begin(),
                           done.facing_parents.end());
    missing_parents_.insert(done.missing_parents.begin(), done.missing_parents.end());
    out_.columns.steps.insert(out_.columns.steps.end(), done.steps.begin(), done.steps.end());
  }
  std::ranges::stable_sort(out_.columns.steps, {},
                           [&](RelationId step) { return out_.so_far.relation(step).to; });
}

/// Whether a field names an item of a tier that it is not about: a server's parent, for example.
bool Relations::is_beside_the_point(const std::vector<Tier>& tiers, std::uint32_t end,
                                    std::uint16_t source) const {
  if (tiers.empty() || end == ambiguous) {
    return false;
  }
  if (end == no_index) {
    return std::ranges::none_of(tiers, [&](Tier tier) {
      return (tiers_of_source_[source] >> static_cast<unsigned>(tier) & 1U) != 0;
    });
  }
  return std::ranges::find(tiers, out_.columns.tier[end]) == tiers.end();
}

void Relations::note_tiers() {
  tiers_of_source_.resize(out_.columns.sources.size());
  for (const ItemId item : out_.so_far.items()) {
    tiers_of_source_[out_.so_far.source_of(item)] |=
        static_cast<std::uint8_t>(1U << static_cast<unsigned>(out_.so_far.tier(item)));
  }
}

/// Which items the ends are, and what says nothing.
void Relations::resolve(const RelationGroup& group, Work& work) const {
  constexpr std::size_t ahead = 8;
  const auto prefetch = [&](const CollectedRelation& record) {
    const std::uint16_t source = types_.source(record.type);
    item_index_.prefetch(record.from, record.from_kind, source);
    item_index_.prefetch(record.to, record.to_kind, source);
  };
  work.ends.resize(group.size());
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (i + ahead < group.size()) {
      prefetch(group[i + ahead]);
    }
    const CollectedRelation record = group[i];
    const RelationSemantics& semantics = types_.semantics(record.type);
    const std::uint16_t source = types_.source(record.type);
    Work::Ends& ends = work.ends[i];
    ends.from = item_index_.resolve(record.from, record.from_kind, source, semantics.from_class);
    ends.to = item_index_.resolve(record.to, record.to_kind, source, semantics.to_class);
    if (is_beside_the_point(semantics.from_tiers, ends.from, source) ||
        is_beside_the_point(semantics.to_tiers, ends.to, source)) {
      ends.leave_out();
    } else {
      ++work.kept;
    }
  }
}

/// Rows that the items at both of their ends list: the second time, they say nothing new.
void Relations::leave_out_restated(const RelationGroup& group, Work& work) {
  const auto is_listed = [&](std::uint32_t type) { return types_.semantics(type).is_listed; };
  if (std::ranges::none_of(group.type_of, is_listed)) {
    return;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    const CollectedRelation record = group[i];
    Work::Ends& ends = work.ends[i];
    if (!ends.are_left_out() && is_listed(record.type) && record.row_kind != RefKind::none &&
        !stated_
             .emplace(types_.source(record.type), types_.number(record.type), ends.from, ends.to,
                      out_.reference_text(record.row, record.row_kind))
             .second) {
      ends.leave_out();
      --work.kept;
    }
  }
}

void Relations::resize_columns(std::size_t count) {
  out_.columns.relations.resize(count);
  out_.columns.row_id.resize(count);
  out_.columns.relation_source.resize(count);
  out_.columns.relation_line.resize(count);
}

void Relations::fill(const RelationGroup& group, Work& work) {
  std::size_t number = work.first;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (work.ends[i].are_left_out()) {
      continue;
    }
    const std::uint32_t from = work.ends[i].from;
    const std::uint32_t to = work.ends[i].to;
    const CollectedRelation record = group[i];
    const RelationSemantics& semantics = types_.semantics(record.type);
    const RelationInterpretation interpretation = types_.interpretation(record.type, from, to);
    Relation relation;
    relation.type = types_.number(record.type);
    relation.kind = interpretation.kind;
    relation.reversed = interpretation.reversed;
    relation.membership = interpretation.membership;
    relation.is_row = semantics.is_row;
    relation.has_row_id = record.row_kind != RefKind::none;
    relation.row_id_is_hex = record.row_kind == RefKind::hex;
    relation.from = from < ambiguous ? ItemId{from} : no_item;
    relation.to = to < ambiguous ? ItemId{to} : no_item;
    if (interpretation.reversed) {
      std::swap(relation.from, relation.to);
    }
    out_.columns.relations[number] = relation;
    out_.columns.row_id[number] = record.row;
    out_.columns.relation_source[number] = types_.source(record.type);
    out_.columns.relation_line[number] = record.line;
    const RelationId id{static_cast<std::uint32_t>(number++)};
    if (interpretation.kind == RelationKind::step) {
      work.steps.push_back(id);
    }
    if (from >= ambiguous) {
      work.open.push_back({from, record.from, record.from_kind, id, !interpretation.reversed});
    }
    if (to >= ambiguous) {
      work.open.push_back({to, record.to, record.to_kind, id, interpretation.reversed});
    }
    if (semantics.gives_facing && to < ambiguous) {
      if (from < ambiguous) {
        work.facing_parents.emplace_back(to, from);
      } else if (from == no_index && record.from_kind != RefKind::none) {
        work.missing_parents.push_back(to);
      }
    }
  }
}

void Relations::note_unresolved(const Work::OpenEnd& open) {
  const std::string text = item_index_.said(open.id, open.kind);
  const Unresolved reason = open.kind == RefKind::none ? Unresolved::empty
                            : open.end == ambiguous    ? Unresolved::ambiguous
                                                       : Unresolved::missing;
  if (reason == Unresolved::ambiguous) {
    out_.add_notice({"ambiguous-reference",
                     quoted(text) + " names several items: a relation with it is left out",
                     out_.so_far.place(open.relation)});
  }
  out_.columns.unresolved.push_back({open.relation, open.is_from, reason, text, {}});
}

void Relations::hand_down_facing(const Items& items) {
  std::map<std::uint32_t, std::uint32_t> parent;
  for (const auto& [item, from] : facing_parents_) {
    if (items.faces_as_parent(item)) {
      const auto [entry, is_new] = parent.try_emplace(item, from);
      if (!is_new && out_.so_far.comes_before(ItemId{from}, ItemId{entry->second})) {
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
    out_.columns.facing[item] = out_.columns.facing[above];
    if (items.faces_as_parent(above) && missing_parents_.contains(above)) {
      missing_parents_.insert(item);
    }
  }
  for (const std::uint32_t item : missing_parents_) {
    if (items.faces_as_parent(item) && out_.columns.facing[item] == Facing::unknown) {
      out_.columns.without_parent.push_back(ItemId{item});
    }
  }
}

void Relations::mark_served(const AttributeTable& attributes) {
  for (Relation& relation : out_.columns.relations) {
    if (relation.kind != RelationKind::contains || relation.from == no_item ||
        relation.to == no_item) {
      continue;
    }
    const std::uint32_t record = item_index_.record_of(index_of(relation.from));
    const ProfileSemantics& semantics = *in_.profiles[attributes.signature_of(record).profile];
    const Tier below = out_.so_far.tier(relation.to);
    relation.membership = relation.membership ||
                          (semantics.supporting_serves() && out_.so_far.is_service(relation.from) &&
                           out_.so_far.facing(relation.from) == Facing::supporting &&
                           (below == Tier::system || below == Tier::component));
  }
}

}  // namespace tierline
