#include "documents.h"
#include "tierline/report.h"

namespace tierline {

Summary summarize(const Inventory& inventory, const ItemSet& scope, const RuleResults& results) {
  Summary summary;
  for (const ItemId item : inventory.items()) {
    if (!scope.contains(item)) {
      continue;
    }
    const auto tier = static_cast<std::size_t>(inventory.tier(item));
    ++summary.items[tier];
    ++summary.states[tier][static_cast<std::size_t>(inventory.state(item))];
    if (!inventory.is_live(item)) {
      continue;
    }
    if (inventory.is_service(item)) {
      ++summary.facings[static_cast<std::size_t>(inventory.facing(item))];
    }
    Coverage& coverage = summary.coverage[tier];
    ++coverage.live;
    if (inventory.has_owner(item)) {
      ++coverage.owned;
    } else if (inventory.has_input(item, Input::accountable)) {
      ++coverage.unowned;
    } else {
      ++coverage.not_evaluated;
    }
  }
  for (const RelationId id : inventory.relations()) {
    ++summary.relations[static_cast<std::size_t>(inventory.relation(id).kind)];
  }
  summary.unresolved_ends = inventory.unresolved_ends().size();
  summary.parties = inventory.party_count();
  for (const Finding& finding : results.findings) {
    ++summary.severities[static_cast<std::size_t>(finding.severity)];
  }
  return summary;
}

std::string_view findings_schema() {
  return embedded_findings_schema();
}

}  // namespace tierline
