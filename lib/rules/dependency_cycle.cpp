#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/families.h"
#include "analysis/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// The cycles that containment alone closes, by their members.
class ByContainment {
 public:
  /// `members` are those of all cycles: containment closes none but among them.
  ByContainment(const Estate& estate, const ItemSet& members)
      : cycles_(estate.graph.cycles(members, TieredGraph::CycleScope::containment)) {
    for (std::size_t i = 0; i < cycles_.size(); ++i) {
      for (const ItemId member : cycles_[i].members) {
        cycle_of_.emplace(member, i);
      }
    }
  }

  /// Those among some items: each is among them as a whole, or not at all.
  [[nodiscard]] std::vector<std::span<const ItemId>> among(std::span<const ItemId> items) const {
    std::set<std::size_t> found;
    for (const ItemId item : items) {
      if (const auto cycle = cycle_of_.find(item); cycle != cycle_of_.end()) {
        found.insert(cycle->second);
      }
    }
    std::vector<std::span<const ItemId>> cycles;
    for (const std::size_t cycle : found) {
      cycles.emplace_back(cycles_[cycle].members);
    }
    return cycles;
  }

 private:
  std::vector<Cycle> cycles_;
  std::map<ItemId, std::size_t> cycle_of_;
};

/// What some of the members are besides: `A and B contain one another, and so do C and D`.
std::string contain_one_another(const Inventory& inventory,
                                std::span<const std::vector<ItemId>> cycles) {
  constexpr std::size_t cycles_shown = 3;
  std::string text;
  for (const auto& cycle : cycles.first(std::min(cycles.size(), cycles_shown))) {
    text += text.empty() ? fmt::format("{} contain one another", name_list(inventory, cycle))
                         : fmt::format(", so do {}", name_list(inventory, cycle));
  }
  if (cycles.size() > cycles_shown) {
    text += fmt::format(", and so on in {} circles", cycles.size());
  }
  return text;
}

/// Live items that a cycle can go through: those that rely on themselves through others, and, as
/// portfolios do not rely on those that they contain, whatever relies on a portfolio.
ItemSet possible_members(const Estate& estate) {
  const Condensation& condensation = estate.reach.condensation;
  const ItemSet to_portfolios = estate.graph.reaching(
      items_where(estate.inventory,
                  [&](ItemId item) { return estate.inventory.tier(item) == Tier::portfolio; }),
      estate.reach.live);
  return items_where(estate.inventory, [&](ItemId item) {
    const std::uint32_t component = condensation.component_of(item);
    return to_portfolios.contains(item) ||
           (component != Condensation::none && condensation.members(component).size() > 1);
  });
}

/// By member: a few of the critical services that rely on it, and cannot be restored in any order.
std::map<ItemId, std::vector<ItemId>> critical_above(const Estate& estate, const ItemSet& members,
                                                     const std::vector<Cycle>& cycles) {
  const Families families(estate);
  const ItemSet critical = items_where(estate.inventory, [&](ItemId item) {
    return families.is_head(item) &&
           (families.criticality(item) == 1 || families.criticality(item) == 2);
  });
  ItemSet first_members(estate.inventory.item_count());
  std::ranges::for_each(cycles,
                        [&](const Cycle& cycle) { first_members.add(cycle.members.front()); });
  std::map<ItemId, std::vector<ItemId>> above;
  for (auto& [member, consumers] :
       estate.graph.consumers(estate.reach.condensation, critical,
                              estate.graph.reaching(members, estate.reach.live), first_members)) {
    above.emplace(member, std::move(consumers.services));
  }
  return above;
}

void check(const Estate& estate, Facts& facts) {
  const auto all = estate.graph.cycles(possible_members(estate), TieredGraph::CycleScope::any);
  ItemSet in_cycles(estate.inventory.item_count());
  for (const Cycle& cycle : all) {
    std::ranges::for_each(cycle.members, [&](ItemId member) { in_cycles.add(member); });
  }
  const ByContainment by_containment(estate, in_cycles);
  const auto critical = all.empty() ? std::map<ItemId, std::vector<ItemId>>()
                                    : critical_above(estate, in_cycles, all);
  for (const Cycle& cycle : all) {
    const auto above = critical.find(cycle.members.front());
    Numbers lists{facts.keep(cycle.path),
                  facts.keep(above == critical.end() ? std::vector<ItemId>() : above->second)};
    for (const auto& contained : by_containment.among(cycle.members)) {
      lists.push_back(facts.keep(contained));
    }
    const Severity severity = lists.size() == 2 ? Severity::medium : Severity::high;
    facts.add_group(facts.keep(cycle.members), severity, lists);
  }
}

void word(const FactView& fact, Finding& finding) {
  constexpr std::size_t members_shown = 20;
  const std::size_t count = finding.subject.members.size();
  std::vector<std::vector<ItemId>> contained;
  for (const std::uint32_t list : fact.evidence().subspan(2)) {
    contained.push_back(items_of(fact.list(list)));
  }
  finding.message = fmt::format("rely on one another in a circle of {}", count);
  finding.evidence = {{"closedBy", std::string(contained.empty() ? "needs" : "containment")},
                      {"memberCount", std::uint64_t{count}}};
  const std::vector<ItemId> path = items_of(fact.list(fact.evidence()[0]));
  finding.evidence.emplace_back(
      "path",
      ids_of(fact.inventory(), std::span(path).first(std::min(path.size(), members_shown))));
  if (!contained.empty() && contained.front().size() == count) {
    finding.message += ", by containment alone";
  } else if (!contained.empty()) {
    finding.message += "; " + contain_one_another(fact.inventory(), contained);
    std::vector<ItemId> closed;
    for (const auto& members : contained) {
      closed.insert(closed.end(), members.begin(), members.end());
    }
    closed.resize(std::min(closed.size(), members_shown), no_item);
    finding.evidence.emplace_back("closedAmong", ids_of(fact.inventory(), closed));
  }
  if (const auto critical = items_of(fact.list(fact.evidence()[1])); !critical.empty()) {
    finding.evidence.emplace_back("criticalServices", ids_of(fact.inventory(), critical));
  }
}

std::string brief(const FactView& fact) {
  const auto members = fact.members();
  return fmt::format("a circle of {} with {}", members.size(),
                     brief_label_of(fact.inventory(), members.front()));
}

const Register<Rule> rule{{
    .id = "dependency-cycle",
    .title = "Items rely on one another in a circle",
    .severity = Severity::medium,
    .certainty = Certainty::proven,
    .rationale = "What relies on one another in a circle has no order in which it can be started "
                 "again, and nothing can contain itself through others.",
    .definition =
        "A set of two or more live items, each of which needs or contains every other, "
        "directly or through others of the set; memberships are left out, and so is what a "
        "portfolio lists. High where containment alone closes the circle, or one of some of its "
        "members. Critical services that rely on the set are named with it: nothing tells in "
        "which order they could be restored.",
    .remedy = "Find the relation that is the wrong way round or no longer true, and remove it.",
    .tiers = {},
    .population = Population::relations,
    .needs = {Need::relations},
    .inputs = {},
    .is_long = true,
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
