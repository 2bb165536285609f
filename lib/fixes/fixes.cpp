#include "tierline/fixes.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "analysis/fingerprint.h"
#include "fixes/proposals.h"
#include "inventory/edit.h"
#include "reports/subject.h"

namespace tierline {
namespace {

/// The estate with all of them.
Inventory with(const std::vector<ProposedFix>& proposals, const Inventory& inventory) {
  InventoryEdit edit(inventory);
  std::vector<RelationId> removed;
  std::map<ItemId, std::vector<Responsibility>> owned;
  for (const ProposedFix& one : proposals) {
    if (one.removed) {
      removed.push_back(*one.removed);
    } else if (one.added) {
      edit.add_relation(*one.added, inventory.source_of(one.item), one.item);
    } else if (one.state) {
      edit.set_state(one.item, *one.state);
    } else {
      std::vector<Responsibility> responsibilities{{one.owner, Role::accountable}};
      std::ranges::copy_if(inventory.parties_of(one.item), std::back_inserter(responsibilities),
                           [](const Responsibility& responsibility) {
                             return responsibility.role != Role::accountable &&
                                    responsibility.role != Role::placeholder;
                           });
      owned[one.item] = std::move(responsibilities);
    }
  }
  edit.set_responsibilities(std::move(owned));
  edit.drop_relations(removed);
  return edit.finish();
}

/// Whom new findings are about: items, or persons.
class Concerned {
 public:
  void add(const FactView& fact) {
    is_empty_ = false;
    const std::vector<ItemId> all = items_of(fact);
    items_.insert(all.begin(), all.end());
    if (fact.kind() == SubjectKind::party) {
      parties_.insert(fact.party());
    }
  }
  [[nodiscard]] bool is_empty() const { return is_empty_; }
  [[nodiscard]] bool touches(const ProposedFix& one) const {
    return parties_.contains(one.owner) ||
           std::ranges::any_of(one.items, [&](ItemId item) { return items_.contains(item); });
  }

  /// What relies on these items, themselves included, what they rely on directly, and what they
  /// hold: where something that leaves service leads to what is new.
  [[nodiscard]] ItemSet around(const Inventory& inventory, const TieredGraph& graph) const {
    ItemSet concerned(inventory.item_count());
    for (const ItemId item : items_) {
      concerned.add(item);
    }
    const ItemSet above = graph.reaching(concerned, all_items(inventory));
    const ItemSet held = graph.held(concerned);
    ItemSet all = items_where(
        inventory, [&](ItemId item) { return above.contains(item) || held.contains(item); });
    for (const ItemId item : items_) {
      for (const ItemId below : graph.dependencies_of(item)) {
        all.add(below);
      }
    }
    return all;
  }

 private:
  bool is_empty_ = true;
  std::set<ItemId> items_;
  std::set<PartyId> parties_;
};

using Fingerprints = boost::unordered_flat_set<Id128>;

/// What rules say of the estate. That an acceptance is no longer needed is no fault of a fix.
template <typename Sink>
void each_fact(const Inventory& inventory, const TieredGraph& graph, const RuleResults& results,
               Sink sink) {
  for (const RuleFacts& found : results.found) {
    if (found.rule->judges_acceptances) {
      continue;
    }
    for (const Fact& fact : found.facts) {
      const FactView view(inventory, graph, found, fact);
      sink(view, fingerprint_of(view));
    }
  }
}

/// ProposedFixes, less those that do not do what they are for.
class Trial {
 public:
  Trial(const AuditReport& report, std::vector<ProposedFix> proposals)
      : report_(report), proposals_(std::move(proposals)) {
    each_fact(report.inventory, report.graph, report.results,
              [&](const FactView&, Id128 id) { before_.insert(id); });
  }

  /// What leads to something new is left out, with what is next to it, until nothing new is left.
  std::vector<ProposedFix> run() {
    while (!proposals_.empty() && !holds()) {
    }
    return std::move(proposals_);
  }

 private:
  /// Whether all of them together do; leaves some out where they do not.
  bool holds() {
    const Inventory mended = with(proposals_, report_.inventory);
    const unsigned jobs = report_.run.jobs;
    const TieredGraph graph(mended, jobs);
    const RuleResults results = run_rules(mended, graph, report_.rules, report_.scope, jobs);
    Concerned by_new;
    Fingerprints there;
    each_fact(mended, graph, results, [&](const FactView& fact, Id128 id) {
      there.insert(id);
      if (!before_.contains(id)) {
        by_new.add(fact);
      }
    });
    const std::size_t useless = std::erase_if(
        proposals_, [&](const ProposedFix& one) { return there.contains(one.finding); });
    if (!by_new.is_empty()) {
      leave_out(by_new);
      return false;
    }
    return useless == 0;
  }

  /// What leaves service first, as it concerns more than itself, then what is touched, then what is
  /// near: who owns consumers decides what rules say of a platform. Where nothing is near, all that
  /// leaves service, and then all.
  void leave_out(const Concerned& by_new) {
    const ItemSet around = by_new.around(report_.inventory, report_.graph);
    const auto is_near = [&](const ProposedFix& one) {
      return one.item != no_item && around.contains(one.item);
    };
    const auto leaves_near = [&](const ProposedFix& one) { return one.retires() && is_near(one); };
    if (!erase(leaves_near) &&
        !erase([&](const ProposedFix& one) { return by_new.touches(one); }) && !erase(is_near) &&
        !erase(&ProposedFix::retires)) {
      proposals_.clear();
    }
  }

  template <typename Condition>
  bool erase(Condition condition) {
    return std::erase_if(proposals_,
                         [&](const ProposedFix& one) { return std::invoke(condition, one); }) > 0;
  }

  const AuditReport& report_;
  std::vector<ProposedFix> proposals_;
  Fingerprints before_;
};

}  // namespace

std::string_view to_string(FixAction action) {
  return action == FixAction::update ? "update" : "delete";
}

Fixes fixes_for(const AuditReport& report, const std::function<bool(const Fix&)>& can_be_written) {
  ProposedFixes proposals = proposals_for(report);
  std::set<Id128> lost;
  for (const ProposedFix& one : proposals.all) {
    if (!can_be_written(one.fix)) {
      lost.insert(one.finding);
    }
  }
  Fixes made;
  made.unwritten = std::erase_if(
      proposals.all, [&](const ProposedFix& one) { return lost.contains(one.finding); });
  made.undecided = proposals.undecided;
  made.withdrawn = proposals.all.size();
  std::ranges::transform(Trial(report, std::move(proposals.all)).run(),
                         std::back_inserter(made.fixes), &ProposedFix::fix);
  made.withdrawn -= made.fixes.size();
  std::ranges::sort(made.fixes, {}, [](const Fix& fix) {
    return std::tie(fix.table, fix.id, fix.field, fix.finding);
  });
  return made;
}

}  // namespace tierline
