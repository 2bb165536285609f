#pragma once
// What much stops with, found by letting one thing after the other fail.

#include <vector>

#include "synthetic/estate.h"

namespace tierline::synthetic {

/// Live systems and components that stop, when each fails alone, at least five of the services that
/// customers use which are a tenth of all, or two of criticality 1. A cluster stands while one of
/// its members does.
std::vector<Item> single_points_of_failure(const Estate& estate);

}  // namespace tierline::synthetic
