#include "reports/marks.h"

#include <algorithm>

#include "tierline/rule.h"

namespace tierline {

Marks::Marks(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.subject.item != no_item) {
      findings_[finding.subject.item].push_back(&finding);
    }
    for (const ItemId member : finding.subject.members) {
      faults_[member].insert(&finding);
    }
  }
  for (auto& [item, found] : findings_) {
    std::ranges::stable_sort(found, std::ranges::greater(), &Finding::severity);
  }
}

std::vector<const Finding*> Marks::of(ItemId item) const {
  const auto found = findings_.find(item);
  return found == findings_.end() ? std::vector<const Finding*>() : found->second;
}

bool Marks::is_orphan(ItemId item) const {
  return std::ranges::any_of(of(item), [](const Finding* finding) {
    return finding->rule->id == "orphaned-supporting-service";
  });
}

bool Marks::is_faulty(ItemId from, ItemId to) const {
  const auto of_from = faults_.find(from);
  const auto of_to = faults_.find(to);
  if (of_from == faults_.end() || of_to == faults_.end()) {
    return false;
  }
  return std::ranges::any_of(of_from->second, [&](const Finding* finding) {
    const bool is_about_both = finding->subject.kind == SubjectKind::group ||
                               (finding->subject.members == std::vector{from, to} ||
                                finding->subject.members == std::vector{to, from});
    return is_about_both && of_to->second.contains(finding);
  });
}

}  // namespace tierline
