#pragma once

#include <vector>

#include "inventory/undo.h"
#include "tierline/diff.h"

namespace tierline {

/// By kind, then subject.
std::vector<Change> changes_between(const Correspondence& both);

/// The later inventory without that change.
Inventory undo(const Correspondence& both, const Change& change);

}  // namespace tierline
