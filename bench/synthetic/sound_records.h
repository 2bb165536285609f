#pragma once
// What stands in the records of an estate with people: all of it right, and much of it nearly not.

#include <string_view>

#include "synthetic/estate.h"
#include "synthetic/table.h"

namespace tierline::synthetic {

std::string_view owner_table(Item owner);

void write_sound_accountability(const Estate& estate, Item item, Random& dice, Table& table);
void write_sound_description(const Estate& estate, Item item, Random& dice, Table& table);
void write_sound_dates(const Estate& estate, Item item, Random& dice, Table& table);

}  // namespace tierline::synthetic
