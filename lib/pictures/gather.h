#pragma once
// Which items stand in a neighbourhood, nearest first.

#include <unordered_map>
#include <vector>

#include "pictures/neighbourhood.h"

namespace tierline {

struct Gathered {
  struct One {
    ItemId item = no_item;
    ItemId towards = no_item;  ///< The neighbour that is nearer to the centre.
    Zone zone = Zone::centre;
    std::uint32_t distance = 0;
    bool is_unopened = false;  ///< A service on the way down: what it relies on is not followed.
  };
  /// By distance, then by tier and key; no more than `most_gathered`.
  std::vector<One> items;
  /// Those that are not among them, by zone (above, centre, below) and column.
  std::size_t beyond[3][column_count] = {};
};
inline constexpr std::size_t most_gathered = 20'000;

/// All that lives on a way to or from the focus. Downwards, a way ends at the next service; what is
/// not live is there where something live needs it.
Gathered around_focus(const AuditReport& report, const ReportStyle& style);
/// All that lives on a way from one item to another, shortest ways first; nothing where none leads
/// there.
Gathered on_ways(const AuditReport& report, ItemId from, ItemId to);
/// What a rule found something wrong with, and what stands next to it.
Gathered around_findings(const AuditReport& report, const Rule& rule, std::size_t most);

/// The column of an item that has a tier; of others, that of systems.
std::size_t column_of(Tier tier);

}  // namespace tierline
