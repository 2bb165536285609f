#include "reports/tier_rank.h"

#include <map>

namespace tierline {
namespace {

using Neighbours = std::map<ItemId, std::vector<ItemId>>;

/// Members with nothing before them, and all that are on or behind a cycle.
std::set<ItemId> ends(const std::vector<ItemId>& members, const Neighbours& before,
                      const Neighbours& after) {
  std::map<ItemId, std::size_t> waiting_for;
  std::vector<ItemId> ready;
  for (const ItemId member : members) {
    const auto found = before.find(member);
    waiting_for[member] = found == before.end() ? 0 : found->second.size();
    if (waiting_for[member] == 0) {
      ready.push_back(member);
    }
  }
  std::set<ItemId> ends(ready.begin(), ready.end());
  for (std::size_t at = 0; at < ready.size(); ++at) {
    const auto found = after.find(ready[at]);
    for (const ItemId next : found == after.end() ? std::vector<ItemId>() : found->second) {
      if (--waiting_for[next] == 0) {
        ready.push_back(next);
      }
    }
  }
  for (const auto& [member, count] : waiting_for) {
    if (count > 0) {
      ends.insert(member);
    }
  }
  return ends;
}

}  // namespace

TierRank::TierRank(const std::vector<ItemId>& members,
                   const std::vector<std::pair<ItemId, ItemId>>& relations) {
  Neighbours above;
  Neighbours below;
  const std::set<ItemId> in_rank(members.begin(), members.end());
  for (const auto& [upper, lower] : relations) {
    if (upper != lower && in_rank.contains(upper) && in_rank.contains(lower)) {
      above[lower].push_back(upper);
      below[upper].push_back(lower);
    }
  }
  highest_ = ends(members, above, below);
  lowest_ = ends(members, below, above);
}

}  // namespace tierline
