// Last night and tonight.

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>

#include "analysis/fingerprint.h"
#include "baseline/class_counts.h"
#include "baseline/evidence.h"
#include "support/parallel.h"
#include "support/sorted.h"
#include "tierline/baseline.h"
#include "tierline/graph.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// Where a fact stands among those of its rule.
struct FactNumber {
  std::size_t rule = 0;
  std::size_t fact = 0;
};

class Comparison {
 public:
  Comparison(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
             const Baseline& baseline, bool is_redacted, RuleResults& results)
      : inventory_(inventory),
        graph_(graph),
        scope_(scope),
        baseline_(baseline),
        compares_evidence_(baseline.is_redacted == is_redacted),
        results_(results),
        found_(baseline.findings.size(), false) {
    changes_.file = baseline.file;
    changes_.as_of = baseline.as_of;
    number_of_.reserve(baseline.findings.size());
    for (std::size_t i = 0; i < baseline.findings.size(); ++i) {
      number_of_.emplace(baseline.findings[i].fingerprint, i);
    }
  }

  Changes compare(unsigned jobs) {
    match_fingerprints(jobs);
    match_families();
    match_groups();
    count();
    std::ranges::sort(changes_.first_seen);
    find_absent();
    return std::move(changes_);
  }

 private:
  static constexpr std::size_t nobody = SIZE_MAX;

  [[nodiscard]] FactView view(FactNumber number) const {
    const RuleFacts& found = results_.found[number.rule];
    return {inventory_, graph_, found, found.facts[number.fact]};
  }

  [[nodiscard]] std::size_t known(std::string_view rule, const std::string& key) const {
    const auto number = number_of_.find(fingerprint_number(rule, key));
    return number == number_of_.end() ? nobody : number->second;
  }

  /// The same finding, on both nights. Where it was accepted and is no longer, it is as good as
  /// new: nobody had to repair it so far.
  void match(FactNumber number, std::size_t earlier, FindingState state) {
    found_[earlier] = true;
    Fact& fact = results_.found[number.rule].facts[number.fact];
    const bool is_open_again = baseline_.findings[earlier].was_accepted && fact.acceptance == 0;
    fact.state = is_open_again ? FindingState::added : state;
  }

  /// Whether what defines the finding is what it was, as far as that is known.
  [[nodiscard]] bool has_evidence_of(const BaselineFinding& before, const FactView& fact) const {
    return !compares_evidence_ || !before.evidence ||
           *before.evidence == evidence_hash(word(fact).evidence);
  }

  void match_fingerprints(unsigned jobs) {
    for (std::size_t rule = 0; rule < results_.found.size(); ++rule) {
      const std::size_t count = results_.found[rule].facts.size();
      std::vector<std::size_t> earlier(count, nobody);
      std::vector<Id128> fingerprints(count);
      std::vector<std::uint8_t> is_same(count);
      parallel_ranges(count, jobs, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          const FactView fact = view({rule, i});
          fingerprints[i] = fingerprint_of(fact);
          const auto number = number_of_.find(fingerprints[i]);
          earlier[i] = number == number_of_.end() ? nobody : number->second;
          if (earlier[i] != nobody) {
            const BaselineFinding& before = baseline_.findings[earlier[i]];
            is_same[i] =
                before.severity == fact.severity() && has_evidence_of(before, fact) ? 1 : 0;
          }
        }
      });
      for (std::size_t i = 0; i < count; ++i) {
        if (earlier[i] == nobody) {
          added_.push_back({rule, i});
          continue;
        }
        match({rule, i}, earlier[i],
              is_same[i] != 0 ? FindingState::unchanged : FindingState::updated);
        changes_.first_seen.emplace_back(fingerprints[i], baseline_.findings[earlier[i]].since);
      }
    }
  }

  /// A fact that was there before, as another finding.
  void match_as(FactNumber number, std::size_t earlier) {
    match(number, earlier, FindingState::updated);
    const FactView fact = view(number);
    changes_.first_seen.emplace_back(fingerprint_of(fact), baseline_.findings[earlier].since);
  }

  /// What another rule of the family said of the same subject.
  void match_families() {
    std::erase_if(added_, [&](FactNumber number) {
      const Rule& rule = *results_.found[number.rule].rule;
      if (rule.family.empty()) {
        return false;
      }
      const std::string key = subject_key(view(number));
      for (const Rule* other : Register<Rule>::all()) {
        const std::size_t earlier =
            other->family == rule.family && other != &rule ? known(other->id, key) : nobody;
        if (earlier != nobody && !found_[earlier]) {
          match_as(number, earlier);
          return true;
        }
      }
      return false;
    });
  }

  /// Groups of which at least half are the same items, one to one, the most alike first.
  void match_groups() {
    std::map<std::pair<std::string_view, std::string_view>, std::vector<std::size_t>> by_member;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (!found_[i]) {
        for (const std::string& member : baseline_.findings[i].members) {
          by_member[{baseline_.findings[i].rule, member}].push_back(i);
        }
      }
    }
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < added_.size() && !by_member.empty(); ++i) {
      const FactView fact = view(added_[i]);
      if (fact.kind() != SubjectKind::group) {
        continue;
      }
      std::map<std::size_t, std::size_t> shared;
      const std::vector<ItemId> members = fact.members();
      for (const ItemId member : members) {
        const std::string id = inventory_.id(member);
        if (const auto found = by_member.find({fact.rule().id, id}); found != by_member.end()) {
          for (const std::size_t earlier : found->second) {
            ++shared[earlier];
          }
        }
      }
      for (const auto& [earlier, common] : shared) {
        const std::size_t all =
            members.size() + baseline_.findings[earlier].members.size() - common;
        if (2 * common >= all) {
          pairs.emplace_back(-static_cast<double>(common) / static_cast<double>(all), i, earlier);
        }
      }
    }
    std::ranges::sort(pairs);
    std::set<std::size_t> taken;
    for (const auto& [similarity, i, earlier] : pairs) {
      if (!found_[earlier] && taken.insert(i).second) {
        match_as(added_[i], earlier);
      }
    }
  }

  void count() {
    for (const RuleFacts& found : results_.found) {
      for (const Fact& fact : found.facts) {
        changes_.added += fact.state == FindingState::added ? 1U : 0U;
        changes_.unchanged += fact.state == FindingState::unchanged ? 1U : 0U;
        changes_.updated += fact.state == FindingState::updated ? 1U : 0U;
      }
    }
  }

  void find_absent() {
    for (std::size_t i = 0; i < found_.size(); ++i) {
      if (!found_[i]) {
        changes_.absent.push_back({baseline_.findings[i]});
      }
    }
    const auto items = items_of_absent();
    for (AbsentFinding& one : changes_.absent) {
      const auto item = items.find(key_of(one.finding.source, one.finding.id));
      one.fate = fate(one.finding, item == items.end() ? no_item : item->second);
    }
    std::ranges::sort(changes_.absent, {}, [](const AbsentFinding& one) {
      return std::tie(one.finding.rule, one.finding.fingerprint);
    });
  }

  static std::string key_of(std::string_view source, std::string_view id) {
    return fmt::format("{}\x1e{}", source, id);
  }

  /// The items that absent findings were about, as far as they are still there.
  [[nodiscard]] boost::unordered_flat_map<std::string, ItemId> items_of_absent() const {
    boost::unordered_flat_map<std::string, ItemId> items;
    for (const AbsentFinding& one : changes_.absent) {
      if (one.finding.kind == to_string(SubjectKind::item)) {
        items.emplace(key_of(one.finding.source, one.finding.id), no_item);
      }
    }
    if (!items.empty()) {
      for (const ItemId item : inventory_.items()) {
        const auto wanted = items.find(key_of(inventory_.source(item), inventory_.id(item)));
        if (wanted != items.end()) {
          wanted->second = item;
        }
      }
    }
    return items;
  }

  [[nodiscard]] Fate fate(const BaselineFinding& finding, ItemId item) const {
    if (!was_evaluated(finding.rule, item)) {
      return Fate::not_evaluated;
    }
    if (finding.kind != to_string(SubjectKind::item)) {
      return Fate::resolved;
    }
    if (item == no_item) {
      return Fate::not_exported;
    }
    if (!scope_.contains(item)) {
      return Fate::out_of_scope;
    }
    return inventory_.is_live(item) ? Fate::resolved : Fate::retired;
  }

  /// Whether a rule was judged, for the item where it is one.
  [[nodiscard]] bool was_evaluated(std::string_view rule, ItemId item) const {
    const auto is_it = [&](const Rule* one) { return one->id == rule; };
    if (std::ranges::none_of(results_.rules, is_it)) {
      return false;
    }
    return std::ranges::none_of(results_.not_evaluated, [&](const NotEvaluated& one) {
      if (!is_it(one.rule)) {
        return false;
      }
      const bool is_of_class = item != no_item && !one.item_class.empty() &&
                               inventory_.class_name(item) == one.item_class;
      return one.count == 0 || is_of_class ||
             std::ranges::find(one.subjects, item) != one.subjects.end();
    });
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  const ItemSet& scope_;
  const Baseline& baseline_;
  const bool compares_evidence_;  ///< Pseudonyms are not the names they stand for.
  RuleResults& results_;
  boost::unordered_flat_map<Id128, std::size_t> number_of_;
  std::vector<bool> found_;  ///< By number in the baseline: it is there on both nights.
  std::vector<FactNumber> added_;
  Changes changes_;
};

bool has_fallen(std::uint64_t before, std::uint64_t now, const GuardLimits& limits) {
  return now < before && before - now > limits.fallen_records &&
         (before - now) * 100 > before * limits.fall;
}

bool has_risen(std::uint64_t before, std::uint64_t now, const GuardLimits& limits) {
  return now > before && now - before > limits.risen_findings &&
         (now - before) * 100 > before * limits.rise;
}

std::uint64_t items_in_all(const std::map<std::string, std::uint64_t>& items) {
  return std::transform_reduce(items.begin(), items.end(), std::uint64_t{0}, std::plus(),
                               [](const auto& one) { return one.second; });
}

/// Classes that have lost items which no other class has gained: one that is called otherwise now
/// has lost none. Where each class has a table of its own, that table tells of it.
std::vector<std::string> fallen_classes(const Inventory& inventory, const Baseline& baseline,
                                        const GuardLimits& limits) {
  std::vector<std::string> all;
  const auto items = items_by_class(inventory);
  if (items_in_all(items) + limits.fallen_records >= items_in_all(baseline.items)) {
    return all;
  }
  for (const auto& [item_class, before] : baseline.items) {
    const auto found = items.find(item_class);
    const std::uint64_t now = found == items.end() ? 0 : found->second;
    if (has_fallen(before, now, limits) && !baseline.records.contains(item_class)) {
      all.push_back(fmt::format("class '{}' has {}, and had {}", item_class, count_of(now, "item"),
                                with_thousands(before)));
    }
  }
  return all;
}

}  // namespace

std::string_view to_string(Fate fate) {
  constexpr std::string_view words[] = {"resolved", "retired", "not-exported", "not-evaluated",
                                        "out-of-scope"};
  return words[static_cast<std::size_t>(fate)];
}

std::string_view Changes::since(Id128 fingerprint) const {
  const auto found =
      std::ranges::lower_bound(first_seen, fingerprint, {}, &std::pair<Id128, std::string>::first);
  return found != first_seen.end() && found->first == fingerprint ? std::string_view(found->second)
                                                                  : std::string_view();
}

Changes compare(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
                const Baseline& baseline, bool is_redacted, RuleResults& results, unsigned jobs) {
  return Comparison(inventory, graph, scope, baseline, is_redacted, results).compare(jobs);
}

bool is_defining(std::string_view evidence_name) {
  static constexpr std::array<std::string_view, 19> names = {
      "brokenAt", "closedBy", "endDate",    "fields",        "itOrganisations",
      "kind",     "missing",  "namesake",   "nonproduction", "otherOwners",
      "owner",    "owners",   "ownService", "placeholder",   "portfolios",
      "retired",  "sources",  "strongKeys", "title"};
  return std::ranges::find(names, evidence_name) != names.end();
}

void append_evidence(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(1, '\x1f').append(value).append(1, '\x1e');
}

std::uint64_t evidence_hash(std::string_view text) {
  return XXH3_64bits(text.data(), text.size());
}

std::uint64_t evidence_hash(const Evidence& evidence) {
  std::string text;
  for (const auto& [name, value] : evidence) {
    if (!is_defining(name)) {
      continue;
    }
    if (const auto* single = std::get_if<std::string>(&value)) {
      append_evidence(text, name, *single);
    } else if (const auto* several = std::get_if<std::vector<std::string>>(&value)) {
      for (const std::string& one : *several) {
        append_evidence(text, name, one);
      }
    }
  }
  return evidence_hash(text);
}

std::map<std::string, std::uint64_t> records_by_table(const Inventory& inventory) {
  std::map<std::string, std::uint64_t> records;
  for (const InputSummary& input : inventory.inputs()) {
    records[fmt::format("{}/{}", input.source, input.table)] += input.records;
  }
  return records;
}

std::vector<ClassCount> class_counts(const Inventory& inventory) {
  std::map<std::pair<std::uint16_t, std::uint32_t>, std::uint64_t> counts;
  for (const ItemId item : inventory.items()) {
    ++counts[{inventory.source_of(item), inventory.item_class(item)}];
  }
  std::vector<ClassCount> all;
  for (const auto& [numbers, count] : counts) {
    all.push_back(
        {inventory.sources()[numbers.first], inventory.class_names()[numbers.second], count});
  }
  std::ranges::sort(all, {},
                    [](const ClassCount& one) { return std::tie(one.source, one.item_class); });
  return all;
}

std::map<std::string, std::uint64_t> items_by_class(const Inventory& inventory) {
  std::map<std::string, std::uint64_t> items;
  for (const ClassCount& one : class_counts(inventory)) {
    items[fmt::format("{}/{}", one.source, one.item_class)] += one.items;
  }
  return items;
}

std::vector<std::string> suspicious_changes(const Inventory& inventory, const Baseline& baseline,
                                            const RuleResults& results, const GuardLimits& limits) {
  std::vector<std::string> all = fallen_classes(inventory, baseline, limits);
  const auto records = records_by_table(inventory);
  for (const auto& [table, before] : baseline.records) {
    const auto now = records.find(table);
    if (now == records.end()) {
      all.push_back(
          fmt::format("table '{}' is missing: it had {}", table, count_of(before, "record")));
    } else if (has_fallen(before, now->second, limits)) {
      all.push_back(fmt::format("table '{}' has {}, and had {}", table,
                                count_of(now->second, "record"), with_thousands(before)));
    }
  }
  std::map<std::string_view, std::uint64_t> before;
  for (const BaselineFinding& finding : baseline.findings) {
    ++before[finding.rule];
  }
  for (const RuleFacts& found : results.found) {
    const auto earlier = before.find(found.rule->id);
    if (earlier != before.end() && has_risen(earlier->second, found.facts.size(), limits)) {
      all.push_back(fmt::format("{} finds {}, and found {}", found.rule->id,
                                with_thousands(found.facts.size()),
                                with_thousands(earlier->second)));
    }
  }
  return all;
}

}  // namespace tierline
