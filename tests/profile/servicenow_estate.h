#pragma once
// One ServiceNow estate, to be written in every shape that ServiceNow exports have.
//
//   cmdb_ci_service_business (Business Service) | name | owned_by > sys_user | operational_status
//   Shop                                        | Ann           | 1 = Operational
//
// A table is a line of its name, its label and its fields, then a line a record, up to an empty
// one. A field that refers to a table names it after `>`: its cells name a record there, or with a
// `!` one that was deleted. `1 = Operational` is a stored value and its label.

#include <string>
#include <string_view>
#include <vector>

namespace tierline::servicenow {

struct Field {
  std::string name;
  std::string refers_to;  ///< A table; empty for what is no reference.
};

struct Value {
  std::string stored;
  std::string label;
};

struct Record {
  std::string id;
  std::vector<Value> values;  ///< In the order of the table's fields.
};

struct Table {
  std::string name;
  std::string label;
  std::vector<Field> fields;
  std::vector<Record> records;

  [[nodiscard]] bool holds_items() const;
};

using Estate = std::vector<Table>;

/// The sys_id of the record of that name: its letters as hexadecimal digits.
std::string id_of(std::string_view name);

Estate read_estate(std::string_view text);

/// How the Table API writes values: `sysparm_display_value`, and whether
/// `sysparm_exclude_reference_link` was left out.
enum class Display { stored, labels, both };
struct TableApi {
  Display display = Display::stored;
  bool links = true;
};

/// Each writes one table, as the content of a file named after it.
std::string as_table_api(const Table& table, TableApi how);
std::string as_list_json(const Table& table, bool with_dv_fields);
/// The same answer as XML.
std::string as_rest_xml(const Table& table, TableApi how);
enum class Headers { names, labels };
std::string as_csv(const Table& table, Display display, Headers headers);

/// Tables in one file, as an export to XML wraps them in `<unload>` and a `?XML` address in
/// `<xml>`.
enum class Order { by_table, in_turns };
std::string as_xml(const Estate& estate, const std::string& root, Order order);

/// One record of an item table with its relations, as the CMDB instance API answers; relations come
/// from `cmdb_rel_ci`.
std::string as_instance(const Estate& estate, const Table& table, const Record& record);
/// The same as `sg_services` answers: flat, with `null` for what is empty.
std::string as_service_graph(const Estate& estate, const Table& table, const Record& record);

}  // namespace tierline::servicenow
