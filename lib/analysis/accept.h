#pragma once
// Which findings somebody accepts.

#include "tierline/rule.h"

namespace tierline {

/// Marks the facts that an acceptance in force fits, each by the one that lasts longest, and counts
/// what every acceptance came to. The rules that judge these come after. Takes time in proportion
/// to facts and acceptances, and to their product only for those that name neither a fingerprint
/// nor an item, rule by rule.
void accept_facts(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
                  bool assume_complete, RuleResults& results, unsigned jobs);

}  // namespace tierline
