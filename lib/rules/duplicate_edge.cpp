#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <numeric>
#include <set>
#include <tuple>

#include "judge/wording.h"
#include "tierline/rule.h"

namespace tierline {
namespace {

/// What a row says, and which row.
struct Statement {
  ItemId from;
  ItemId to;
  std::uint32_t type;
  RelationId row;

  auto operator<=>(const Statement&) const = default;
  [[nodiscard]] bool says_the_same(const Statement& other) const {
    return std::tie(from, to, type) == std::tie(other.from, other.to, other.type);
  }
};

/// Sorts in time that grows with the statements: those of one item are few.
std::vector<Statement> sorted(const std::vector<Statement>& statements, std::size_t items) {
  std::vector<std::uint32_t> ends(items + 1);
  for (const Statement& statement : statements) {
    ++ends[index_of(statement.from) + 1];
  }
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Statement> by_item(statements.size());
  for (const Statement& statement : statements) {
    by_item[ends[index_of(statement.from)]++] = statement;
  }
  std::size_t begin = 0;
  for (std::size_t item = 0; item < items; ++item) {
    std::sort(by_item.begin() + static_cast<std::ptrdiff_t>(begin),
              by_item.begin() + static_cast<std::ptrdiff_t>(ends[item]));
    begin = ends[item];
  }
  return by_item;
}

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  std::vector<Statement> statements;
  for (const RelationId row : inventory.relations()) {
    const Relation& relation = inventory.relation(row);
    if (!relation.is_row || relation.from == no_item || relation.to == no_item) {
      continue;
    }
    if (relation.has_row_id) {
      statements.push_back({relation.from, relation.to, relation.type, row});
    } else {
      findings.cannot_judge("relations have no row ids to tell them apart by");
    }
  }
  statements = sorted(statements, inventory.item_count());
  for (std::size_t begin = 0, end = 0; begin < statements.size(); begin = end) {
    const Statement& first = statements[begin];
    for (end = begin + 1; end < statements.size() && statements[end].says_the_same(first);) {
      ++end;
    }
    if (end - begin == 1) {
      continue;
    }
    std::set<std::string> ids;
    for (std::size_t i = begin; i < end; ++i) {
      ids.insert(inventory.row_id(statements[i].row));
    }
    if (ids.size() > 1) {
      Subject subject = relation_subject(inventory, first.row);
      subject.id = *ids.begin();
      findings.add(std::move(subject), inventory.place(first.row),
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
