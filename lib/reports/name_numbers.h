#pragma once
// Ids of a graph's objects in the order of their names' first use. cgraph's own are addresses, and
// it sorts by them: the same picture would come out differently from run to run.

#include <graphviz/cgraph.h>

namespace tierline {

/// For agopen().
Agdisc_t* numbered_names();

}  // namespace tierline
