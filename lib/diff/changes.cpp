#include "diff/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <set>
#include <tuple>

#include "tierline/text.h"

namespace tierline {
namespace {

/// Who is named with an item in these roles, by key and as people call them.
std::set<std::pair<std::string, std::string>> named(const Inventory& inventory, ItemId item,
                                                    bool as_owner) {
  std::set<std::pair<std::string, std::string>> all;
  for (const Responsibility& responsibility : inventory.parties_of(item)) {
    if ((responsibility.role == Role::accountable) == as_owner) {
      const Party& party = inventory.party(responsibility.party);
      all.emplace(fmt::format("{}\x1f{}", party_key(party), static_cast<int>(responsibility.role)),
                  label(party));
    }
  }
  return all;
}

std::string names(const std::set<std::pair<std::string, std::string>>& parties) {
  std::vector<std::string> all;
  for (const auto& [key, name] : parties) {
    all.push_back(name);
  }
  return join(all, ", ");
}

std::set<std::string> keys(const std::set<std::pair<std::string, std::string>>& parties) {
  std::set<std::string> all;
  for (const auto& [key, name] : parties) {
    all.insert(key);
  }
  return all;
}

std::string party_state(const Party& party) {
  return !party.known ? "in no table" : party.active ? "active" : "inactive";
}

std::string relation_name(const Inventory& inventory, const Relation& relation) {
  return fmt::format("{} -> {} ({})", inventory.label(relation.from), inventory.label(relation.to),
                     inventory.type(relation).id);
}

/// What makes a relation the same one on both days. Rows that say the same are told apart by which
/// one they are.
std::string relation_key(const Inventory& inventory, const Relation& relation) {
  return fmt::format("{}\x1e{}\x1e{}\x1e{}", inventory.key(relation.from),
                     inventory.key(relation.to), inventory.type(relation).id, relation.reversed);
}

class Finder {
 public:
  explicit Finder(const Correspondence& both) : both_(both), before_(both.before), now_(both.now) {}

  std::vector<Change> find() {
    for (const ItemId item : before_.items()) {
      if (both_.item_now[index_of(item)] == no_item) {
        all_.push_back({ChangeKind::item_removed,
                        before_.label(item),
                        before_.class_name(item),
                        "",
                        item,
                        no_party,
                        {}});
      }
    }
    for (const ItemId item : now_.items()) {
      const ItemId earlier = both_.item_before[index_of(item)];
      if (earlier == no_item) {
        all_.push_back({ChangeKind::item_added,
                        now_.label(item),
                        "",
                        now_.class_name(item),
                        item,
                        no_party,
                        {}});
      } else {
        compare(earlier, item);
      }
    }
    for (std::uint32_t i = 0; i < now_.party_count(); ++i) {
      compare_party(PartyId{i});
    }
    compare_relations();
    std::ranges::stable_sort(all_, {}, [](const Change& change) {
      return std::tie(change.kind, change.subject, change.before, change.after);
    });
    return std::move(all_);
  }

 private:
  void add(ChangeKind kind, ItemId item, std::string_view before, std::string_view after) {
    if (before != after) {
      all_.push_back(
          {kind, now_.label(item), std::string(before), std::string(after), item, no_party, {}});
    }
  }

  void compare(ItemId earlier, ItemId item) {
    add(ChangeKind::renamed, item, before_.name(earlier), now_.name(item));
    for (const bool as_owner : {true, false}) {
      const auto before = named(before_, earlier, as_owner);
      const auto after = named(now_, item, as_owner);
      if (keys(before) != keys(after)) {
        all_.push_back({as_owner ? ChangeKind::owner : ChangeKind::operated,
                        now_.label(item),
                        names(before),
                        names(after),
                        item,
                        no_party,
                        {}});
      }
    }
    add(ChangeKind::state, item, to_string(before_.state(earlier)), to_string(now_.state(item)));
    add(ChangeKind::facing, item, to_string(before_.facing(earlier)), to_string(now_.facing(item)));
    add(ChangeKind::tier, item, to_string(before_.tier(earlier)), to_string(now_.tier(item)));
    add(ChangeKind::criticality, item, std::to_string(before_.criticality(earlier)),
        std::to_string(now_.criticality(item)));
  }

  void compare_party(PartyId party) {
    const PartyId earlier = both_.party_before[index_of(party)];
    if (earlier == no_party) {
      return;
    }
    const Party& before = before_.party(earlier);
    const Party& after = now_.party(party);
    if (before.known != after.known || before.active != after.active || before.kind != after.kind ||
        before.has_one_lead != after.has_one_lead) {
      all_.push_back({ChangeKind::party,
                      label(after.known ? after : before),
                      party_state(before),
                      party_state(after),
                      no_item,
                      party,
                      {}});
    }
  }

  /// Relations whose ends are there on both days, and those of what is new or gone.
  void compare_relations() {
    boost::unordered_flat_map<std::string, std::vector<RelationId>> earlier;
    for (const RelationId id : before_.relations()) {
      const Relation& relation = before_.relation(id);
      if (relation.from != no_item && relation.to != no_item) {
        earlier[relation_key(before_, relation)].push_back(id);
      }
    }
    for (const RelationId id : now_.relations()) {
      const Relation& relation = now_.relation(id);
      if (relation.from == no_item || relation.to == no_item) {
        continue;
      }
      const auto found = earlier.find(relation_key(now_, relation));
      if (found != earlier.end() && !found->second.empty()) {
        found->second.pop_back();
      } else {
        all_.push_back({ChangeKind::relation_added, relation_name(now_, relation), "", "",
                        relation.from, no_party, id});
      }
    }
    for (const auto& [key, left] : earlier) {
      for (const RelationId id : left) {
        const Relation& relation = before_.relation(id);
        const ItemId from = both_.item_now[index_of(relation.from)];
        const ItemId to = both_.item_now[index_of(relation.to)];
        if (from != no_item && to != no_item) {  // Else it went with what is gone.
          all_.push_back({ChangeKind::relation_removed, relation_name(before_, relation), "", "",
                          from, no_party, id});
        }
      }
    }
  }

  const Correspondence& both_;
  const Inventory& before_;
  const Inventory& now_;
  std::vector<Change> all_;
};

}  // namespace

std::vector<Change> changes_between(const Correspondence& both) {
  return Finder(both).find();
}

Inventory undo(const Correspondence& both, const Change& change) {
  switch (change.kind) {
    case ChangeKind::item_added:
      return without_item(both, change.item);
    case ChangeKind::item_removed:
      return with_item(both, change.item);
    case ChangeKind::renamed:
      return with_item_as_before(both, change.item, ItemAspect::name);
    case ChangeKind::owner:
      return with_item_as_before(both, change.item, ItemAspect::owners);
    case ChangeKind::operated:
      return with_item_as_before(both, change.item, ItemAspect::other_parties);
    case ChangeKind::state:
      return with_item_as_before(both, change.item, ItemAspect::state);
    case ChangeKind::facing:
      return with_item_as_before(both, change.item, ItemAspect::facing);
    case ChangeKind::tier:
      return with_item_as_before(both, change.item, ItemAspect::tier);
    case ChangeKind::criticality:
      return with_item_as_before(both, change.item, ItemAspect::criticality);
    case ChangeKind::party:
      return with_party_as_before(both, change.party);
    case ChangeKind::relation_added:
      return without_relation(both, change.relation);
    case ChangeKind::relation_removed:
      return with_relation(both, change.relation);
  }
  return both.now;
}

}  // namespace tierline
