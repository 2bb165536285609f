#include "check/link_draft.h"

#include <fmt/format.h>

#include <algorithm>

#include "support/text.h"

namespace tierline {
namespace {

struct NamedEnds {
  std::string_view from;
  std::string_view to;
  RelationKind kind;
};

constexpr NamedEnds known_ends[] = {
    {"from", "to", RelationKind::needs},
    {"source", "target", RelationKind::needs},
    {"consumer", "provider", RelationKind::needs},
    {"client", "server", RelationKind::needs},
    {"caller", "callee", RelationKind::needs},
    {"dependent", "dependency", RelationKind::needs},
    {"downstream", "upstream", RelationKind::needs},
    {"parent", "child", RelationKind::contains},
};

const Column* column_with(const Sheet& sheet, std::string_view word,
                          std::span<const Sheet* const> items) {
  const auto found = std::ranges::find_if(sheet.columns, [&](const Column& column) {
    return column.words.has(word) && reference_of(column, items).leads_somewhere();
  });
  return found == sheet.columns.end() ? nullptr : &*found;
}

/// A type as it is read from left to right: of `Runs on::Runs`, the first half.
RelationGuess guess_of(std::string_view type, bool& is_known) {
  const std::string_view forwards = type.substr(0, type.find("::"));
  const auto guess = fold(forwards) == "hosts" ? RelationGuess{RelationKind::needs, true}
                                               : relation_of(NameWords(forwards));
  is_known = guess.has_value();
  return guess.value_or(RelationGuess{});
}

void draft_types(const Sheet& sheet, const Column& column, Draft& draft, Advice& advice) {
  for (const auto& [text, count] : column.field->values) {
    const auto same = [&](const DraftType& type) { return fold(type.name) == fold(text); };
    if (std::ranges::any_of(draft.relation_types, same)) {
      continue;
    }
    bool is_known = false;
    const RelationGuess guess = guess_of(text, is_known);
    draft.relation_types.push_back({text, std::string(to_string(guess.kind)), guess.reversed});
    advice.add(sheet,
               is_known ? fmt::format("type '{}' is taken for `{}`{}", text, to_string(guess.kind),
                                      guess.reversed ? ", from the second end to the first" : "")
                        : fmt::format("nothing is known of type '{}': it is `other` until you say "
                                      "`needs` or `contains`, and is not followed",
                                      text));
  }
}

}  // namespace

std::optional<LinkEnds> link_ends(const Sheet& sheet, std::span<const Sheet* const> items) {
  std::vector<const Sheet*> others;
  std::ranges::copy_if(items, std::back_inserter(others),
                       [&](const Sheet* other) { return other != &sheet; });
  for (const auto& [from, to, kind] : known_ends) {
    const Column* first = column_with(sheet, from, others);
    const Column* second = first == nullptr ? nullptr : column_with(sheet, to, others);
    if (second != nullptr && second != first) {
      return LinkEnds{first, second, kind, false};
    }
  }
  if (sheet.name != nullptr) {
    return std::nullopt;
  }
  std::vector<const Column*> found;
  for (const Column& column : sheet.columns) {
    if (reference_of(column, others).leads_somewhere()) {
      found.push_back(&column);
    }
  }
  return found.size() == 2 ? std::optional(LinkEnds{found[0], found[1], RelationKind::needs, true})
                           : std::nullopt;
}

void draft_link(Sheet& sheet, const LinkEnds& ends, Draft& draft, Advice& advice) {
  DraftRecord& record = draft.records.emplace_back();
  record.as = "relation";
  record.table = sheet.table_name();
  record.from = ends.from->field->path;
  record.to = ends.to->field->path;
  if (sheet.id != nullptr && sheet.id != ends.from && sheet.id != ends.to) {
    record.id = sheet.id->field->path;
  }
  if (ends.is_guess) {
    advice.add(sheet, fmt::format("is it '{}' that needs '{}', or the other way round?",
                                  record.from, record.to));
  }
  const Column* type = sheet.take({"type", "kind", "relation", "relationship", "verb", "label"},
                                  [&](const Column& column) { return sheet.is_code(column); });
  if (type != nullptr) {
    record.type = type->field->path;
    draft_types(sheet, *type, draft, advice);
    return;
  }
  record.kind = to_string(ends.kind);
  advice.add(sheet, fmt::format("no field tells the type of these relations, so '{}' {} '{}' in "
                                "all of them: change `kind` if it does not",
                                record.from, record.kind, record.to));
}

}  // namespace tierline
