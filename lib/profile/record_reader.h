#pragma once
// Reads `records` of a profile document: what each kind of record is, and what its fields hold.

#include "profile/compiled.h"
#include "profile/field_table.h"
#include "profile/json_node.h"

namespace tierline {

/// Adds the records to the profile, and the fields that they name to `fields`.
void read_records(const JsonNode& records, FieldTable& fields, CompiledProfile& profile);

}  // namespace tierline
