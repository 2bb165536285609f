#include "analysis/reporting_lines.h"

#include <algorithm>

namespace tierline {

ReportingLines::ReportingLines(const Inventory& inventory) : places_(inventory.party_count()) {
  // From everybody up to somebody whose place is known, and down again.
  constexpr std::uint32_t unseen = UINT32_MAX;
  constexpr std::uint32_t nowhere = UINT32_MAX - 1;  // No head is above.
  std::vector<std::uint32_t> head(inventory.party_count(), unseen);
  std::vector<std::uint32_t> levels(inventory.party_count());  // By head.
  std::vector<std::uint32_t> line;
  for (std::uint32_t start = 0; start < head.size(); ++start) {
    std::uint32_t at = start;
    line.clear();
    while (head[at] == unseen) {
      head[at] = nowhere;  // Whoever comes here again has gone round.
      line.push_back(at);
      const PartyDetails& details = inventory.details(PartyId{at});
      if (details.manager == no_party || details.manager == PartyId{at}) {
        head[at] = details.has_unknown_manager ? nowhere : at;
        levels[at] = 1;
        line.pop_back();
        break;
      }
      at = index_of(details.manager);
    }
    while (!line.empty()) {
      const std::uint32_t next = line.back();
      const std::uint32_t above = index_of(inventory.details(PartyId{next}).manager);
      line.pop_back();
      head[next] = head[above];
      if (head[next] != nowhere) {
        places_[next].levels_below_top = places_[above].levels_below_top + 1;
        std::uint32_t& deepest = levels[head[next]];
        deepest = std::max(deepest, places_[next].levels_below_top + 1);
      }
    }
  }
  for (std::uint32_t i = 0; i < head.size(); ++i) {
    places_[i].levels_of_tree = head[i] == nowhere ? 0 : levels[head[i]];
  }
}

}  // namespace tierline
