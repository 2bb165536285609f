#include "synthetic/estate.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "synthetic/organisation.h"
#include "synthetic/people.h"
#include "synthetic/scenarios.h"

namespace tierline::synthetic {
namespace {

const Options& checked(const Options& options) {
  if (options.cis < fewest_cis || options.cis > most_cis) {
    throw std::invalid_argument(fmt::format("cis is {} to {}", fewest_cis, most_cis));
  }
  if (!(options.relations_per_ci >= 0 && options.relations_per_ci <= most_relations_per_ci)) {
    throw std::invalid_argument(fmt::format("relations per ci is 0 to {}", most_relations_per_ci));
  }
  return options;
}

}  // namespace

Estate::Estate(const Options& options)
    : options_(checked(options)), seed_(options.seed), planted_(seed_) {
  const auto cis = static_cast<std::uint32_t>(options.cis);
  people_ = (has_people() ? std::max(200U, cis / 10) : std::max(20U, cis / 25)) + 1;
  active_ = people_ - people_ / 10 - 1;
  groups_ = std::max(5U, cis / 300);
  plant_scenarios(cis);
  apportion(cis - planted_.count());
}

std::uint32_t Estate::scale() const {
  return has_people() ? 0 : scenario_scale();
}

std::uint32_t Estate::scenario_scale() const {
  switch (options_.defects) {
    case Defects::none:
      return 0;
    case Defects::usual:
      return 1;
    case Defects::many:
    case Defects::neglected:
      return 3;
  }
  return 0;
}

/// Each in its turn, the seed saying which is first; at most a tenth as many as there are items.
void Estate::plant_scenarios(std::uint32_t cis) {
  std::vector<Scenario> all(scenarios().begin(), scenarios().end());
  if (has_people()) {
    all.insert(all.end(), people_scenarios().begin(), people_scenarios().end());
  }
  const auto most = scenario_scale() * std::max(static_cast<std::uint32_t>(all.size()), cis / 400);
  for (std::uint32_t i = 0; i < std::min(most, cis / 10); ++i) {
    planted_.plant(all[(seed_.key() + i) % all.size()]);
  }
}

/// Divides what the planted part leaves over among the roles of the sound part.
void Estate::apportion(std::uint32_t cis) {
  auto rest = cis;
  for (std::size_t i = 0; i < ci_roles; ++i) {
    const auto& [classes, share, minimum, relations, name, words] = trait(static_cast<Role>(i));
    sound_[i] = std::max(minimum, static_cast<std::uint32_t>(share * cis));
    // So that each live service has an offering.
    if (has_people() && i == index(Role::business_offering)) {
      sound_[i] = sound_[index(Role::business)] + sound_[index(Role::business)] / 4 + 1;
    }
    rest -= sound_[i];
  }
  sound_[index(Role::server)] += rest;
}

std::string_view Estate::class_of(Item item) const {
  const auto& classes = trait(item.role).classes;
  const bool is_first = classes[1].empty() || (has_people() && item.is_planted());
  return classes[is_first ? 0 : ordinal(item) % 2];
}

State Estate::state(Item item) const {
  if (item.is_planted()) {
    return planted_.node(item).state;
  }
  if (item.number >= live(item.role)) {
    return item.number < sound(item.role) - retired(item.role) ? State::planned : State::retired;
  }
  const auto dice = random(item, Purpose::state).below(100);
  return dice < 3 ? State::retiring : dice < 4 ? State::unknown : State::live;
}

Item Estate::parent(Item item) const {
  if (item.is_planted()) {
    return planted_.node(item).parent;
  }
  if (item.is_offering()) {
    const auto service = item.role == Role::business_offering ? Role::business : Role::technical;
    const auto choice = item.number < live(item.role) ? live(service) : sound(service);
    return {service, item.number % choice};
  }
  if (has_people() && item.role == Role::business) {
    return is_internal(*this, item) ? Item{item.role, item.number - 1} : Item{};
  }
  const auto tops = std::max(1U, live(item.role) / 10);
  const bool has_parent = item.role == Role::node || item.role == Role::business;
  auto dice = random(item, Purpose::parent);
  return has_parent && item.number >= tops && dice.percent(10) ? Item{item.role, dice.below(tops)}
                                                               : Item{};
}

bool Estate::is_abandoned(Item item) const {
  return item.is_component() && random(item, Purpose::group).percent(is_neglected() ? 35 : scale());
}

bool Estate::is_forgotten(Item item) const {
  return is_neglected() && !item.is_planted() && !item.is_service() && !item.is_portfolio() &&
         random(item, Purpose::forgotten).percent(20);
}

Item Estate::owner(Item item) const {
  auto dice = random(item, Purpose::owner);
  if (has_people()) {
    return item.is_planted() && planted_.node(item).owner ? *planted_.node(item).owner
           : !is_live(item) && dice.percent(90)           ? Item{}
           : item.is_component() && dice.percent(60)      ? Item{}
                                                          : sound_owner(*this, item);
  }
  const Item anybody{Role::person, dice.below(active_)};
  const Item person = is_organised() ? organised_owner(*this, item) : anybody;
  const auto share = dice.below(100);
  if (!is_live(item)) {
    return share < 90 ? Item{} : person;
  }
  if (item.is_component()) {
    return share < 60 || is_abandoned(item) ? Item{} : person;
  }
  if (!item.is_service()) {
    const std::uint32_t without_owner = item.is_portfolio() ? 5 * scale()
                                        : is_neglected()    ? 35
                                                            : 10 * scale();
    return share < without_owner ? Item{} : person;
  }
  const std::array<std::pair<std::uint32_t, Item>, 5> faults{{
      {14, {}},
      {15, placeholder()},
      {16, {Role::stranger, item.number % 50}},
      {18, {Role::person, active_ + dice.below(people_ - 1 - active_)}},
      {20, {Role::group, dice.below(groups_)}},
  }};
  const auto* fault = std::find_if(faults.begin(), faults.end(),
                                   [&](const auto& f) { return share < f.first * scale(); });
  return fault == faults.end() ? person : fault->second;
}

std::pair<Item, Item> Estate::portfolios(Item service) const {
  if (service.role != Role::business && service.role != Role::technical) {
    return {};
  }
  const Item portfolio{Role::portfolio, ordinal(service) % sound(Role::portfolio)};
  const Item node{Role::node, ordinal(service) % sound(Role::node)};
  const auto share = random(service, Purpose::portfolio).below(100);
  const bool first = service.number < sound(Role::node);  // So that no node is empty.
  if (has_people()) {
    return share < 50 && !first ? std::pair(portfolio, Item{}) : std::pair(Item{}, node);
  }
  if (share < 2 * scale() && !first && !service.is_planted()) {
    return {};
  }
  return {share < 50 ? Item{} : portfolio, share < 80 || first ? node : Item{}};
}

const Facts& Estate::facts(Item item) const {
  static const Facts none;
  return item.is_planted() ? planted_.node(item).facts : none;
}

/// So that nothing is less critical by two than what relies on it, and that two services of
/// criticality 1 stand on one thing only where a scenario says so.
std::uint32_t Estate::criticality(Item item) const {
  if (const auto said = facts(item).find("busines_criticality"); said != facts(item).end()) {
    return said->second.empty() ? 0 : static_cast<std::uint32_t>(said->second.front() - '0');
  }
  auto dice = random(item, Purpose::criticality);
  switch (item.role) {
    case Role::business:
      return 2 + dice.below(2);
    case Role::business_offering:
      return 0;
    case Role::kiosk:
      return 4;
    default:
      return dice.below(3);
  }
}

bool Estate::in_portfolio(Item service) const {
  const auto above = parent(service);
  return portfolios(service) != std::pair(Item{}, Item{}) || (above && in_portfolio(above));
}

}  // namespace tierline::synthetic
