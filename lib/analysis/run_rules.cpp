#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "analysis/accept.h"
#include "analysis/fingerprint.h"
#include "analysis/scope.h"
#include "analysis/service_reach.h"
#include "analysis/wording.h"
#include "support/parallel.h"
#include "tierline/rule.h"
#include "tierline/stopwatch.h"

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
      return any(&SourceShape::service_dependencies);
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

/// Facts about items, of which there is one an item, by the items' keys.
void sort_by_item(const Inventory& inventory, std::vector<Fact>& facts) {
  std::ranges::sort(facts, [&](const Fact& a, const Fact& b) {
    return inventory.comes_before(ItemId{a.subject}, ItemId{b.subject});
  });
}

/// What is true of several rows of the export is one fact: the first by place stays, and knows how
/// many there are.
void sort_by_key(const Inventory& inventory, const TieredGraph& graph, RuleFacts& found) {
  struct Entry {
    std::string key;
    Place place;
    std::size_t fact;
  };
  std::vector<Entry> order;
  order.reserve(found.facts.size());
  for (std::size_t i = 0; i < found.facts.size(); ++i) {
    const FactView fact(inventory, graph, found, found.facts[i]);
    order.push_back({subject_key(fact), place_of(fact), i});
  }
  std::ranges::sort(order, {}, [](const Entry& entry) {
    return std::tie(entry.key, entry.place.file, entry.place.line, entry.fact);
  });
  std::vector<Fact> sorted;
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && order[end].key == order[begin].key) {
      ++end;
    }
    Fact& first = sorted.emplace_back(found.facts[order[begin].fact]);
    first.rows = static_cast<std::uint32_t>(end - begin);
  }
  found.facts = std::move(sorted);
}

/// Each once, by subject, in an order that does not depend on files.
void put_in_order(const Inventory& inventory, const TieredGraph& graph, RuleFacts& found) {
  const bool are_items = std::ranges::all_of(
      found.facts, [](const Fact& fact) { return fact.kind == SubjectKind::item; });
  if (are_items) {
    sort_by_item(inventory, found.facts);
  } else {
    sort_by_key(inventory, graph, found);
  }
}

RuleSettings settings_of(const Rule& rule, const RuleSelection& selection) {
  const auto found = selection.settings.find(rule.id);
  return found == selection.settings.end() ? RuleSettings() : found->second;
}

bool is_selected(const Rule& rule, const RuleSelection& selection) {
  const auto named = [&](const std::vector<std::string>& ids) {
    return std::ranges::find(ids, rule.id) != ids.end();
  };
  const bool is_on = settings_of(rule, selection).is_on(rule, selection.set);
  const bool has_subjects = !rule.judges_acceptances || selection.acceptances.are_given;
  return (selection.only.empty() ? is_on && has_subjects : named(selection.only)) &&
         !named(selection.skip);
}

/// How many subjects there are in scope for rules to judge.
class Populations {
 public:
  Populations(const Inventory& inventory, const ItemSet& scope, std::size_t acceptances)
      : inventory_(inventory), scope_(scope), acceptances_(acceptances) {
    for (const ItemId item : inventory.items()) {
      live_[static_cast<std::size_t>(inventory.tier(item))] += is_counted(item) ? 1U : 0U;
    }
    for (const RelationId id : inventory.relations()) {
      relations_ += is_in_scope(inventory.relation(id), scope) ? 1U : 0U;
    }
  }

  [[nodiscard]] std::uint64_t of(const Rule& rule) const {
    switch (rule.population) {
      case Population::relations:
        return relations_;
      case Population::tables:
        return inventory_.inputs().size();
      case Population::parties:
        return inventory_.party_count();
      case Population::acceptances:
        return acceptances_;
      case Population::items:
        break;
    }
    const auto has_tier = [&](Tier tier) {
      return std::ranges::find(rule.tiers, tier) != rule.tiers.end();
    };
    std::uint64_t count = 0;
    if (rule.concerns == nullptr) {
      for (const Tier tier : rule.tiers) {
        count += live_[static_cast<std::size_t>(tier)];
      }
      return count;
    }
    for (const ItemId item : inventory_.items()) {
      count +=
          has_tier(inventory_.tier(item)) && is_counted(item) && rule.concerns(inventory_, item)
              ? 1U
              : 0U;
    }
    return count;
  }

 private:
  [[nodiscard]] bool is_counted(ItemId item) const {
    return inventory_.is_live(item) && scope_.contains(item);
  }

  const Inventory& inventory_;
  const ItemSet& scope_;
  std::size_t acceptances_;
  std::array<std::uint64_t, tier_count> live_{};
  std::uint64_t relations_ = 0;
};

/// What one rule came to.
struct Judgement {
  RuleFacts found;
  std::vector<NotEvaluated> not_evaluated;
  std::vector<StageTime> times;
};

Judgement judge(const Rule& rule, const Estate& estate, const RuleSelection& selection,
                const ItemSet& scope, std::uint64_t population) {
  Stopwatch watch(CLOCK_THREAD_CPUTIME_ID);
  Judgement judgement;
  judgement.found.rule = &rule;
  judgement.found.not_judged = population;
  auto reason = reason_not_to_run(rule, estate.inventory, estate.reach, selection.assume_complete);
  if (reason) {
    judgement.not_evaluated.push_back(std::move(*reason));
    return judgement;
  }
  Facts facts(rule, settings_of(rule, selection), estate.inventory, scope);
  facts.found().acceptances = estate.acceptances;
  rule.check(estate, facts);
  put_in_order(estate.inventory, estate.graph, facts.found());
  judgement.found = std::move(facts.found());
  judgement.not_evaluated = facts.not_evaluated();
  for (const NotEvaluated& one : judgement.not_evaluated) {
    judgement.found.not_judged += one.count;
  }
  judgement.found.not_judged = std::min(judgement.found.not_judged, population);
  judgement.found.judged = population - judgement.found.not_judged;
  watch.lap(judgement.times, std::string(rule.id));
  return judgement;
}

/// The items that findings are about.
ItemSet subjects(const Inventory& inventory, const RuleResults& results) {
  ItemSet items(inventory.item_count());
  for (const RuleFacts& found : results.found) {
    for (const Fact& fact : found.facts) {
      if (fact.kind == SubjectKind::item) {
        items.add(ItemId{fact.subject});
      }
    }
  }
  return items;
}

}  // namespace

std::vector<std::string> standard_executive_titles() {
  return {"chief *", "ceo", "cio", "cto", "cfo", "coo", "ciso", "cdo", "cmo", "chro"};
}

InputSet inputs_of(const RuleSelection& selection) {
  InputSet all;
  for (const Rule* rule : Register<Rule>::all()) {
    if (is_selected(*rule, selection)) {
      for (const auto* inputs : {&rule->inputs, &rule->details}) {
        for (const RuleInput input : *inputs) {
          all.set(static_cast<std::size_t>(input));
        }
      }
    }
  }
  return all;
}

RuleResults run_rules(const Inventory& inventory, const TieredGraph& graph,
                      const RuleSelection& selection, const ItemSet& scope, unsigned jobs) {
  Stopwatch watch;
  RuleResults results;
  const Reach reach(inventory, graph, jobs, &scope);
  for (const Rule* rule : Register<Rule>::all()) {
    if (is_selected(*rule, selection)) {
      results.rules.push_back(rule);
    }
  }
  Estate estate{inventory,
                graph,
                reach,
                results.rules,
                selection.assume_complete,
                selection.executive_titles};
  results.lacks_records = reach.lacks_records();
  watch.lap(results.times, "reach");
  const Populations populations(inventory, scope, selection.acceptances.all.size());
  results.found.resize(results.rules.size());
  std::vector<Judgement> judgements(results.rules.size());
  std::vector<std::size_t> order(results.rules.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_partition(order, [&](std::size_t i) { return results.rules[i]->is_long; });
  // What rules say of acceptances follows from what all others say.
  const auto judge_those_that = [&](bool judge_acceptances) {
    parallel_each(order.size(), jobs, [&](std::size_t next) {
      const Rule& rule = *results.rules[order[next]];
      if (rule.judges_acceptances == judge_acceptances) {
        judgements[order[next]] = judge(rule, estate, selection, scope, populations.of(rule));
      }
    });
    for (std::size_t i = 0; i < judgements.size(); ++i) {
      if (results.rules[i]->judges_acceptances == judge_acceptances) {
        results.found[i] = std::move(judgements[i].found);
        std::ranges::move(judgements[i].not_evaluated, std::back_inserter(results.not_evaluated));
        std::ranges::move(judgements[i].times, std::back_inserter(results.times));
      }
    }
  };
  judge_those_that(false);
  watch.lap(results.times, "judging");
  results.acceptances = selection.acceptances;
  accept_facts(inventory, graph, scope, selection.assume_complete, results, jobs);
  estate.acceptances = results.acceptances.all;
  judge_those_that(true);
  std::ranges::stable_sort(results.not_evaluated, {},
                           [](const NotEvaluated& one) { return one.rule->id; });
  if (selection.acceptances.are_given) {
    watch.lap(results.times, "acceptances");
  }
  results.reach = count_services_above(inventory, graph, reach, subjects(inventory, results));
  watch.lap(results.times, "reach of findings");
  return results;
}

}  // namespace tierline
