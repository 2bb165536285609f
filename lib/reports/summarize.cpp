#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/scope.h"
#include "support/documents.h"
#include "tierline/report.h"
#include "tierline/text.h"

namespace tierline {

std::vector<SharedReason> reasons_not_evaluated(const RuleResults& results) {
  std::map<std::string, SharedReason> reasons;
  for (const NotEvaluated& one : results.not_evaluated) {
    SharedReason& shared = reasons[one.reason];
    shared.reason = one.reason;
    shared.rules.emplace_back(one.rule->id);
    shared.count = std::max(shared.count, one.count);
    shared.counted = one.rule->tiers.empty() ? "relation" : "item";
  }
  std::vector<SharedReason> all;
  for (auto& [text, reason] : reasons) {
    all.push_back(std::move(reason));
  }
  return all;
}

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
    } else if (inventory.has_input(item, RuleInput::accountable)) {
      ++coverage.unowned;
    } else {
      ++coverage.not_evaluated;
    }
  }
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (is_in_scope(relation, scope)) {
      ++summary.relations[static_cast<std::size_t>(relation.kind)];
      summary.unresolved_ends +=
          (relation.from == no_item ? 1U : 0U) + (relation.to == no_item ? 1U : 0U);
    }
  }
  for (std::uint32_t i = 0; i < inventory.party_count(); ++i) {
    summary.parties += inventory.party(PartyId{i}).known ? 1U : 0U;
  }
  for (const RuleFacts& found : results.found) {
    for (const Fact& fact : found.facts) {
      ++summary.severities[static_cast<std::size_t>(fact.severity)];
    }
  }
  return summary;
}

std::string findings_by_severity(const Summary& summary) {
  std::vector<std::string> counts;
  for (std::size_t i = summary.severities.size(); i-- > 0;) {
    if (summary.severities[i] > 0) {
      counts.push_back(fmt::format("{} {}", with_thousands(summary.severities[i]),
                                   to_string(static_cast<Severity>(i))));
    }
  }
  return join(counts, ", ");
}

std::string_view findings_schema() {
  return embedded_findings_schema();
}

}  // namespace tierline
