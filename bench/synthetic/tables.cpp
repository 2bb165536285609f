#include "synthetic/tables.h"

#include <map>
#include <string_view>

#include "synthetic/people.h"
#include "synthetic/records.h"
#include "synthetic/relations.h"
#include "synthetic/table.h"

namespace tierline::synthetic {
namespace {

using std::filesystem::path;

void write_items(const Estate& estate, const path& folder) {
  std::map<std::string_view, std::uint64_t> tables;
  estate.visit_items([&](Item item) { ++tables[estate.class_of(item)]; });
  for (const auto& [name, records] : tables) {
    Table table(estate.options(), folder, name, records);
    estate.visit_items([&, item_class = name](Item item) {
      if (estate.class_of(item) == item_class) {
        write_item(estate, item, table);
        table.end_record();
      }
    });
    table.close();
  }
}

void write_people(const Estate& estate, const path& folder) {
  const auto planted = estate.planted().count(Role::person);
  Table table(estate.options(), folder, "sys_user", estate.people() + planted);
  for (std::uint32_t i = 0; i < estate.people() + planted; ++i) {
    write_person(estate, estate.party(Role::person, i), table);
    table.end_record();
  }
  table.close();
}

void write_groups(const Estate& estate, const path& folder) {
  const auto planted = estate.planted().count(Role::group);
  Table table(estate.options(), folder, "sys_user_group", estate.groups() + planted);
  for (std::uint32_t i = 0; i < estate.groups() + planted; ++i) {
    write_group(estate, estate.party(Role::group, i), table);
    table.end_record();
  }
  table.close();
}

void write_departments(const Estate& estate, const path& folder) {
  Table table(estate.options(), folder, "cmn_department", departments);
  for (std::uint32_t i = 0; i < departments; ++i) {
    write_department(estate, {Role::department, i}, table);
    table.end_record();
  }
  table.close();
}

/// Of each service that a scenario has; in the sound part, customers agree about offerings.
void write_agreements(const Estate& estate, const path& folder) {
  const auto is_agreed = [&](Item item) {
    return item.role == Role::business_offering ||
           (item.role == Role::business && item.is_planted());
  };
  std::uint64_t agreements = 0;
  estate.visit_items([&](Item item) { agreements += is_agreed(item) ? 1 : 0; });
  Table table(estate.options(), folder, "service_subscribe_company", agreements);
  estate.visit_items([&](Item item) {
    if (is_agreed(item)) {
      write_agreement(estate, item, table);
      table.end_record();
    }
  });
  table.close();
}

void write_relations(const Estate& estate, const path& folder) {
  std::uint64_t rows = 0;
  std::uint64_t associations = 0;
  visit_relations(estate, [&](const Relation& relation) {
    ++(relation.type == Type::association ? associations : rows);
  });
  Table row_table(estate.options(), folder, "cmdb_rel_ci", rows);
  Table association_table(estate.options(), folder, "svc_ci_assoc", associations);
  visit_relations(estate, [&](const Relation& relation) {
    auto& table = relation.type == Type::association ? association_table : row_table;
    write_relation(estate, relation, table);
    table.end_record();
  });
  row_table.close();
  association_table.close();
}

}  // namespace

void write_tables(const Estate& estate, const path& folder) {
  write_items(estate, folder);
  write_people(estate, folder);
  write_groups(estate, folder);
  write_relations(estate, folder);
  if (estate.has_people()) {
    write_departments(estate, folder);
    write_agreements(estate, folder);
  }
}

}  // namespace tierline::synthetic
