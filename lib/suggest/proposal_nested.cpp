#include "suggest/proposal_nested.h"

#include <fmt/format.h>

#include <algorithm>

namespace tierline {
namespace {

/// Whether it is one of the tables that a layout calls by that name; documents have none.
bool is_called(const TableAnalysis& analysis, const std::string& name, const Layout& layout) {
  return name.empty() ? layout.find_nested(analysis.table_name()) == nullptr
                      : analysis.table_name() == name;
}

}  // namespace

void describe_places(const Layout& layout, ProposedProfile& proposal) {
  proposal.records_at = layout.records_at;
  for (const Layout::Nested& nested : layout.nested) {
    proposal.nested_records.push_back(nested.name + (nested.by_key ? ".*" : ""));
  }
}

bool holds_records(const TableAnalysis& analysis, const Layout& layout) {
  return std::ranges::any_of(layout.nested, [&](const Layout::Nested& nested) {
    return std::ranges::any_of(
        nested.outer, [&](const std::string& outer) { return is_called(analysis, outer, layout); });
  });
}

void propose_outer(const TableAnalysis& analysis, std::span<const TableAnalysis* const> items,
                   const Layout& layout, ProposedRecord& record, Advice& advice) {
  const Layout::Nested* nested = layout.find_nested(analysis.table_name());
  if (nested == nullptr) {
    return;
  }
  std::vector<std::string> outer;
  bool is_portfolio = true;
  for (const TableAnalysis* item : items) {
    if (std::ranges::any_of(nested->outer, [&](const std::string& name) {
          return is_called(*item, name, layout);
        })) {
      outer.push_back(item->table_name());
      is_portfolio = is_portfolio && item->tier == Tier::portfolio;
    }
  }
  if (outer.empty()) {
    return;
  }
  ProposedRelation& relation = record.relations.emplace_back();
  relation.kind = to_string(RelationKind::contains);
  relation.names_first = true;
  relation.is_portfolio = is_portfolio;
  relation.end.field = "$outer";
  advice.add(analysis,
             fmt::format("these stand inside of those of {}, which are taken to contain them",
                         quoted_list(outer)));
}

void propose_keyed(const TableAnalysis& analysis, const Layout& layout, ProposedRecord& record,
                   Advice& advice) {
  for (const Layout::References& references : layout.references) {
    if (is_called(analysis, references.table, layout)) {
      const RelationGuess guess = relation_of(NameWords(references.path)).value_or(RelationGuess());
      ProposedRelation& relation = record.relations.emplace_back();
      relation.kind = to_string(guess.kind);
      relation.names_first = guess.reversed;
      relation.each = references.path + ".*";
      relation.end.field = "$key";
      advise(analysis, relation.each, guess, advice);
    }
  }
}

}  // namespace tierline
