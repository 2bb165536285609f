#pragma once
// The items of an estate and what is true of each. Nothing is stored but how many there are, and
// the planted part.

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "synthetic.h"
#include "synthetic/item.h"
#include "synthetic/planted_graph.h"
#include "synthetic/seed.h"
#include "synthetic/traits.h"

namespace tierline::synthetic {

class Estate {
 public:
  /// Throws std::invalid_argument for options out of bounds.
  explicit Estate(const Options& options);

  const Options& options() const { return options_; }
  /// Of every share of planted defects.
  std::uint32_t scale() const;
  bool is_neglected() const { return options_.defects == Defects::neglected; }
  /// The planted part.
  const PlantedGraph& planted() const { return planted_; }

  std::uint32_t count(Role role) const { return sound(role) + planted_.count(role); }
  /// The sound part of a role is first the live ones, then 3 % planned, then 12 % retired.
  std::uint32_t sound(Role role) const { return sound_[index(role)]; }
  std::uint32_t live(Role role) const { return sound(role) - retired(role) - planned(role); }
  std::uint32_t planned(Role role) const { return role <= Role::node ? 0 : sound(role) * 3 / 100; }
  std::uint32_t retired(Role role) const { return role <= Role::node ? 0 : sound(role) * 12 / 100; }

  /// The place of an item among all of its role.
  std::uint32_t ordinal(Item item) const {
    return item.is_planted() ? sound(item.role) + (item.number - first_planted) : item.number;
  }
  Item item(Role role, std::uint32_t ordinal) const {
    return {role, ordinal < sound(role) ? ordinal : first_planted + (ordinal - sound(role))};
  }

  Id id(Item item) const { return seed_.id(item); }
  Random random(Item item, Purpose purpose) const { return seed_.random(item, purpose); }
  std::string_view class_of(Item item) const;
  State state(Item item) const;
  bool is_live(Item item) const { return synthetic::is_live(state(item)); }
  /// Of an offering its service, of a service or taxonomy node the one that contains it, if any.
  Item parent(Item item) const;
  /// A person, a group, a stranger that is in no table, or nothing.
  Item owner(Item item) const;
  /// A system or component that nothing relies on but others of the kind.
  bool is_forgotten(Item item) const;
  /// A component that no group runs.
  bool is_abandoned(Item item) const;
  /// The portfolio and the taxonomy node that a service names, if any.
  std::pair<Item, Item> portfolios(Item service) const;
  bool in_portfolio(Item service) const;

  bool has_people() const { return options_.people; }
  /// What a scenario says of it.
  const Facts& facts(Item item) const;
  /// 1 to 4, or 0 where nothing says it; of an estate with people.
  std::uint32_t criticality(Item item) const;

  bool is_organised() const { return options_.owners == Owners::organised; }
  std::uint32_t active() const { return active_; }
  std::uint32_t people() const { return people_; }  // The last of them is called "Unassigned".
  std::uint32_t groups() const { return groups_; }
  /// Persons or groups, first the others and then those of scenarios.
  Item party(Role role, std::uint32_t ordinal) const {
    const std::uint32_t others = role == Role::person ? people_ : groups_;
    return {role, ordinal < others ? ordinal : first_planted + (ordinal - others)};
  }
  Item placeholder() const { return {Role::person, people_ - 1}; }
  bool is_active(Item person) const {
    return person.number < active_ || person.is_planted() || person == placeholder();
  }

  /// Role by role, otherwise in an order that looks unsorted, as an export does.
  template <typename Visit>
  void visit_items(Visit visit) const {
    constexpr std::uint64_t stride = 2'654'435'761;  // A prime beyond any count.
    for (std::size_t i = 0; i < ci_roles; ++i) {
      const auto role = static_cast<Role>(i);
      for (std::uint64_t at = 0; at < count(role); ++at) {
        visit(item(role, static_cast<std::uint32_t>(at * stride % count(role))));
      }
    }
  }

 private:
  std::uint32_t scenario_scale() const;
  void plant_scenarios(std::uint32_t cis);
  void apportion(std::uint32_t cis);

  Options options_;
  Seed seed_;
  PlantedGraph planted_;
  std::array<std::uint32_t, ci_roles> sound_{};
  std::uint32_t people_;
  std::uint32_t active_;
  std::uint32_t groups_;
};

}  // namespace tierline::synthetic
