#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  std::vector<RelationId> rows;
  for (const RelationId id : inventory.relations()) {
    const Relation& relation = inventory.relation(id);
    if (!relation.is_row || relation.from == no_item || relation.to == no_item) {
      continue;
    }
    if (relation.has_row_id) {
      rows.push_back(id);
    } else {
      findings.cannot_judge("relations have no row ids to tell them apart by");
    }
  }
  const auto content = [&](RelationId id) {
    const Relation& relation = inventory.relation(id);
    return std::tuple(relation.from, relation.to, relation.type);
  };
  std::ranges::stable_sort(rows, {}, content);
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    std::set<std::string> ids;
    for (end = begin; end < rows.size() && content(rows[end]) == content(rows[begin]); ++end) {
      ids.insert(inventory.row_id(rows[end]));
    }
    if (ids.size() > 1) {
      Subject subject = relation_subject(inventory, rows[begin]);
      subject.id = *ids.begin();
      findings.add(std::move(subject), inventory.place(rows[begin]),
                   fmt::format("{} rows say the same", ids.size()),
                   {{"rows", std::vector<std::string>(ids.begin(), ids.end())}});
    }
  }
}

const Register<Rule> rule{{
    .id = "duplicate-edge",
    .title = "Relation is recorded twice",
    .severity = Severity::low,
    .certainty = Certainty::proven,
    .rationale =
        "Two rows for one relation are kept up to date by two sources at best, and counted "
        "twice by everything that counts.",
    .definition =
        "Several rows with different ids that name the same ends and type. The same row in "
        "two pages of an export is no finding.",
    .remedy = "Delete all rows but one.",
    .tiers = {},
    .needs = {},
    .inputs = {},
    .check = check,
}};

}  // namespace
}  // namespace tierline
