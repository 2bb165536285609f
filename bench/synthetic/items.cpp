#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "synthetic/dates.h"
#include "synthetic/organisation.h"
#include "synthetic/people.h"
#include "synthetic/records.h"
#include "synthetic/sound_records.h"

namespace tierline::synthetic {
namespace {

using namespace std::string_view_literals;

constexpr std::array sites{"EMEA"sv, "NYC"sv, "APAC"sv, "DR"sv, "München"sv, "Łódź"sv};

struct Status {
  std::string_view operational;
  std::string_view install;
  std::string_view planted = {};
  std::string_view stage_status = {};
};

/// Codes that an audit reads as this state.
Status status(State state, Random& dice) {
  static constexpr std::array<Status, 9> live{{{"1", "1"},
                                               {"1", "1"},
                                               {"1", "1"},
                                               {"1", "1", "Operational", "In Use"},
                                               {"", "1"},
                                               {"2", "5"},
                                               {"3", "3"},
                                               {"4", "1"},
                                               {"5", "1"}}};
  static constexpr std::array<Status, 2> retiring{
      {{"1", "1", "Operational", "End of Support"},
       {"1", "1", "Operational", "Pending Retirement"}}};
  static constexpr std::array<Status, 3> planned{{{"7", "4"}, {"7", "0"}, {"8", "2"}}};
  static constexpr std::array<Status, 5> retired{
      {{"6", "7"}, {"6", "7"}, {"", "8"}, {"", "100"}, {"6", "7", "End of Life", "Retired"}}};
  switch (state) {
    case State::live:
      return dice.pick(live);
    case State::retiring:
      return dice.pick(retiring);
    case State::planned:
      return dice.pick(planned);
    case State::retired:
      return dice.pick(retired);
    case State::unknown:
      break;
  }
  return {};
}

std::string name(const Estate& estate, Item item) {
  const auto& [classes, share, minimum, relations, pattern, words] = trait(item.role);
  auto dice = estate.random(item, Purpose::name);
  const auto ordinal = estate.ordinal(item);
  const bool is_namesake = dice.percent(3) && !(estate.has_people() && item.is_service());
  const auto number = is_namesake ? ordinal / 2 : ordinal;
  return fmt::format(fmt::runtime(pattern), words[number % words.size()],
                     sites[number / 7 % sites.size()], number);
}

void write_accountability(const Estate& estate, Item item, Random& dice, Table& table) {
  const auto owner = estate.owner(item);
  const bool is_run = !estate.is_abandoned(item);
  auto maybe = [&](std::uint32_t share, Role role, std::uint32_t count) {
    const Item chosen{role, dice.below(count)};
    return dice.percent(share) && is_run ? estate.id(chosen) : Id{};
  };
  const auto manager_share = item.is_component() ? 100U : 70U;
  table.reference("owned_by", owner_table(owner), estate.id(owner));
  auto person = [&](std::uint32_t share) {
    const Id chosen = maybe(share, Role::person, estate.people() - 1);
    return !std::string_view(chosen).empty() && estate.is_organised()
               ? estate.id(organised_manager(estate, item))
               : chosen;
  };
  auto group = [&](std::uint32_t share) {
    const Id chosen = maybe(share, Role::group, estate.groups());
    return !std::string_view(chosen).empty() && estate.is_organised()
               ? estate.id(organised_group(estate, item, dice))
               : chosen;
  };
  table.reference("managed_by", "sys_user", person(40));
  table.reference("managed_by_group", "sys_user_group", group(manager_share));
  table.reference("support_group", "sys_user_group", group(80));
  table.reference("assignment_group", "sys_user_group", maybe(20, Role::group, estate.groups()));
}

/// Whom a service serves. An offering may leave that to its service, and then says nothing at all.
void write_facing(const Estate& estate, Item item, Random& dice, Table& table) {
  static constexpr std::array consumers{"external"sv, "external"sv, "internal"sv, "internal"sv,
                                        ""sv};
  const auto [portfolio, node] = estate.portfolios(item);
  const bool silent = item.is_offering() && dice.percent(50);
  const auto* classification = silent                        ? ""
                               : item.is_business()          ? "Business Service"
                               : item.is_supporting()        ? "Technical Service"
                               : item.role == Role::instance ? "Application Service"
                                                             : "";
  table.reference("spm_service_portfolio", "spm_service_portfolio", estate.id(portfolio));
  table.reference("spm_taxonomy_node", "spm_taxonomy_node", estate.id(node));
  table.text("service_classification", classification);
  const bool tells = item.is_business() && !silent;
  table.text("consumer_type", !tells                      ? ""sv
                              : !estate.has_people()      ? dice.pick(consumers)
                              : is_internal(estate, item) ? "internal"sv
                                                          : "external"sv);
}

void write_status(const Estate& estate, Item item, Random& dice, Table& table) {
  const auto codes = status(estate.state(item), dice);
  table.text("operational_status", codes.operational);
  table.text("install_status", codes.install);
  table.text("life_cycle_stage", codes.planted);
  table.text("life_cycle_stage_status", codes.stage_status);
}

void write_description(const Estate& estate, Item item, Random& dice, Table& table) {
  static constexpr std::array levels{"1 - most critical"sv, "2 - somewhat critical"sv,
                                     "3 - less critical"sv, "4 - not critical"sv, ""sv};
  static constexpr std::array uses{"Production"sv, "Production"sv, "Test"sv, "Development"sv};
  static constexpr std::array texts{
      "Taken over from the previous inventory; not reviewed since, see the ticket"sv,
      "See the run book, chapter \"Restart, step by step\", before touching it"sv,
      "Appelez l'équipe d'exploitation avant tout redémarrage, même planifié"sv,
      "Временно, до миграции в новый центр обработки данных"sv, ""sv};
  auto place = [&](std::uint32_t share, Role role, std::uint32_t count) {
    const Item chosen{role, dice.below(count)};
    return dice.percent(share) ? estate.id(chosen) : Id{};
  };
  const auto use = dice.pick(uses);
  const bool physical = item.is_physical();
  table.text("busines_criticality", dice.pick(levels));
  table.text("environment", use);
  table.text("used_for", use);
  table.text("cost", dice.percent(50) ? fmt::format("{}.50", dice.below(90'000)) : "");
  table.text("cost_cc", dice.percent(80) ? "USD" : "EUR");
  table.text("short_description",
             dice.percent(1) ? "Two lines:\n\"quoted\", and more" : dice.pick(texts));
  table.reference("location", "cmn_location", place(70, Role::place, 300));
  table.reference("company", "core_company", place(90, Role::company, 30));
  table.reference("department", "cmn_department", place(60, Role::department, 100));
  table.text("serial_number", physical ? fmt::format("SN-{:010}", dice.below(4'000'000'000U)) : "");
  table.text("discovery_source", physical ? "ServiceNow" : "");
  table.text("last_discovered", physical ? date(dice, dice.percent(25) ? 2023 : 2025, 1) : "");
}

}  // namespace

void write_item(const Estate& estate, Item item, Table& table) {
  auto dice = estate.random(item, Purpose::record);
  table.say_instead(estate.facts(item));
  table.text("sys_id", estate.id(item));
  table.text("name", name(estate, item));
  table.text("sys_class_name", estate.class_of(item));
  if (item.is_portfolio()) {
    const auto owner = estate.owner(item);
    const Item portfolio{Role::portfolio, estate.ordinal(item) % estate.count(Role::portfolio)};
    table.reference("owned_by", owner_table(owner), estate.id(owner));
    if (item.role == Role::node) {
      table.reference("parent", "spm_taxonomy_node", estate.id(estate.parent(item)));
      table.reference("service_portfolio", "spm_service_portfolio", estate.id(portfolio));
    }
  } else {
    table.reference("parent", "cmdb_ci_service", estate.id(estate.parent(item)));
    estate.has_people() ? write_sound_accountability(estate, item, dice, table)
                        : write_accountability(estate, item, dice, table);
    write_facing(estate, item, dice, table);
    write_status(estate, item, dice, table);
    estate.has_people() ? write_sound_description(estate, item, dice, table)
                        : write_description(estate, item, dice, table);
  }
  if (estate.has_people()) {
    write_sound_dates(estate, item, dice, table);
  } else {
    write_dates(dice, table);
  }
}

}  // namespace tierline::synthetic
