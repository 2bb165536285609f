#pragma once
// The whole pipeline in one call: import, graph, rules, scope.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tierline/import.h"
#include "tierline/report.h"

namespace tierline {

struct AuditOptions {
  ImportOptions import;
  RuleSelection rules;
  std::vector<ScopeTerm> where;
  /// Which items alone to report about, of those that `where` lets through; all without it.
  std::function<Result<ItemSet>(const Inventory& inventory)> only_about;
  std::optional<Severity> fail_on = Severity::high;  ///< Nothing: findings never fail the run.
  std::string baseline;                              ///< A file; empty for none.
  GuardLimits guard;                                 ///< Beside a baseline.
  bool any_fails = false;  ///< Whether findings that were there before fail the run as well.
  std::string estate;      ///< What it is called; its sources and scope where that is empty.
  std::string version;     ///< Of the program, for reports.
  std::vector<std::string> config_files;  ///< What configured all this, for reports.
  std::string config_digest;              ///< XXH3-128 of them together.
  LinkTemplate link;                      ///< To pages of items, for reports.
};

/// A finished audit. Reports refer to what is in it.
struct Audit {
  std::unique_ptr<const Inventory> inventory;
  std::unique_ptr<const TieredGraph> graph;
  RuleResults results;
  RuleSelection rules;  ///< By which it was judged.
  ItemSet scope;        ///< What is reported, as far as it is about items.
  Summary summary;
  Ledger ledger;
  RunInfo run;
  std::optional<Changes> changes;       ///< Since the baseline, where one was named.
  std::vector<std::string> suspicions;  ///< Why the export looks broken beside the baseline.
  /// What is known of the nights before, the earliest first: as the baseline tells of them.
  std::vector<NightFigures> earlier_nights;
  std::vector<StageTime> times;  ///< Of import, graph and rules.

  [[nodiscard]] AuditReport report() const {
    return {*inventory,    *graph, results,
            rules,         scope,  summary,
            ledger,        run,    changes ? &*changes : nullptr,
            earlier_nights};
  }
  /// All of them in words. There may be millions: reports word them one by one.
  [[nodiscard]] std::vector<Finding> findings() const;
};

/// An error where the import fails, where `where` names what the export does not have, or where the
/// baseline cannot be read or is of another estate.
Result<Audit> audit(const AuditOptions& options);

}  // namespace tierline
