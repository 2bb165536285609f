#pragma once
// The records of the tables, field by field.

#include "synthetic/estate.h"
#include "synthetic/relation.h"
#include "synthetic/table.h"

namespace tierline::synthetic {

void write_item(const Estate& estate, Item item, Table& table);
void write_person(const Estate& estate, Item person, Table& table);
void write_group(const Estate& estate, Item group, Table& table);
void write_department(const Estate& estate, Item department, Table& table);
/// The agreement of a customer about a service or offering.
void write_agreement(const Estate& estate, Item service, Table& table);
void write_relation(const Estate& estate, const Relation& relation, Table& table);

}  // namespace tierline::synthetic
