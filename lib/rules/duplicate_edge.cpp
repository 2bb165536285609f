#include <fmt/format.h>

#include <algorithm>
#include <compare>
#include <iterator>
#include <map>
#include <tuple>

#include "analysis/wording.h"
#include "support/repeated.h"
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
  [[nodiscard]] std::uint64_t hash() const {
    std::uint64_t mixed = std::uint64_t{index_of(from)} << 32U | index_of(to);
    mixed = (mixed ^ type * 0x9E3779B97F4A7C15U) * 0xC2B2AE3D27D4EB4FU;
    return mixed ^ mixed >> 32U;
  }
};

bool is_row_between_items(const Relation& relation) {
  return relation.is_row && relation.from != no_item && relation.to != no_item;
}

/// The rows that others may repeat, those that do side by side. What says the same has the same
/// ends, and so is in scope or not.
std::vector<Statement> repeated_statements(const Inventory& inventory, const Facts& facts) {
  const auto each = [&](auto sink) {
    for (const RelationId row : inventory.relations()) {
      const Relation& relation = inventory.relation(row);
      if (is_row_between_items(relation) && relation.has_row_id && facts.is_in_scope(row)) {
        sink(Statement{relation.from, relation.to, relation.type, row});
      }
    }
  };
  RepeatedHashes repeated(inventory.relation_count());
  each([&](const Statement& statement) { repeated.add(statement.hash()); });
  std::vector<Statement> statements;
  each([&](const Statement& statement) {
    if (repeated.may_be_repeated(statement.hash())) {
      statements.push_back(statement);
    }
  });
  std::ranges::sort(statements);
  return statements;
}

void check(const Estate& estate, Facts& facts) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId row : inventory.relations()) {
    if (is_row_between_items(inventory.relation(row)) && !inventory.relation(row).has_row_id) {
      facts.cannot_judge("relations have no row ids to tell them apart by");
    }
  }
  const std::vector<Statement> statements = repeated_statements(inventory, facts);
  for (std::size_t begin = 0, end = 0; begin < statements.size(); begin = end) {
    const Statement& first = statements[begin];
    for (end = begin + 1; end < statements.size() && statements[end].says_the_same(first);) {
      ++end;
    }
    if (end - begin == 1) {
      continue;
    }
    std::map<std::string, RelationId> rows;
    for (std::size_t i = begin; i < end; ++i) {
      rows.emplace(inventory.row_id(statements[i].row), statements[i].row);
    }
    if (rows.size() > 1) {
      Numbers numbers;
      std::ranges::transform(rows, std::back_inserter(numbers),
                             [](const auto& row) { return index_of(row.second); });
      facts.add(first.row, numbers);
    }
  }
}

void word(const FactView& fact, Finding& finding) {
  std::vector<std::string> ids;
  for (const std::uint32_t row : fact.evidence()) {
    ids.push_back(fact.inventory().row_id(RelationId{row}));
  }
  finding.subject.id = ids.front();
  finding.message = fmt::format("{} rows say the same", ids.size());
  finding.evidence = {{"rows", ids}};
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
    .population = Population::relations,
    .needs = {},
    .inputs = {},
    .is_long = true,
    .fix = FixKind::remove_repeats,
    .check = check,
    .word = word,
}};

}  // namespace
}  // namespace tierline
