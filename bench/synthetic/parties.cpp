#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "synthetic/dates.h"
#include "synthetic/people.h"
#include "synthetic/records.h"
#include "synthetic/traits.h"

namespace tierline::synthetic {

using namespace std::string_view_literals;

namespace {

/// Nobody who owns a service is the head of anything, or anything but an employee.
void write_place(const Estate& estate, Item person, Random& dice, Table& table) {
  static constexpr std::array board{"Chief Executive Officer"sv, "CIO"sv, "Head of Platforms"sv,
                                    "Head of Networks"sv,        "CFO"sv, "Chief Sales Officer"sv,
                                    "Branch Manager"sv,          ""sv};
  static constexpr std::array titles{"Service Owner"sv, "Coordinator"sv, "Chiefly Engineer"sv,
                                     "Assistant to the CEO"sv, ""sv};
  static constexpr std::array employments{"Contractor"sv, "Vendor"sv, "Employee"sv, ""sv};
  const Item manager = person.is_planted() ? Item{Role::person, 8 + person.number % 8}
                                           : Item{Role::person, person.number / 8};
  const bool is_managed = person != head && person != estate.placeholder();
  const bool is_board = post(person) == Post::board;
  const bool runs = post(person) == Post::operations;
  table.text("title", is_board ? board[person.number] : dice.pick(titles));
  table.text("active", estate.is_active(person) ? "true" : "false");
  table.text("u_employee_type", runs ? dice.pick(employments) : "Employee");
  table.reference("manager", "sys_user", is_managed ? estate.id(manager) : Id{});
  table.reference("department", "cmn_department", estate.id(department(person)));
}

}  // namespace

void write_person(const Estate& estate, Item person, Table& table) {
  static constexpr std::array first{"Beth"sv,  "Zoë"sv,      "José"sv, "Ivan"sv,
                                    "Ольга"sv, "Mary Ann"sv, "Søren"sv};
  static constexpr std::array last{"Anglin"sv, "O'Neill"sv, "Müller"sv, "Петрова"sv, "Łukasz"sv};
  static constexpr std::array titles{"Service Owner"sv, "Head of Operations"sv, "Engineer"sv, ""sv};
  auto dice = estate.random(person, Purpose::record);
  const bool is_placeholder = person == estate.placeholder();
  const std::array names{std::string(dice.pick(first)), std::string(dice.pick(last))};
  table.say_instead(estate.facts(person));
  const auto user = is_placeholder ? "unassigned" : fmt::format("user.{}", person.number);
  const Item manager{Role::person, person.number / 8};
  const bool is_managed = !is_placeholder && person.number > 0;
  table.text("sys_id", estate.id(person));
  table.text("user_name", user);
  table.text("name", is_placeholder ? "Unassigned" : names[0] + " " + names[1]);
  table.text("email", user + "@synthetic.example");
  if (estate.has_people()) {
    write_place(estate, person, dice, table);
    return;
  }
  table.text("title", dice.pick(titles));
  table.text("active", estate.is_active(person) ? "true" : "false");
  table.reference("manager", "sys_user", is_managed ? estate.id(manager) : Id{});
  table.reference("department", "cmn_department", estate.id({Role::department, dice.below(100)}));
  table.text("sys_class_name", "sys_user");
  write_dates(dice, table);
}

void write_group(const Estate& estate, Item group, Table& table) {
  auto dice = estate.random(group, Purpose::record);
  table.say_instead(estate.facts(group));
  table.text("sys_id", estate.id(group));
  table.text("name",
             fmt::format("{} team {}", dice.pick(trait(Role::technical).words), group.number));
  table.text("active", "true");
  const Item lead = estate.has_people() ? somebody(estate, Post::operations, dice)
                                        : Item{Role::person, dice.below(estate.people() - 1)};
  table.reference("manager", "sys_user", estate.id(lead));
  table.text("email", fmt::format("team.{}@synthetic.example", group.number));
  write_dates(dice, table);
}

void write_department(const Estate& estate, Item department, Table& table) {
  struct Place {
    std::string_view name;
    std::uint32_t above;
  };
  static constexpr std::array<Place, departments> places{{{"Norrland Group", 0},
                                                          {"Information Technology", 0},
                                                          {"Networks", 1},
                                                          {"Platforms", 1},
                                                          {"Sales", 0},
                                                          {"Logistics", 0},
                                                          {"Ithaca Branch", 4},
                                                          {"IT Training Courses", 0}}};
  const auto& [name, above] = places[department.number];
  table.text("sys_id", estate.id(department));
  table.text("name", name);
  table.reference("parent", "cmn_department",
                  department.number == 0 ? Id{} : estate.id({Role::department, above}));
  table.reference("dept_head", "sys_user", estate.id({Role::person, department.number}));
}

void write_agreement(const Estate& estate, Item service, Table& table) {
  table.say_instead(estate.facts(service));
  table.text("sys_id", estate.id({Role::agreement,
                                  estate.ordinal(service) * 2 + (service.is_offering() ? 1 : 0)}));
  table.reference("service_offering", "service_offering", estate.id(service));
  table.reference("core_company", "core_company",
                  estate.id({Role::company, estate.ordinal(service) % 30}));
}

}  // namespace tierline::synthetic
