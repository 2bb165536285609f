#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/families.h"
#include "analysis/nearest_below.h"
#include "analysis/wording.h"
#include "tierline/rule.h"
#include "tierline/text.h"

namespace tierline {
namespace {

/// What the export says where a relation should lead to something; empty when nothing.
std::string_view lost_end(const Inventory& inventory, RelationId relation) {
  for (const UnresolvedEnd& end : unresolved_ends_of(inventory, relation)) {
    if (!end.is_from) {
      return end.text;
    }
  }
  return {};
}

/// Items one of whose needs or parts is not there, each with the relation that says so: the first
/// by what it leads to, those first that say it.
std::map<ItemId, RelationId> lost_relations(const Inventory& inventory, const ItemSet& below) {
  std::map<ItemId, RelationId> lost;
  const auto comes_before = [&](RelationId a, RelationId b) {
    const std::string_view one = lost_end(inventory, a);
    const std::string_view other = lost_end(inventory, b);
    return std::pair(one.empty(), one) < std::pair(other.empty(), other);
  };
  for (const UnresolvedEnd& end : inventory.unresolved_ends()) {
    const Relation& relation = inventory.relation(end.relation);
    const bool says_use = relation.kind == RelationKind::needs ||
                          (relation.kind == RelationKind::contains && !relation.membership);
    if (end.is_from || end.reason == Unresolved::ambiguous || !says_use ||
        relation.from == no_item || !below.contains(relation.from)) {
      continue;
    }
    const auto [known, is_new] = lost.try_emplace(relation.from, end.relation);
    if (!is_new && comes_before(end.relation, known->second)) {
      known->second = end.relation;
    }
  }
  return lost;
}

void check(const Estate& estate, Facts& facts) {
  const CriticalServices critical(estate, facts);
  const ItemSet below = critical.all_below(estate);
  const auto lost = lost_relations(estate.inventory, below);
  ItemSet marked(estate.inventory.item_count());
  for (const auto& [item, relation] : lost) {
    marked.add(item);
  }
  const auto nearest = nearest_below(estate, marked, below);
  for (const ItemId service : critical.heads()) {
    Numbers relations;
    for (const ItemId item : items_of(nearest[index_of(service)])) {
      relations.push_back(index_of(lost.at(item)));
    }
    if (!relations.empty()) {
      facts.add(service, relations);
    }
  }
}

/// `a relation of Cart leads to x9`
std::string told(const Inventory& inventory, ItemId service, RelationId id) {
  const ItemId item = inventory.relation(id).from;
  const std::string_view end = lost_end(inventory, id);
  const std::string whose =
      item == service ? "of its own" : fmt::format("of {}", label_of(inventory, item));
  return end.empty() ? fmt::format("a relation {} leads nowhere", whose)
                     : fmt::format("a relation {} leads to {}", whose, shortened(end));
}

void word(const FactView& fact, Finding& finding) {
  const Inventory& inventory = fact.inventory();
  std::vector<ItemId> nearest;
  std::vector<std::string> missing;
  std::vector<std::string> sentences;
  for (const std::uint32_t number : fact.evidence()) {
    const RelationId relation{number};
    nearest.push_back(inventory.relation(relation).from);
    sentences.push_back(told(inventory, fact.item(), relation));
    const std::string_view end = lost_end(inventory, relation);
    if (!end.empty()) {
      missing.emplace_back(end);
    }
  }
  finding.message = fmt::format("relies on what is not in the export: {}", join(sentences, ", "));
  finding.evidence = {{"nearest", ids_of(inventory, nearest)}, {"missing", missing}};
}

std::string brief(const FactView& fact) {
  const ItemId item = fact.inventory().relation(RelationId{fact.evidence()[0]}).from;
  return item == fact.item() ? "a relation of its own leads nowhere"
                             : fmt::format("a relation of {} leads nowhere",
                                           brief_label_of(fact.inventory(), item));
}

const Register<Rule> rule{{
    .id = "restore-element-unknown",
    .title = "Critical service relies on something unknown",
    .severity = Severity::high,
    .certainty = Certainty::assumes_complete_export,
    .set = RuleSet::all,
    .rationale = "A service comes back when all that it stands on is back. What nobody has on "
                 "record is missing from every plan for that, and is found while the clock runs.",
    .definition =
        "A live service of criticality 1 or 2 (`weakest-criticality`) that is, or relies on "
        "through live items, an item "
        "with a relation which says that the item needs or contains something, and whose other "
        "end is empty or no item of the export. Names that fit several items are notices instead. "
        "A service and its live offerings count as one, as critical as the most critical of them.",
    .remedy = "Find out what the relation meant: add it to the export, or delete the relation.",
    .tiers = {Tier::service},
    .needs = {Need::services},
    .inputs = {},
    .concludes_from_absence_of = Absence::item,
    .options = {weakest_criticality},
    .check = check,
    .word = word,
    .brief = brief,
}};

}  // namespace
}  // namespace tierline
