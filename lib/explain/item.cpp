// All there is to say of an item.

#include <algorithm>
#include <iterator>
#include <set>

#include "analysis/answered.h"
#include "analysis/families.h"
#include "explain/candidates.h"
#include "tierline/explain.h"

namespace tierline {
namespace {

constexpr std::size_t few = 5;

/// Breadth first from an item over live items, in one direction.
class Search {
 public:
  template <typename Next>
  Search(const Inventory& inventory, ItemId start, Next next)
      : before_(inventory.item_count(), no_item) {
    order_.push_back(start);
    before_[index_of(start)] = start;
    for (std::size_t at = 0; at < order_.size(); ++at) {
      for (const ItemId found : next(order_[at])) {
        if (inventory.is_live(found) && before_[index_of(found)] == no_item) {
          before_[index_of(found)] = order_[at];
          order_.push_back(found);
        }
      }
    }
  }

  /// What was reached, the nearest first, the start left out.
  [[nodiscard]] std::span<const ItemId> reached() const { return std::span(order_).subspan(1); }

  /// The start, or something that was reached.
  [[nodiscard]] bool contains(ItemId item) const { return before_[index_of(item)] != no_item; }

  /// From an item that was reached to the start.
  [[nodiscard]] std::vector<ItemId> path(ItemId item) const {
    std::vector<ItemId> path = {item};
    while (before_[index_of(path.back())] != path.back()) {
      path.push_back(before_[index_of(path.back())]);
    }
    return path;
  }

 private:
  std::vector<ItemId> order_;
  std::vector<ItemId> before_;
};

/// A service and its offerings are one: the first that is come upon stands for them. What is the
/// same service as the item itself is left out.
class Once {
 public:
  Once(const Families& families, ItemId item) : families_(families) {
    if (const ItemId own = families.head_of(item); own != no_item) {
      heads_.insert(own);
    }
  }

  bool operator()(ItemId item) {
    const ItemId head = families_.head_of(item);
    return head == no_item || heads_.insert(head).second;
  }

 private:
  const Families& families_;
  std::set<ItemId> heads_;
};

void find_served(const AuditReport& report, const Families& families,
                 ItemExplanation& explanation) {
  const Search above(report.inventory, explanation.item,
                     [&](ItemId item) { return report.graph.dependents_of(item); });
  const auto facing = [&](ItemId item) { return families.facing(families.head_of(item)); };
  std::vector<ItemId> services;
  Once is_new(families, explanation.item);
  std::ranges::copy_if(above.reached(), std::back_inserter(services), [&](ItemId item) {
    return families.head_of(item) != no_item &&
           families.is_customer_facing(families.head_of(item)) && is_new(item);
  });
  explanation.served_count = services.size();
  std::ranges::stable_partition(services,
                                [&](ItemId item) { return facing(item) == Facing::external; });
  services.resize(std::min(services.size(), few), no_item);
  for (const ItemId service : services) {
    explanation.served.push_back({above.path(service), facing(service)});
  }
}

void add_to(Foundation& foundation, ItemId item) {
  ++foundation.count;
  if (foundation.nearest.size() < few) {
    foundation.nearest.push_back(item);
  }
}

void find_foundations(const AuditReport& report, const Families& families,
                      ItemExplanation& explanation) {
  const Search below(report.inventory, explanation.item,
                     [&](ItemId item) { return report.graph.dependencies_of(item); });
  Once is_new(families, explanation.item);
  const ItemId own = families.head_of(explanation.item);
  const auto is_other = [&](ItemId user) {
    return report.inventory.is_live(user) && !below.contains(user) &&
           (own == no_item || families.head_of(user) != own);
  };
  for (const ItemId item : below.reached()) {
    if (is_new(item)) {
      Foundation& foundation =
          explanation.foundations[static_cast<std::size_t>(report.inventory.tier(item))];
      add_to(foundation, item);
      if (std::ranges::any_of(report.graph.dependents_of(item), is_other)) {
        ++foundation.shared;
        if (foundation.nearest.back() == item) {
          foundation.nearest_shared.push_back(item);
        }
      }
    }
  }
}

/// The services of a portfolio.
void find_held(const AuditReport& report, const Families& families, ItemExplanation& explanation) {
  if (report.inventory.tier(explanation.item) != Tier::portfolio) {
    return;
  }
  const Search held(report.inventory, explanation.item,
                    [&](ItemId item) { return report.graph.held_by(item); });
  Once is_new(families, explanation.item);
  for (const ItemId item : held.reached()) {
    if (report.inventory.is_service(item) && is_new(item)) {
      add_to(explanation.held, item);
    }
  }
}

void find_owner(const AuditReport& report, ItemExplanation& explanation) {
  const Inventory& inventory = report.inventory;
  const ItemId item = explanation.item;
  explanation.owners = inventory.owners(item);
  explanation.can_have_owner = inventory.has_input(item, RuleInput::accountable);
  for (const ClassInput& one : inventory.class_inputs()) {
    if (one.item_class == inventory.item_class(item) && one.input == RuleInput::accountable) {
      explanation.owner_fields = one.fields;
    }
  }
  explanation.holders = live_holders(report, item);
  if (std::ranges::none_of(explanation.owners,
                           [&](PartyId owner) { return is_there(inventory.party(owner)); })) {
    explanation.candidates =
        owner_candidates(report, item, explanation.holders, OperatedItems(inventory));
  }
}

void find_findings(const AuditReport& report, ItemExplanation& explanation) {
  report.each_fact([&](const FactView& fact) {
    const std::vector<ItemId> members = fact.members();
    if (fact.item() == explanation.item ||
        std::ranges::find(members, explanation.item) != members.end()) {
      explanation.findings.push_back(fact);
    }
  });
  std::ranges::stable_sort(explanation.findings, std::ranges::greater(), &FactView::severity);
}

/// The rules that would judge it, and why they did not.
void find_not_judged(const AuditReport& report, ItemExplanation& explanation) {
  const Inventory& inventory = report.inventory;
  const ItemId item = explanation.item;
  for (const NotEvaluated& one : report.results.not_evaluated) {
    const bool is_of_its_tier =
        std::ranges::find(one.rule->tiers, inventory.tier(item)) != one.rule->tiers.end();
    const bool is_concerned = one.rule->concerns == nullptr || one.rule->concerns(inventory, item);
    const bool is_of_its_class = !one.input || one.item_class == inventory.class_name(item);
    const bool is_named =
        one.subjects.empty() || std::ranges::find(one.subjects, item) != one.subjects.end();
    if (inventory.is_live(item) && is_of_its_tier && is_concerned && is_of_its_class && is_named) {
      explanation.not_judged.push_back(&one);
    }
  }
}

}  // namespace

ItemExplanation explain_item(const AuditReport& report, ItemId item) {
  ItemExplanation explanation;
  explanation.item = item;
  const Families families(report.inventory, report.graph);
  find_owner(report, explanation);
  find_served(report, families, explanation);
  find_foundations(report, families, explanation);
  find_held(report, families, explanation);
  find_findings(report, explanation);
  find_not_judged(report, explanation);
  return explanation;
}

}  // namespace tierline
