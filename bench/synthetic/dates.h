#pragma once
// Points in time, as a record has them.

#include <cstdint>
#include <string>

#include "synthetic/random.h"
#include "synthetic/table.h"

namespace tierline::synthetic {

/// Within so many years from `year` on.
std::string date(Random& dice, std::uint32_t year, std::uint32_t years);

/// So many days after that of the audit, or before.
std::string day(int days_after);

/// When a record was created and updated.
void write_dates(Random& dice, Table& table);

}  // namespace tierline::synthetic
