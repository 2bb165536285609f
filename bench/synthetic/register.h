#pragma once
// The second source of an estate with people: a register of services, which names owners as well.

#include <filesystem>

#include "synthetic/estate.h"

namespace tierline::synthetic {

/// items.csv and parties.csv in tierline's own format. Throws std::runtime_error when one cannot be
/// written.
void write_register(const Estate& estate, const std::filesystem::path& folder);

}  // namespace tierline::synthetic
