#pragma once
// Who relies on whom in an estate.

#include <functional>

#include "synthetic/estate.h"
#include "synthetic/relation.h"

namespace tierline::synthetic {

/// Parent by parent in the order of the items, numbered from 0; always the same.
void visit_relations(const Estate& estate, const std::function<void(const Relation&)>& visit);

}  // namespace tierline::synthetic
