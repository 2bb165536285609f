#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "judge/fingerprint.h"
#include "judge/stopwatch.h"
#include "support/parallel.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// Whether some source has what a rule needs.
bool has(const Reach& reach, const Inventory& inventory, Need need) {
  const auto any = [&](auto member) {
    return std::ranges::any_of(reach.shapes,
                               [&](const SourceShape& shape) { return shape.*member > 0; });
  };
  switch (need) {
    case Need::services:
      return any(&SourceShape::services);
    case Need::portfolios:
      return any(&SourceShape::portfolios);
    case Need::infrastructure:
      return any(&SourceShape::infrastructure);
    case Need::relations:
      return any(&SourceShape::relations);
    case Need::service_relations:
      return any(&SourceShape::service_uses);
    case Need::parties:
      break;
  }
  return std::ranges::any_of(inventory.inputs(),
                             [](const InputSummary& input) { return input.parties > 0; });
}

/// Why a rule that concludes from absence cannot be judged; empty when it can.
std::string incompleteness(const Rule& rule, const Inventory& inventory, const Reach& reach) {
  const auto hides = [&](const Truncation& cut) {
    switch (rule.concludes_from_absence_of) {
      case Absence::nothing:
        return false;
      case Absence::path:
        return cut.holds_items || cut.holds_relations;
      case Absence::item:
        return cut.holds_items;
      case Absence::party:
        return cut.holds_parties;
    }
    return false;
  };
  const auto truncations = inventory.truncations();
  const auto cut = std::ranges::find_if(truncations, hides);
  if (cut != truncations.end()) {
    return fmt::format("table '{}' looks cut off ({}); --assume-complete judges all the same",
                       cut->table, cut->reason);
  }
  if (rule.concludes_from_absence_of == Absence::path && reach.lacks_records()) {
    return "relations or items are missing altogether; --assume-complete judges all the same";
  }
  return {};
}

std::optional<NotEvaluated> reason_not_to_run(const Rule& rule, const Inventory& inventory,
                                              const Reach& reach, bool assume_complete) {
  NotEvaluated one;
  one.rule = &rule;
  for (const Need need : rule.needs) {
    const bool is_assumed = assume_complete && rule.concludes_from_absence_of == Absence::path &&
                            (need == Need::relations || need == Need::service_relations);
    if (!is_assumed && !has(reach, inventory, need)) {
      one.cause = NotEvaluated::Cause::missing_data;
      one.reason = fmt::format("the export has no {}", to_string(need));
      return one;
    }
  }
  one.cause = NotEvaluated::Cause::incomplete_export;
  one.reason = assume_complete ? std::string() : incompleteness(rule, inventory, reach);
  return one.reason.empty() ? std::nullopt : std::optional(one);
}

/// Findings with one fingerprint are one finding: several rows that say the same, for example.
/// Which of `findings` stay, the first by place; those that do know of their further rows.
std::vector<std::size_t> distinct(std::vector<Finding>& findings) {
  std::vector<std::size_t> order(findings.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) {
    const Finding& finding = findings[i];
    return std::tuple(std::string_view(finding.fingerprint),
                      std::string_view(finding.location.file), finding.location.line, i);
  });
  std::vector<std::size_t> first;
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    Finding& finding = findings[order[begin]];
    while (end < order.size() && findings[order[end]].fingerprint == finding.fingerprint) {
      ++end;
    }
    if (end - begin > 1) {
      finding.evidence.emplace_back("rowCount", std::uint64_t{end - begin});
    }
    first.push_back(order[begin]);
  }
  return first;
}

/// Each once, by subject, in an order that does not depend on files.
void put_in_order(const Inventory& inventory, std::vector<Finding>& findings) {
  std::vector<std::pair<std::string, std::size_t>> order;
  for (const std::size_t i : distinct(findings)) {
    order.emplace_back(subject_key(inventory, findings[i].subject), i);
  }
  std::ranges::sort(order);
  std::vector<Finding> sorted;
  sorted.reserve(order.size());
  for (const auto& [key, i] : order) {
    sorted.push_back(std::move(findings[i]));
  }
  findings = std::move(sorted);
}

bool is_selected(const Rule& rule, const RuleSelection& selection) {
  const auto named = [&](const std::vector<std::string>& ids) {
    return std::ranges::find(ids, rule.id) != ids.end();
  };
  return (selection.only.empty() || named(selection.only)) && !named(selection.skip);
}

/// What one rule came to.
struct Judgement {
  std::vector<Finding> findings;
  std::vector<NotEvaluated> not_evaluated;
  std::vector<StageTime> times;
};

Judgement judge(const Rule& rule, const Estate& estate, const RuleSelection& selection,
                const ItemSet& scope) {
  Stopwatch watch;
  Judgement judgement;
  auto reason = reason_not_to_run(rule, estate.inventory, estate.reach, selection.assume_complete);
  if (reason) {
    judgement.not_evaluated.push_back(std::move(*reason));
    return judgement;
  }
  Findings findings(rule, estate.inventory, scope);
  rule.check(estate, findings);
  put_in_order(estate.inventory, findings.found());
  judgement.findings = std::move(findings.found());
  judgement.not_evaluated = findings.not_evaluated();
  watch.lap(judgement.times, std::string(rule.id));
  return judgement;
}

}  // namespace

RuleResults run_rules(const Inventory& inventory, const TieredGraph& graph,
                      const RuleSelection& selection, const ItemSet& scope, unsigned jobs) {
  Stopwatch watch;
  RuleResults results;
  const Reach reach(inventory, graph, jobs);
  for (const Rule* rule : Register<Rule>::all()) {
    if (is_selected(*rule, selection)) {
      results.rules.push_back(rule);
    }
  }
  const Estate estate{inventory, graph, reach, results.rules, selection.assume_complete};
  results.lacks_records = reach.lacks_records();
  watch.lap(results.times, "reach");
  std::vector<Judgement> judgements(results.rules.size());
  std::vector<std::size_t> order(results.rules.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_partition(order, [&](std::size_t i) { return results.rules[i]->is_long; });
  parallel_each(order.size(), jobs, [&](std::size_t next) {
    const std::size_t i = order[next];
    judgements[i] = judge(*results.rules[i], estate, selection, scope);
  });
  std::size_t count = 0;
  for (const Judgement& judgement : judgements) {
    count += judgement.findings.size();
  }
  results.findings.reserve(count);
  for (Judgement& judgement : judgements) {
    std::ranges::move(judgement.findings, std::back_inserter(results.findings));
    std::ranges::move(judgement.not_evaluated, std::back_inserter(results.not_evaluated));
    std::ranges::move(judgement.times, std::back_inserter(results.times));
    judgement = Judgement();
  }
  return results;
}

}  // namespace tierline
