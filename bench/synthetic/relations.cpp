#include "synthetic/relations.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "synthetic/ties.h"

namespace tierline::synthetic {
namespace {

/// Makes all relations of one parent together.
class Weaver {
 public:
  explicit Weaver(const Estate& estate);

  void weave(Item parent, Relations& relations) const;

 private:
  void share_out(Item parent, Relations& relations) const;
  void put_to_use(Item parent, Relations& relations) const;
  void spoil(Item parent, Relations& relations) const;
  void fill_up(Item parent, Relations& relations) const;

  const Estate& estate_;
  std::array<std::vector<Tie>, ci_roles> shared_;
  std::array<std::vector<Tie>, ci_roles> drawn_;  // As often as its weight says.
};

Weaver::Weaver(const Estate& estate) : estate_(estate) {
  for (const auto& tie : ties()) {
    if (tie.type != Type::custom || estate.scale() > 0) {
      auto& list = (tie.draw == Draw::all ? shared_ : drawn_)[index(tie.parent)];
      list.insert(list.end(), tie.weight, tie);
    }
  }
}

void Weaver::weave(Item parent, Relations& relations) const {
  relations.clear();
  if (parent.is_planted()) {
    relations = estate_.planted().node(parent).relations;
    if (parent.role == Role::business) {
      const Item support{Role::instance, estate_.ordinal(parent) % estate_.live(Role::instance)};
      relations.push_back({.parent = parent, .child = support});
    }
  } else {
    if (parent.number < estate_.live(parent.role)) {
      share_out(parent, relations);
      put_to_use(parent, relations);
    }
    spoil(parent, relations);
  }
  if (!parent.is_planted() || !estate_.has_people()) {
    fill_up(parent, relations);
  }
  if (!estate_.is_forgotten(parent)) {
    std::erase_if(relations, [&](const Relation& one) { return estate_.is_forgotten(one.child); });
  }
}

/// Nothing is said twice.
void add(Relations& relations, const Relation& relation) {
  const bool said = std::any_of(relations.begin(), relations.end(), [&](const Relation& other) {
    return other.child == relation.child && other.type == relation.type;
  });
  if (!said) {
    relations.push_back(relation);
  }
}

void Weaver::share_out(Item parent, Relations& relations) const {
  for (const auto& tie : shared_[index(parent.role)]) {
    for (auto i = parent.number; i < estate_.live(tie.child); i += estate_.live(parent.role)) {
      relations.push_back({.type = tie.type, .parent = parent, .child = {tie.child, i}});
    }
  }
}

/// Technical service t is what application service t needs, or reaches it in another way, by turns.
void Weaver::put_to_use(Item parent, Relations& relations) const {
  const auto technicals = estate_.live(Role::technical);
  const auto t = parent.number;
  if (parent.role == Role::instance && t < technicals && t % 4 < 2) {
    const bool through_offering = t % 4 == 1 && t < estate_.live(Role::technical_offering);
    const auto role = through_offering ? Role::technical_offering : Role::technical;
    add(relations, {.type = Type::depends_on, .parent = parent, .child = {role, t}});
  }
  if (parent.role == Role::technical && t % 4 == 2) {
    add(relations, {.type = Type::contains, .parent = parent, .child = {Role::instance, t}});
  }
  for (auto u = t; parent.role == Role::business && u < technicals;
       u += estate_.live(Role::business)) {
    if (u % 4 == 3) {
      add(relations, {.type = Type::depends_on, .parent = parent, .child = {Role::technical, u}});
    }
  }
}

void Weaver::fill_up(Item parent, Relations& relations) const {
  const auto& choice = drawn_[index(parent.role)];
  const bool parent_live = estate_.is_live(parent);
  auto dice = estate_.random(parent, Purpose::link);
  const auto u = dice.unit();
  const auto mean =
      trait(parent.role).relations * estate_.options().relations_per_ci / (parent_live ? 3 : 9);
  const auto wish = static_cast<std::size_t>(3 * u * u * mean + 0.5);
  for (auto tries = choice.empty() ? 0 : 2 * wish; tries > 0 && relations.size() < wish; --tries) {
    const auto tie = dice.pick(choice);
    if (parent.is_planted() && tie.type == Type::contains) {
      continue;  // A supporting service would be used by what it contains.
    }
    auto pool = parent_live ? estate_.live(tie.child) : estate_.sound(tie.child);
    if (tie.child == parent.role) {
      pool = std::min(pool, parent.number);
    }
    if (pool > 0) {
      const auto number = tie.draw == Draw::hubs ? dice.crowded(pool) : dice.below(pool);
      add(relations, {.type = tie.type, .parent = parent, .child = {tie.child, number}});
    }
  }
}

void Weaver::spoil(Item parent, Relations& relations) const {
  auto dice = estate_.random(parent, Purpose::defect);
  const auto share = dice.below(1000);
  const auto apps = estate_.sound(Role::application);
  const auto retired_apps = estate_.retired(Role::application);
  const bool needs_retired =
      parent.role == Role::instance
          ? share < 30 * estate_.scale()
          : estate_.is_neglected() && parent.role >= Role::application && share >= 950;
  if (needs_retired && retired_apps > 0 && estate_.is_live(parent)) {
    const Item app{Role::application, apps - 1 - dice.below(retired_apps)};
    relations.push_back({.parent = parent, .child = app, .fault = Fault::needs_retired});
  }
  if (parent.role == Role::application && share < 10 * estate_.scale()) {
    relations.push_back({.parent = parent, .child = parent, .fault = Fault::self_loop});
  }
  if (parent.role == Role::server && share < 60 * estate_.scale()) {
    const Item lost = dice.percent(60) ? Item{Role::stranger, parent.number} : Item{};
    const bool is_parent = dice.percent(40);
    relations.push_back({.type = Type::runs_on,
                         .parent = is_parent ? lost : parent,
                         .child = is_parent ? parent : lost,
                         .fault = Fault::dangling});
  }
}

}  // namespace

void visit_relations(const Estate& estate, const std::function<void(const Relation&)>& visit) {
  const Weaver weaver(estate);
  std::uint32_t rows = 0;
  Relations relations;
  estate.visit_items([&](Item parent) {
    weaver.weave(parent, relations);
    for (auto& relation : relations) {
      relation.row = rows++;
      visit(relation);
    }
    auto dice = estate.random(parent, Purpose::repeat);
    if (dice.percent(3 * estate.scale()) && !relations.empty()) {
      auto relation = dice.pick(relations);
      if (relation.fault == Fault::none && relation.type < Type::custom) {
        relation.fault = Fault::duplicate;
        relation.original = std::exchange(relation.row, rows++);
        visit(relation);
      }
    }
  });
}

}  // namespace tierline::synthetic
