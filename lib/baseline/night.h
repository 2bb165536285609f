#pragma once

#include <optional>
#include <string>

#include "tierline/baseline.h"

namespace tierline {

/// As `read_baseline`, and the figures of that night: a report says more of it than a baseline file
/// and what a baseline keeps.
Result<std::optional<Baseline>> read_night(const std::string& path, NightFigures& figures);

}  // namespace tierline
