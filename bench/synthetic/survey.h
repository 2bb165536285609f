#pragma once
// The truth about an estate: what an audit has to find in it.

#include "synthetic.h"
#include "synthetic/estate.h"

namespace tierline::synthetic {

Planted survey(const Estate& estate);

}  // namespace tierline::synthetic
