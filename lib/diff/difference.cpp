#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <numeric>
#include <tuple>

#include "analysis/fingerprint.h"
#include "analysis/scope.h"
#include "diff/changes.h"
#include "reports/subject.h"
#include "support/documents.h"
#include "support/id128.h"
#include "tierline/diff.h"

namespace tierline {
namespace {

using Fingerprints = boost::unordered_flat_set<Id128>;

void put_in_order(std::vector<ChangedFinding>& findings) {
  std::ranges::sort(findings, {}, [](const ChangedFinding& one) {
    return std::tuple(!one.is_new, -static_cast<int>(one.severity), one.rule, one.subject,
                      one.fingerprint);
  });
}

class Comparison {
 public:
  Comparison(const Audit& before, const Audit& after, const AuditOptions& options)
      : before_(before),
        after_(after),
        options_(options),
        both_(*before.inventory, *after.inventory) {}

  Difference compare(std::size_t most_undone) {
    out_.changes = changes_between(both_);
    find_findings();
    find_causes(most_undone);
    put_in_order(out_.findings);
    return std::move(out_);
  }

 private:
  void find_findings() {
    const Fingerprints earlier = fingerprints(before_.report());
    const Fingerprints later = fingerprints(after_.report());
    add_those_not_in(earlier, after_.report(), true);
    add_those_not_in(later, before_.report(), false);
    out_.unchanged = static_cast<std::uint64_t>(
        std::ranges::count_if(later, [&](const Id128& id) { return earlier.contains(id); }));
  }

  static Fingerprints fingerprints(const AuditReport& report) {
    Fingerprints all;
    report.each_fact([&](const FactView& fact) { all.insert(fingerprint_of(fact)); });
    return all;
  }

  static std::string why_not_judged(const Audit& audit, const Rule& rule) {
    const auto found = std::ranges::find_if(
        audit.results.not_evaluated,
        [&](const NotEvaluated& one) { return one.rule == &rule && one.count == 0; });
    return found == audit.results.not_evaluated.end() ? std::string() : found->reason;
  }

  void add_those_not_in(const Fingerprints& others, const AuditReport& report, bool is_new) {
    report.each_fact([&](const FactView& fact) {
      const Id128 fingerprint = fingerprint_of(fact);
      if (others.contains(fingerprint)) {
        return;
      }
      const Finding finding = word(fact);
      number_of_.emplace(fingerprint, out_.findings.size());
      out_.findings.push_back({is_new,
                               std::string(fact.rule().id),
                               finding.severity,
                               subject_name(report, finding.subject),
                               finding.message,
                               finding.fingerprint,
                               {},
                               why_not_judged(is_new ? before_ : after_, fact.rule())});
      for (const ItemId item : items_of(fact)) {
        near_.insert(report.inventory.key(item));
      }
    });
  }

  /// Those that touch what findings are about come first.
  std::vector<std::size_t> changes_to_undo(std::size_t most) const {
    std::vector<std::size_t> order(out_.changes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_partition(order, [&](std::size_t i) { return is_near(out_.changes[i]); });
    order.resize(std::min(order.size(), most));
    return order;
  }

  bool is_near(const Change& change) const {
    const bool is_gone = change.kind == ChangeKind::item_removed;
    const Inventory& inventory = is_gone ? *before_.inventory : *after_.inventory;
    return change.item != no_item && near_.contains(inventory.key(change.item));
  }

  /// A finding hangs on a change when it is as it was before as soon as that is taken back.
  void find_causes(std::size_t most_undone) {
    if (out_.findings.empty()) {
      return;
    }
    for (const std::size_t i : changes_to_undo(most_undone)) {
      const Inventory inventory = undo(both_, out_.changes[i]);
      const unsigned jobs = options_.import.jobs;
      const TieredGraph graph(inventory, jobs);
      // What is looked at may itself be gone with the change: then nothing is.
      const auto scope = items_in_scope(inventory, graph, options_.where);
      const RuleResults results = run_rules(inventory, graph, after_.rules,
                                            scope ? *scope : ItemSet(inventory.item_count()), jobs);
      Fingerprints there;
      for (const RuleFacts& found : results.found) {
        for (const Fact& fact : found.facts) {
          const Id128 fingerprint = fingerprint_of({inventory, graph, found, fact});
          if (number_of_.contains(fingerprint)) {
            there.insert(fingerprint);
          }
        }
      }
      for (const auto& [fingerprint, number] : number_of_) {
        ChangedFinding& finding = out_.findings[number];
        if (finding.not_judged.empty() && there.contains(fingerprint) != finding.is_new) {
          finding.causes.push_back(i);
        }
      }
      ++out_.undone;
    }
    for (ChangedFinding& finding : out_.findings) {
      std::ranges::sort(finding.causes);
    }
  }

  const Audit& before_;
  const Audit& after_;
  const AuditOptions& options_;
  Correspondence both_;
  boost::unordered_flat_map<Id128, std::size_t> number_of_;
  boost::unordered_flat_set<std::string> near_;
  Difference out_;
};

ChangedFinding changed(const BaselineFinding& finding, bool is_new) {
  return {is_new,
          finding.rule,
          finding.severity,
          finding.name.empty() ? finding.id : finding.name,
          "",
          to_hex(finding.fingerprint),
          {},
          {}};
}

}  // namespace

Difference difference(const Audit& before, const Audit& after, const AuditOptions& options,
                      std::size_t most_undone) {
  Difference found = Comparison(before, after, options).compare(most_undone);
  found.before.as_of = before.run.as_of;
  found.after.as_of = after.run.as_of;
  return found;
}

Difference difference(const Baseline& before, const Baseline& after) {
  Difference found;
  found.before = {before.file, before.as_of};
  found.after = {after.file, after.as_of};
  found.is_of_reports = true;
  const auto is_in = [](const Baseline& baseline, const Id128& fingerprint) {
    return std::ranges::binary_search(baseline.findings, fingerprint, {},
                                      &BaselineFinding::fingerprint);
  };
  for (const BaselineFinding& finding : after.findings) {
    if (is_in(before, finding.fingerprint)) {
      ++found.unchanged;
    } else {
      found.findings.push_back(changed(finding, true));
    }
  }
  for (const BaselineFinding& finding : before.findings) {
    if (!is_in(after, finding.fingerprint)) {
      found.findings.push_back(changed(finding, false));
    }
  }
  put_in_order(found.findings);
  return found;
}

std::string_view difference_schema() {
  return embedded_difference_schema();
}

}  // namespace tierline
