#include "inventory/undo.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

#include "inventory/edit.h"

namespace tierline {
namespace {

template <typename Id>
using Numbers = boost::unordered_flat_map<std::string, Id>;

/// A copy of the later inventory, while it is changed.
class Undoing : public InventoryEdit {
 public:
  explicit Undoing(const Correspondence& both)
      : InventoryEdit(both.now), both_(both), before_(both.before), old_(both.before.columns()) {}

  void set_aspect(std::uint32_t item, ItemId earlier, ItemAspect aspect) {
    switch (aspect) {
      case ItemAspect::name:
        set_name(item, before_.exported_name(earlier));
        break;
      case ItemAspect::owners:
        set_parties(item, earlier, is_owner);
        break;
      case ItemAspect::other_parties:
        set_parties(item, earlier,
                    [](const Responsibility& responsibility) { return !is_owner(responsibility); });
        break;
      case ItemAspect::state:
        out_.columns.state[item] = before_.state(earlier);
        break;
      case ItemAspect::facing:
        out_.columns.facing[item] = before_.facing(earlier);
        break;
      case ItemAspect::tier:
        out_.columns.tier[item] = before_.tier(earlier);
        break;
      case ItemAspect::criticality:
        out_.columns.criticality[item] = static_cast<std::uint8_t>(before_.criticality(earlier));
        break;
    }
  }

  void set_party(PartyId party, PartyId earlier) {
    out_.columns.parties[index_of(party)] = before_.party(earlier);
  }

  /// In place of one that has lost an end since, where there is one.
  void restore_relation(RelationId earlier, ItemId from, ItemId to) {
    const Relation& was = before_.relation(earlier);
    const std::string& type = before_.type(was).id;
    for (auto end = out_.columns.unresolved.begin(); end != out_.columns.unresolved.end(); ++end) {
      Relation& relation = out_.columns.relations[index_of(end->relation)];
      const ItemId there = end->is_from ? relation.to : relation.from;
      const ItemId missing = end->is_from ? was.from : was.to;
      const std::string& text = end->exported.empty() ? end->text : end->exported;
      if (there == (end->is_from ? to : from) && out_.so_far.type(relation).id == type &&
          (text == before_.exported_id(missing) || text == before_.exported_name(missing))) {
        (end->is_from ? relation.from : relation.to) = end->is_from ? from : to;
        out_.columns.unresolved.erase(end);
        return;
      }
    }
    Relation relation = was;
    relation.from = from;
    relation.to = to;
    relation.type = static_cast<std::uint16_t>(
        number_of(out_.columns.relation_types, before_.type(was), &RelationType::id));
    add_relation(relation, source_now(before_.sources()[before_.source_of(earlier)]), from);
  }

  void drop_item(std::uint32_t item) {
    std::vector<RelationId> its;
    for (const RelationId id : out_.so_far.relations()) {
      const Relation& relation = out_.so_far.relation(id);
      if (relation.from == ItemId{item} || relation.to == ItemId{item}) {
        its.push_back(id);
      }
    }
    drop_relations(its);
    const auto begin = out_.columns.responsibilities.begin();
    const auto from = out_.columns.responsibilities_begin[item];
    const auto size = out_.columns.responsibilities_begin[item + 1] - from;
    out_.columns.responsibilities.erase(begin + from, begin + from + size);
    out_.columns.responsibilities_begin.erase(out_.columns.responsibilities_begin.begin() + item);
    for (std::size_t i = item; i < out_.columns.responsibilities_begin.size(); ++i) {
      out_.columns.responsibilities_begin[i] -= size;
    }
    each_column([&](auto& column, const auto&) {
      if (!column.empty()) {
        column.erase(column.begin() + item);
      }
    });
    const auto is_it = [&](const auto& one) { return one.item == ItemId{item}; };
    std::erase_if(out_.columns.strong_keys, is_it);
    std::erase_if(out_.columns.owner_conflicts, is_it);
    std::erase(out_.columns.without_parent, ItemId{item});
    const auto move_down = [&](ItemId& other) {
      if (other != no_item && index_of(other) > item) {
        other = ItemId{index_of(other) - 1};
      }
    };
    for (Relation& relation : out_.columns.relations) {
      move_down(relation.from);
      move_down(relation.to);
    }
    std::ranges::for_each(out_.columns.strong_keys, move_down, &StrongKey::item);
    std::ranges::for_each(out_.columns.owner_conflicts, move_down, &OwnerConflict::item);
    std::ranges::for_each(out_.columns.without_parent, move_down);
    drop_entry(out_.columns.costs, item);
    drop_entry(out_.columns.exported_ids, item);
    drop_entry(out_.columns.exported_names, item);
  }

  /// Without its relations.
  ItemId add_item(ItemId earlier) {
    const auto number = static_cast<std::uint32_t>(out_.so_far.item_count());
    const std::uint32_t was = index_of(earlier);
    each_column([&](auto& column, const auto& old) {
      if (!old.empty() || !column.empty()) {
        column.resize(number);  // A detail that only one of them has.
        column.push_back(old.empty() ? typename std::decay_t<decltype(old)>::value_type{}
                                     : old[was]);
      }
    });
    if (out_.columns.id_kind.back() == InventoryColumns::IdKind::text) {
      out_.columns.id.back() = out_.add_text(old_.stored(old_.id[was])).as_id();
    }
    set_name(number, before_.name(earlier));
    out_.columns.item_class.back() = number_of_class(was);
    out_.columns.source.back() = source_now(old_.sources[old_.source[was]]);
    out_.columns.environment.back() = number_of(
        out_.columns.environments, old_.environments[old_.environment[was]], std::identity());
    out_.columns.file.back() = 0;
    if (out_.columns.contradiction.size() > number) {
      out_.columns.contradiction.back() = 0;
    }
    out_.columns.responsibilities_begin.push_back(out_.columns.responsibilities_begin.back());
    set_parties(number, earlier, [](const Responsibility&) { return true; });
    copy_entry(old_.costs, was, out_.columns.costs, number);
    copy_entry(old_.exported_ids, was, out_.columns.exported_ids, number);
    copy_entry(old_.exported_names, was, out_.columns.exported_names, number);
    return ItemId{number};
  }

 private:
  /// Those with an entry an item, beside those of the earlier inventory.
  void each_column(auto sink) {
    sink(out_.columns.tier, old_.tier);
    sink(out_.columns.facing, old_.facing);
    sink(out_.columns.state, old_.state);
    sink(out_.columns.criticality, old_.criticality);
    sink(out_.columns.offering, old_.offering);
    sink(out_.columns.inputs_of, old_.inputs_of);
    sink(out_.columns.id_kind, old_.id_kind);
    sink(out_.columns.id, old_.id);
    sink(out_.columns.name_begin, old_.name_begin);
    sink(out_.columns.name_size, old_.name_size);
    sink(out_.columns.item_class, old_.item_class);
    sink(out_.columns.source, old_.source);
    sink(out_.columns.environment, old_.environment);
    sink(out_.columns.file, old_.file);
    sink(out_.columns.line, old_.line);
    sink(out_.columns.contradiction, old_.contradiction);
    for (std::size_t i = 0; i < out_.columns.details.size(); ++i) {
      sink(out_.columns.details[i], old_.details[i]);
    }
  }

  template <typename Value>
  static void drop_entry(std::map<std::uint32_t, Value>& entries, std::uint32_t item) {
    std::map<std::uint32_t, Value> kept;
    for (auto& [number, value] : entries) {
      if (number != item) {
        kept.emplace(number - (number > item ? 1U : 0U), std::move(value));
      }
    }
    entries = std::move(kept);
  }

  template <typename Value>
  static void copy_entry(const std::map<std::uint32_t, Value>& from, std::uint32_t item,
                         std::map<std::uint32_t, Value>& to, std::uint32_t number) {
    if (const auto found = from.find(item); found != from.end()) {
      to.emplace(number, found->second);
    }
  }

  /// Where `value` stands in a list, at its end where it was not there yet.
  template <typename Value, typename Key>
  static std::uint32_t number_of(std::vector<Value>& all, const Value& value, Key key) {
    const auto found = std::ranges::find(all, std::invoke(key, value), key);
    const auto number = static_cast<std::uint32_t>(found - all.begin());
    if (found == all.end()) {
      all.push_back(value);
    }
    return number;
  }

  std::uint32_t number_of_class(std::uint32_t item) {
    const std::string& name = old_.class_names[old_.item_class[item]];
    const std::size_t known = out_.columns.class_names.size();
    const std::uint32_t number = number_of(out_.columns.class_names, name, std::identity());
    if (number == known) {
      for (ClassInput input : old_.class_inputs) {
        if (input.item_class == old_.item_class[item]) {
          input.item_class = number;
          out_.columns.class_inputs.push_back(std::move(input));
        }
      }
    }
    return number;
  }

  std::uint16_t source_now(const std::string& name) {
    const std::size_t known = out_.columns.sources.size();
    const auto number =
        static_cast<std::uint16_t>(number_of(out_.columns.sources, name, std::identity()));
    if (number == known) {
      const auto was = std::ranges::find(old_.sources, name) - old_.sources.begin();
      out_.columns.policies.push_back(old_.policies[static_cast<std::size_t>(was)]);
    }
    return number;
  }

  void set_name(std::uint32_t item, std::string_view name) {
    const TextRange text = out_.add_text(name);
    out_.columns.name_begin[item] = text.begin;
    out_.columns.name_size[item] = static_cast<std::uint32_t>(text.size);
  }

  PartyId party_now(PartyId earlier) {
    const PartyId known = both_.party_now[index_of(earlier)];
    if (known != no_party) {
      return known;
    }
    out_.columns.parties.push_back(before_.party(earlier));
    return PartyId{static_cast<std::uint32_t>(out_.columns.parties.size() - 1)};
  }

  static bool is_owner(const Responsibility& responsibility) {
    return responsibility.role == Role::accountable;
  }

  /// Those that are chosen as they were, the others as they are; owners stand first.
  void set_parties(std::uint32_t item, ItemId earlier, auto is_chosen) {
    std::vector<Responsibility> responsibilities;
    for (const Responsibility& responsibility : before_.parties_of(earlier)) {
      if (is_chosen(responsibility)) {
        responsibilities.push_back({party_now(responsibility.party), responsibility.role});
      }
    }
    for (const Responsibility& responsibility : out_.so_far.parties_of(ItemId{item})) {
      if (!is_chosen(responsibility)) {
        responsibilities.push_back(responsibility);
      }
    }
    set_responsibilities({{ItemId{item}, std::move(responsibilities)}});
  }

  const Correspondence& both_;
  const Inventory& before_;
  const InventoryColumns& old_;
};

template <typename Id>
void match(const Numbers<Id>& before, const Numbers<Id>& now, std::vector<Id>& now_of,
           std::vector<Id>& before_of) {
  for (const auto& [key, id] : before) {
    if (const auto found = now.find(key); found != now.end()) {
      now_of[index_of(id)] = found->second;
      before_of[index_of(found->second)] = id;
    }
  }
}

Numbers<ItemId> items_of(const Inventory& inventory) {
  Numbers<ItemId> items;
  for (const ItemId item : inventory.items()) {
    items.emplace(inventory.key(item), item);
  }
  return items;
}

Numbers<PartyId> parties_of(const Inventory& inventory) {
  Numbers<PartyId> parties;
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    parties.emplace(party_key(inventory.party(PartyId{i})), PartyId{i});
  }
  return parties;
}

}  // namespace

std::string party_key(const Party& party) {
  return party.source + '\x1f' + party.id;
}

Correspondence::Correspondence(const Inventory& earlier, const Inventory& later)
    : before(earlier),
      now(later),
      item_now(earlier.item_count(), no_item),
      item_before(later.item_count(), no_item),
      party_now(earlier.party_count(), no_party),
      party_before(later.party_count(), no_party) {
  match(items_of(earlier), items_of(later), item_now, item_before);
  match(parties_of(earlier), parties_of(later), party_now, party_before);
}

Inventory with_item_as_before(const Correspondence& both, ItemId now, ItemAspect aspect) {
  Undoing undoing(both);
  undoing.set_aspect(index_of(now), both.item_before[index_of(now)], aspect);
  return undoing.finish();
}

Inventory with_party_as_before(const Correspondence& both, PartyId now) {
  Undoing undoing(both);
  undoing.set_party(now, both.party_before[index_of(now)]);
  return undoing.finish();
}

Inventory without_relation(const Correspondence& both, RelationId now) {
  Undoing undoing(both);
  undoing.drop_relations({now});
  return undoing.finish();
}

Inventory with_relation(const Correspondence& both, RelationId before) {
  Undoing undoing(both);
  const Relation& relation = both.before.relation(before);
  undoing.restore_relation(before, both.item_now[index_of(relation.from)],
                           both.item_now[index_of(relation.to)]);
  return undoing.finish();
}

Inventory without_item(const Correspondence& both, ItemId now) {
  Undoing undoing(both);
  undoing.drop_item(index_of(now));
  return undoing.finish();
}

Inventory with_item(const Correspondence& both, ItemId before) {
  Undoing undoing(both);
  const ItemId item = undoing.add_item(before);
  for (const RelationId id : both.before.relations()) {
    const Relation& relation = both.before.relation(id);
    const auto now = [&](ItemId end) {
      return end == no_item ? no_item : end == before ? item : both.item_now[index_of(end)];
    };
    const bool touches = relation.from == before || relation.to == before;
    if (touches && now(relation.from) != no_item && now(relation.to) != no_item) {
      undoing.restore_relation(id, now(relation.from), now(relation.to));
    }
  }
  return undoing.finish();
}

}  // namespace tierline
