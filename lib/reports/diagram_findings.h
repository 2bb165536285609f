#pragma once
// What the findings say about single items of a picture and about the relations between them.

#include <map>
#include <set>
#include <vector>

#include "tierline/report.h"

namespace tierline {

class DiagramFindings {
 public:
  explicit DiagramFindings(const AuditReport& report);

  /// The findings about an item, worst first.
  struct NodeFinding {
    const Rule* rule;
    Severity severity;
  };
  [[nodiscard]] std::vector<NodeFinding> of(ItemId item) const;
  [[nodiscard]] bool is_orphan(ItemId item) const;
  /// Whether a finding is about a relation between the two, or about a group that both are in.
  [[nodiscard]] bool is_faulty(ItemId from, ItemId to) const;

 private:
  struct Fault {
    bool is_group;
    std::vector<ItemId> members;
  };
  std::map<ItemId, std::vector<NodeFinding>> by_item_;
  std::vector<Fault> faults_;
  std::map<ItemId, std::set<std::size_t>> faults_of_;  ///< Numbers of those it is a member of.
};

}  // namespace tierline
