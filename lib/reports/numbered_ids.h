#pragma once
// Graphviz draws subgraphs in the order of their ids, and its own ids are addresses: which cluster
// comes first then depends on the memory of the run. With these ids it is the one made first.

#include <graphviz/cgraph.h>

namespace tierline {

/// For `agopen`: the objects of the graph are numbered as they are made.
Agdisc_t* numbered_ids();

}  // namespace tierline
