#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "synthetic/dates.h"
#include "synthetic/records.h"
#include "synthetic/traits.h"

namespace tierline::synthetic {

using namespace std::string_view_literals;

void write_person(const Estate& estate, Item person, Table& table) {
  static constexpr std::array first{"Beth"sv,  "Zoë"sv,      "José"sv, "Ivan"sv,
                                    "Ольга"sv, "Mary Ann"sv, "Søren"sv};
  static constexpr std::array last{"Anglin"sv, "O'Neill"sv, "Müller"sv, "Петрова"sv, "Łukasz"sv};
  static constexpr std::array titles{"Service Owner"sv, "Head of Operations"sv, "Engineer"sv, ""sv};
  auto dice = estate.random(person, Purpose::record);
  const bool is_placeholder = person == estate.placeholder();
  const std::array names{std::string(dice.pick(first)), std::string(dice.pick(last))};
  const auto user = is_placeholder ? "unassigned" : fmt::format("user.{}", person.number);
  const Item manager{Role::person, person.number / 8};
  const bool is_managed = !is_placeholder && person.number > 0;
  table.text("sys_id", estate.id(person));
  table.text("user_name", user);
  table.text("name", is_placeholder ? "Unassigned" : names[0] + " " + names[1]);
  table.text("email", user + "@synthetic.example");
  table.text("title", dice.pick(titles));
  table.text("active", estate.is_active(person) ? "true" : "false");
  table.reference("manager", "sys_user", is_managed ? estate.id(manager) : Id{});
  table.reference("department", "cmn_department", estate.id({Role::department, dice.below(100)}));
  table.text("sys_class_name", "sys_user");
  write_dates(dice, table);
}

void write_group(const Estate& estate, Item group, Table& table) {
  auto dice = estate.random(group, Purpose::record);
  table.text("sys_id", estate.id(group));
  table.text("name",
             fmt::format("{} team {}", dice.pick(trait(Role::technical).words), group.number));
  table.text("active", "true");
  table.reference("manager", "sys_user",
                  estate.id({Role::person, dice.below(estate.people() - 1)}));
  table.text("email", fmt::format("team.{}@synthetic.example", group.number));
  write_dates(dice, table);
}

}  // namespace tierline::synthetic
