#pragma once

#include <cstdint>

#include "tierline/finding.h"

namespace tierline {

/// Of what defines a finding (`is_defining`).
std::uint64_t evidence_hash(const Evidence& evidence);

}  // namespace tierline
