#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <compare>
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
  [[nodiscard]] std::uint64_t hash() const {
    std::uint64_t mixed = std::uint64_t{index_of(from)} << 32U | index_of(to);
    mixed = (mixed ^ type * 0x9E3779B97F4A7C15U) * 0xC2B2AE3D27D4EB4FU;
    return mixed ^ mixed >> 32U;
  }
};

/// Statements by their hashes, in a bit each: which of them may be there twice.
class Repeated {
 public:
  explicit Repeated(std::size_t statements)
      : mask_(std::bit_ceil(statements * 16 + 64) - 1),
        once_(mask_ / 64 + 1),
        twice_(mask_ / 64 + 1) {}

  void add(const Statement& statement) {
    const std::uint64_t at = statement.hash() & mask_;
    const std::uint64_t bit = std::uint64_t{1} << at % 64;
    twice_[at / 64] |= once_[at / 64] & bit;
    once_[at / 64] |= bit;
  }

  [[nodiscard]] bool may_hold(const Statement& statement) const {
    const std::uint64_t at = statement.hash() & mask_;
    return (twice_[at / 64] >> at % 64 & 1U) != 0;
  }

 private:
  std::uint64_t mask_;
  std::vector<std::uint64_t> once_;
  std::vector<std::uint64_t> twice_;
};

bool is_row_between_items(const Relation& relation) {
  return relation.is_row && relation.from != no_item && relation.to != no_item;
}

/// The rows that others may repeat, those that do side by side.
std::vector<Statement> repeated_statements(const Inventory& inventory) {
  const auto each = [&](auto use) {
    for (const RelationId row : inventory.relations()) {
      const Relation& relation = inventory.relation(row);
      if (is_row_between_items(relation) && relation.has_row_id) {
        use(Statement{relation.from, relation.to, relation.type, row});
      }
    }
  };
  Repeated repeated(inventory.relation_count());
  each([&](const Statement& statement) { repeated.add(statement); });
  std::vector<Statement> statements;
  each([&](const Statement& statement) {
    if (repeated.may_hold(statement)) {
      statements.push_back(statement);
    }
  });
  std::ranges::sort(statements);
  return statements;
}

void check(const Estate& estate, Findings& findings) {
  const Inventory& inventory = estate.inventory;
  for (const RelationId row : inventory.relations()) {
    if (is_row_between_items(inventory.relation(row)) && !inventory.relation(row).has_row_id) {
      findings.cannot_judge("relations have no row ids to tell them apart by");
    }
  }
  const std::vector<Statement> statements = repeated_statements(inventory);
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
    .is_long = true,
    .check = check,
}};

}  // namespace
}  // namespace tierline
