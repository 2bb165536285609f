#pragma once
// What an estate consists of: a configuration item, person or group is its role and a number.

#include <cstddef>
#include <cstdint>

namespace tierline::synthetic {

/// What an item is in the estate. The order matters: an item relies only on roles further down, or
/// on lower numbers of its own role, so that the sound part has no cycle. After the configuration
/// items come what else has a sys_id.
enum class Role : std::uint8_t {
  portfolio,
  node,
  business,
  business_offering,
  business_app,
  instance,
  technical,
  technical_offering,
  application,
  database,
  cluster,
  vm,
  server,
  hypervisor,
  storage,
  network,
  kiosk,
  person,
  group,
  place,
  company,
  department,
  row,
  stranger,
  nothing,
  agreement
};
constexpr std::size_t ci_roles = 17;
/// Those that a scenario can have in it: also persons, groups, departments, and strangers.
constexpr std::size_t scenario_roles = 24;

constexpr std::size_t index(Role role) {
  return static_cast<std::size_t>(role);
}

/// Numbers from here on are those of the planted part.
constexpr std::uint32_t first_planted = 1U << 31U;

struct Item {
  Role role = Role::nothing;
  std::uint32_t number = 0;

  bool operator==(const Item&) const = default;
  explicit operator bool() const { return role != Role::nothing; }

  bool is_planted() const { return number >= first_planted; }
  bool is_portfolio() const { return role <= Role::node; }
  bool is_component() const { return role >= Role::database && role <= Role::network; }
  bool is_physical() const { return is_component() && role != Role::database; }
  bool is_offering() const {
    return role == Role::business_offering || role == Role::technical_offering;
  }
  bool is_business() const { return role == Role::business || role == Role::business_offering; }
  bool is_supporting() const { return role == Role::technical || role == Role::technical_offering; }
  bool is_service() const { return is_business() || is_supporting(); }
};

/// Up to `unknown` an audit takes an item for live.
enum class State : std::uint8_t { live, retiring, unknown, planned, retired };

constexpr bool is_live(State state) {
  return state <= State::unknown;
}

}  // namespace tierline::synthetic
