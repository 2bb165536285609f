#include "reports/diagram_findings.h"

#include <algorithm>

namespace tierline {

DiagramFindings::DiagramFindings(const AuditReport& report) {
  report.each_fact([&](const FactView& fact) {
    if (fact.item() != no_item) {
      by_item_[fact.item()].push_back({&fact.rule(), fact.severity()});
      return;
    }
    std::vector<ItemId> members = fact.members();
    for (const ItemId member : members) {
      faults_of_[member].insert(faults_.size());
    }
    if (!members.empty()) {
      faults_.push_back({fact.kind() == SubjectKind::group, std::move(members)});
    }
  });
  for (auto& [item, found] : by_item_) {
    std::ranges::stable_sort(found, std::ranges::greater(), &NodeFinding::severity);
  }
}

std::vector<DiagramFindings::NodeFinding> DiagramFindings::of(ItemId item) const {
  const auto found = by_item_.find(item);
  return found == by_item_.end() ? std::vector<NodeFinding>() : found->second;
}

bool DiagramFindings::is_orphan(ItemId item) const {
  return std::ranges::any_of(
      of(item), [](const NodeFinding& finding) { return finding.rule->id == rule_of_orphans; });
}

bool DiagramFindings::is_faulty(ItemId from, ItemId to) const {
  const auto of_from = faults_of_.find(from);
  const auto of_to = faults_of_.find(to);
  if (of_from == faults_of_.end() || of_to == faults_of_.end()) {
    return false;
  }
  return std::ranges::any_of(of_from->second, [&](std::size_t number) {
    const Fault& fault = faults_[number];
    const bool is_about_both = fault.is_group || fault.members == std::vector{from, to} ||
                               fault.members == std::vector{to, from};
    return is_about_both && of_to->second.contains(number);
  });
}

}  // namespace tierline
