#include "check/nested_draft.h"

#include <fmt/format.h>

#include <algorithm>

namespace tierline {
namespace {

/// Whether it is one of the tables that a layout calls by that name; documents have none.
bool is_called(const Sheet& sheet, const std::string& name, const Layout& layout) {
  return name.empty() ? layout.find_nested(sheet.table_name()) == nullptr
                      : sheet.table_name() == name;
}

}  // namespace

void describe_places(const Layout& layout, Draft& draft) {
  draft.records_at = layout.records_at;
  for (const Layout::Nested& nested : layout.nested) {
    draft.nested_records.push_back(nested.name + (nested.by_key ? ".*" : ""));
  }
}

bool holds_records(const Sheet& sheet, const Layout& layout) {
  return std::ranges::any_of(layout.nested, [&](const Layout::Nested& nested) {
    return std::ranges::any_of(
        nested.outer, [&](const std::string& outer) { return is_called(sheet, outer, layout); });
  });
}

void draft_outer(const Sheet& sheet, std::span<const Sheet* const> items, const Layout& layout,
                 DraftRecord& record, Advice& advice) {
  const Layout::Nested* nested = layout.find_nested(sheet.table_name());
  if (nested == nullptr) {
    return;
  }
  std::vector<std::string> outer;
  bool is_portfolio = true;
  for (const Sheet* item : items) {
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
  DraftRelation& relation = record.relations.emplace_back();
  relation.kind = to_string(RelationKind::contains);
  relation.names_first = true;
  relation.is_portfolio = is_portfolio;
  relation.end.field = "$outer";
  advice.add(sheet,
             fmt::format("these stand inside of those of {}, which are taken to contain them",
                         quoted_list(outer)));
}

void draft_keyed(const Sheet& sheet, const Layout& layout, DraftRecord& record, Advice& advice) {
  for (const Layout::References& references : layout.references) {
    if (is_called(sheet, references.table, layout)) {
      const RelationGuess guess = relation_of(NameWords(references.path)).value_or(RelationGuess());
      DraftRelation& relation = record.relations.emplace_back();
      relation.kind = to_string(guess.kind);
      relation.names_first = guess.reversed;
      relation.each = references.path + ".*";
      relation.end.field = "$key";
      advise(sheet, relation.each, guess, advice);
    }
  }
}

}  // namespace tierline
