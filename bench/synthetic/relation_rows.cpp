#include "synthetic/dates.h"
#include "synthetic/records.h"

namespace tierline::synthetic {

void write_relation(const Estate& estate, const Relation& relation, Table& table) {
  const Item row{Role::row, relation.row};
  auto dice = estate.random(row, Purpose::record);
  table.text("sys_id", estate.id(row));
  if (relation.type == Type::association) {
    table.reference("service_id", "cmdb_ci_service", estate.id(relation.parent));
    table.reference("ci_id", "cmdb_ci", estate.id(relation.child));
  } else {
    table.reference("parent", "cmdb_ci", estate.id(relation.parent));
    table.reference("type", "cmdb_rel_type", type_id(relation.type));
    table.reference("child", "cmdb_ci", estate.id(relation.child));
  }
  table.text("sys_updated_on", date(dice, 2020, 5));
}

}  // namespace tierline::synthetic
