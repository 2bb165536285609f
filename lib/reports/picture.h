#pragma once
// The estate as a picture: tiers as ranks from top to bottom, who relies on whom as arrows. A
// picture of everything can be read by nobody, so what has findings is drawn first, worst first,
// with what stands around it; and the picture says what it leaves out. The only place, with dot.cpp
// and graphviz_svg.cpp, that names Graphviz.

#include <graphviz/cgraph.h>

#include <memory>
#include <vector>

#include "tierline/report.h"

namespace tierline {

struct CloseGraph {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};
using GraphPtr = std::unique_ptr<Agraph_t, CloseGraph>;

/// The items to draw, at most `style.most_items`, sorted by tier and key.
std::vector<ItemId> choose_items(const AuditReport& report, const ReportStyle& style);

/// What holds an item, what it holds, what relies on it and what it relies on; with doubles.
std::vector<ItemId> neighbours_of(const TieredGraph& graph, ItemId item);

/// The picture of these items, not laid out yet.
GraphPtr draw(const AuditReport& report, const ReportStyle& style,
              const std::vector<ItemId>& items);

/// The picture as SVG, laid out by Graphviz; of fewer items where that takes too long.
Status write_graphviz_svg(const AuditReport& report, const ReportStyle& style, Output& output);

}  // namespace tierline
