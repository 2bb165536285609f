#pragma once
// The export of an estate.

#include <filesystem>

#include "synthetic/estate.h"

namespace tierline::synthetic {

/// A file or several for each table that has records. Throws std::runtime_error when one cannot be
/// written.
void write_tables(const Estate& estate, const std::filesystem::path& folder);

}  // namespace tierline::synthetic
