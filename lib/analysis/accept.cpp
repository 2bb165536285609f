#include "analysis/accept.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/fingerprint.h"
#include "analysis/scope.h"
#include "support/id128.h"
#include "support/parallel.h"
#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What contains an item, as somebody recorded it.
class Containers {
 public:
  explicit Containers(const Inventory& inventory) {
    for (const RelationId id : inventory.relations()) {
      const Relation& relation = inventory.relation(id);
      if (relation.kind == RelationKind::contains && relation.from != no_item &&
          relation.to != no_item) {
        pairs_.emplace_back(relation.to, relation.from);
      }
    }
    std::ranges::sort(pairs_);
  }

  /// The item and everything that contains it, directly or through others.
  [[nodiscard]] std::set<ItemId> around(ItemId item) const {
    std::set<ItemId> all = {item};
    std::vector<ItemId> next = {item};
    while (!next.empty()) {
      const ItemId inner = next.back();
      next.pop_back();
      for (auto at = std::ranges::lower_bound(pairs_, std::pair(inner, ItemId{0}));
           at != pairs_.end() && at->first == inner; ++at) {
        if (all.insert(at->second).second) {
          next.push_back(at->second);
        }
      }
    }
    return all;
  }

 private:
  std::vector<std::pair<ItemId, ItemId>> pairs_;
};

/// An acceptance, and what of the estate it names.
struct Prepared {
  std::string glob;  ///< Folded.
  std::vector<PartyId> owners;
  std::vector<PartyId> approvers;
  const ItemSet* portfolio = nullptr;
};

class Acceptor {
 public:
  Acceptor(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
           bool assume_complete, RuleResults& results)
      : inventory_(inventory),
        graph_(graph),
        results_(results),
        all_(results.acceptances.all),
        sees_all_(
            !is_narrowed(inventory, scope) &&
            (assume_complete || (inventory.truncations().empty() && !results.lacks_records))) {
    if (results.acceptances.policy != AcceptancePolicy::off) {
      containers_.emplace(inventory);
    }
    for (std::uint32_t i = 0; i < all_.size(); ++i) {
      prepare(i);
    }
  }

  void accept(unsigned jobs) {
    for (RuleFacts& found : results_.found) {
      std::vector<std::vector<std::uint32_t>> fitting(found.facts.size());
      parallel_ranges(found.facts.size(), jobs, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          fitting[i] = fitting_of({inventory_, graph_, found, found.facts[i]});
        }
      });
      for (std::size_t i = 0; i < found.facts.size(); ++i) {
        if (!fitting[i].empty()) {
          accept(found, found.facts[i], fitting[i]);
        }
      }
    }
    show();
  }

 private:
  // --- what acceptances name

  static bool is_narrowed(const Inventory& inventory, const ItemSet& scope) {
    return !std::ranges::all_of(inventory.items(),
                                [&](ItemId item) { return scope.contains(item); });
  }

  void prepare(std::uint32_t number) {
    Acceptance& one = all_[number];
    const std::uint32_t today = inventory_.as_of();
    one.is_in_force = parse_days(one.created) <= today && today <= parse_days(one.expires);
    one.has_expired = today > parse_days(one.expires);
    one.was_judged = sees_all_ && was_judged(one);
    Prepared& prepared = prepared_.emplace_back();
    prepared.glob = fold(one.glob);
    const auto people = inventory_.mentioned_people();
    if (!people.empty()) {
      prepared.approvers = people[2 * number].parties;
      prepared.owners = people[2 * number + 1].parties;
    }
    if (!one.portfolio.empty()) {
      const auto [known, is_new] = portfolios_.try_emplace(fold(one.portfolio));
      if (is_new) {
        known->second = items_of_portfolio(inventory_, graph_, one.portfolio);
      }
      prepared.portfolio = &known->second;
    }
    if (const auto fingerprint = parse_id128(one.fingerprint)) {
      by_fingerprint_[*fingerprint].push_back(number);
    } else if (!one.item.empty()) {
      by_item_[one.item].push_back(number);
    } else {
      by_rule_[one.rule].push_back(number);
    }
  }

  /// Whether the rule was judged wherever it could be; of a mere fingerprint, every rule.
  [[nodiscard]] bool was_judged(const Acceptance& one) const {
    const auto is_it = [&](const Rule& rule) { return one.rule.empty() || rule.id == one.rule; };
    const auto asked =
        std::ranges::count_if(results_.rules, [&](const Rule* rule) { return is_it(*rule); });
    const auto known = std::ranges::count_if(Register<Rule>::all(),
                                             [&](const Rule* rule) { return is_it(*rule); });
    return asked == known &&
           std::ranges::none_of(results_.not_evaluated,
                                [&](const NotEvaluated& left) { return is_it(*left.rule); });
  }

  // --- what fits

  [[nodiscard]] std::vector<std::uint32_t> fitting_of(const FactView& fact) const {
    std::vector<std::uint32_t> candidates;
    const auto add = [&](const std::vector<std::uint32_t>& more) {
      candidates.insert(candidates.end(), more.begin(), more.end());
    };
    if (!by_fingerprint_.empty()) {
      const auto found = by_fingerprint_.find(fingerprint_of(fact));
      if (found != by_fingerprint_.end()) {
        add(found->second);
      }
    }
    if (!by_item_.empty()) {
      for (const std::string& name : ids_of(fact)) {
        if (const auto found = by_item_.find(name); found != by_item_.end()) {
          add(found->second);
        }
      }
    }
    if (const auto found = by_rule_.find(fact.rule().id); found != by_rule_.end()) {
      add(found->second);
    }
    std::erase_if(candidates, [&](std::uint32_t number) { return !fits(number, fact); });
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    return candidates;
  }

  /// The items that a fact is about: of a relation or a group, all that is in it.
  [[nodiscard]] static std::vector<ItemId> items_of(const FactView& fact) {
    return fact.item() != no_item ? std::vector<ItemId>{fact.item()} : fact.members();
  }

  /// What can be called the subject's id.
  [[nodiscard]] std::vector<std::string> ids_of(const FactView& fact) const {
    std::vector<std::string> ids;
    for (const ItemId item : items_of(fact)) {
      const std::string id = inventory_.exported_id(item);
      ids.push_back(inventory_.exported_source(item) + '/' + id);
      ids.push_back(id);
    }
    if (ids.empty()) {
      ids.push_back(word(fact).subject.id);
    }
    return ids;
  }

  [[nodiscard]] bool fits(std::uint32_t number, const FactView& fact) const {
    const Acceptance& one = all_[number];
    const Prepared& prepared = prepared_[number];
    if (!one.rule.empty() && one.rule != fact.rule().id) {
      return false;
    }
    const std::vector<ItemId> items = items_of(fact);
    const auto any = [&](auto condition) { return std::ranges::any_of(items, condition); };
    return (one.item.empty() || contains(ids_of(fact), one.item)) &&
           (one.item_class.empty() || is_of_class(shown_class(number), fact, items)) &&
           (one.owner.empty() || any([&](ItemId item) { return owns(prepared.owners, item); }) ||
            (fact.kind() == SubjectKind::party && contains(prepared.owners, fact.party()))) &&
           (prepared.portfolio == nullptr ||
            any([&](ItemId item) { return prepared.portfolio->contains(item); })) &&
           (one.glob.empty() || is_called(prepared.glob, fact, items));
  }

  template <typename List, typename Value>
  static bool contains(const List& list, const Value& value) {
    return std::ranges::find(list, value) != list.end();
  }

  /// With pseudonyms where classes have some.
  [[nodiscard]] std::string shown_class(std::uint32_t number) const {
    const auto texts = inventory_.mentioned_texts();
    return fold(texts.empty() ? all_[number].item_class : texts[5 * number + 4]);
  }

  [[nodiscard]] bool is_of_class(const std::string& wanted, const FactView& fact,
                                 const std::vector<ItemId>& items) const {
    if (items.empty()) {
      const Subject subject = word(fact).subject;
      return (subject.kind == SubjectKind::item_class && fold(subject.id) == wanted) ||
             std::ranges::any_of(subject.attributes, [&](const auto& attribute) {
               return attribute.first == "class" && fold(attribute.second) == wanted;
             });
    }
    return std::ranges::any_of(
        items, [&](ItemId item) { return fold(inventory_.class_name(item)) == wanted; });
  }

  [[nodiscard]] bool is_called(const std::string& glob, const FactView& fact,
                               const std::vector<ItemId>& items) const {
    const auto is_it = [&](std::string_view name) { return matches_glob(glob, fold(name)); };
    if (items.empty()) {
      const Subject subject = word(fact).subject;
      return is_it(subject.name) || is_it(subject.id);
    }
    return std::ranges::any_of(items, [&](ItemId item) {
      return is_it(inventory_.exported_name(item)) || is_it(inventory_.exported_id(item));
    });
  }

  [[nodiscard]] bool owns(const std::vector<PartyId>& parties, ItemId item) const {
    return std::ranges::any_of(inventory_.owners(item),
                               [&](PartyId owner) { return contains(parties, owner); });
  }

  // --- what is accepted

  void accept(const RuleFacts& found, Fact& fact, const std::vector<std::uint32_t>& fitting) {
    const FactView view(inventory_, graph_, found, fact);
    std::optional<std::uint32_t> best;
    for (const std::uint32_t number : fitting) {
      Acceptance& one = all_[number];
      ++one.fitting;
      const bool is_owner = is_approved(number, view);
      one.unapproved += is_owner ? 0U : 1U;
      const bool holds =
          one.is_in_force && (is_owner || results_.acceptances.policy != AcceptancePolicy::require);
      if (holds && (!best || one.expires > all_[*best].expires)) {
        best = number;
      }
    }
    if (best) {
      fact.acceptance = *best + 1;
      ++all_[*best].accepted;
      return;
    }
    for (const std::uint32_t number : fitting) {
      all_[number].open += all_[number].has_expired ? 1U : 0U;
    }
  }

  /// Whether the approver is an owner of the subject or of what contains it. What is no item has no
  /// owner, and no such question is asked of it.
  [[nodiscard]] bool is_approved(std::uint32_t number, const FactView& fact) const {
    const std::vector<ItemId> items = items_of(fact);
    const std::vector<PartyId>& approvers = prepared_[number].approvers;
    return !containers_ || items.empty() || std::ranges::any_of(items, [&](ItemId item) {
      return std::ranges::any_of(containers_->around(item),
                                 [&](ItemId one) { return owns(approvers, one); });
    });
  }

  /// As reports may show them: with pseudonyms, where persons have some.
  void show() {
    const auto people = inventory_.mentioned_people();
    const auto texts = inventory_.mentioned_texts();
    for (std::size_t i = 0; i < all_.size() && !people.empty(); ++i) {
      Acceptance& one = all_[i];
      one.approver = people[2 * i].shown;
      one.owner = people[2 * i + 1].shown;
      std::string* const shown[] = {&one.reason, &one.item, &one.portfolio, &one.glob,
                                    &one.item_class};
      for (std::size_t text = 0; text < std::size(shown); ++text) {
        *shown[text] = texts[std::size(shown) * i + text];
      }
    }
  }

  const Inventory& inventory_;
  const TieredGraph& graph_;
  RuleResults& results_;
  std::vector<Acceptance>& all_;
  bool sees_all_;
  std::optional<Containers> containers_;  ///< Where it matters who approves.
  std::vector<Prepared> prepared_;
  std::map<std::string, ItemSet> portfolios_;
  boost::unordered_flat_map<Id128, std::vector<std::uint32_t>> by_fingerprint_;
  boost::unordered_flat_map<std::string, std::vector<std::uint32_t>> by_item_;
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_rule_;
};

}  // namespace

void accept_facts(const Inventory& inventory, const TieredGraph& graph, const ItemSet& scope,
                  bool assume_complete, RuleResults& results, unsigned jobs) {
  for (RuleFacts& found : results.found) {
    found.acceptances = results.acceptances.all;
  }
  if (!results.acceptances.all.empty()) {
    Acceptor(inventory, graph, scope, assume_complete, results).accept(jobs);
  }
}

}  // namespace tierline
