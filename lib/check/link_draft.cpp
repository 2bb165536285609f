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

const SheetColumn* column_with(const Sheet& sheet, std::string_view word,
                               std::span<const Sheet* const> items) {
  const auto found = std::ranges::find_if(sheet.columns, [&](const SheetColumn& column) {
    return column.words.has(word) && reference_of(column, items).leads_somewhere();
  });
  return found == sheet.columns.end() ? nullptr : &*found;
}

/// A type as it is read from left to right: of `Runs on::Runs`, the first half.
RelationGuess guess_of(std::string_view type, bool& is_known) {
  const std::string_view forwards = type.substr(0, type.find("::"));
  const NameWords words(forwards);
  const auto guess =
      words.text() == "host" ? RelationGuess{RelationKind::needs, true} : relation_of(words);
  is_known = guess.has_value();
  return guess.value_or(RelationGuess{});
}

LinkEnds ends_of(const SheetColumn& from, const SheetColumn& to, RelationKind kind, bool is_guess,
                 std::span<const Sheet* const> items) {
  return {&from, &to, reference_of(from, items), reference_of(to, items), kind, is_guess};
}

DraftEnd end_of(const SheetColumn& column, const Reference& reference) {
  return {column.field->path, reference.separator, reference.after, reference.until};
}

/// How many of a column's texts are understood as types of relations.
std::size_t understood(const SheetColumn& column) {
  return static_cast<std::size_t>(std::ranges::count_if(
      column.field->values,
      [](const auto& value) { return relation_of(NameWords(value.first)).has_value(); }));
}

/// The column of types: by its name, else the one in which most texts are understood.
const SheetColumn* take_type(Sheet& sheet, const LinkEnds& ends) {
  const auto is_understood = [](const SheetColumn& column) {
    return !column.field->has_more_values && understood(column) * 2 > column.field->values.size();
  };
  const auto can_be = [&](const SheetColumn& column) {
    return &column != ends.from && &column != ends.to &&
           (sheet.is_code(column) || is_understood(column));
  };
  const SheetColumn* named =
      sheet.take({"type", "kind", "relation", "relationship", "verb", "label"}, can_be);
  return named != nullptr ? named : sheet.take_best([&](const SheetColumn& column) {
    return can_be(column) ? Sheet::none - static_cast<int>(understood(column)) : Sheet::none;
  });
}

void draft_types(const Sheet& sheet, const SheetColumn& column, Draft& draft, Advice& advice) {
  for (const auto& value : column.field->values) {
    const std::string& text = value.first;
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
    const SheetColumn* first = column_with(sheet, from, others);
    const SheetColumn* second = first == nullptr ? nullptr : column_with(sheet, to, others);
    if (second != nullptr && second != first) {
      return ends_of(*first, *second, kind, false, others);
    }
  }
  std::vector<const SheetColumn*> found;
  for (const SheetColumn& column : sheet.columns) {
    if (!is_about_parties(column.words) && reference_of(column, others).is_plain()) {
      found.push_back(&column);
    }
  }
  const bool has_name =
      sheet.name != nullptr && std::ranges::find(found, sheet.name) == found.end();
  return found.size() == 2 && !has_name
             ? std::optional(ends_of(*found[0], *found[1], RelationKind::needs, true, others))
             : std::nullopt;
}

void draft_link(Sheet& sheet, const LinkEnds& ends, Draft& draft, Advice& advice) {
  DraftRecord& record = draft.records.emplace_back();
  record.as = "relation";
  record.tables = {sheet.table_name()};
  record.from = end_of(*ends.from, ends.from_reference);
  record.to = end_of(*ends.to, ends.to_reference);
  if (sheet.id != nullptr && sheet.id != ends.from && sheet.id != ends.to) {
    record.id = sheet.id->field->path;
  }
  if (sheet.name != nullptr) {
    sheet.name->taken = false;  // Relations have none: it may be their type.
  }
  if (ends.is_guess) {
    advice.add(sheet, fmt::format("is it '{}' that needs '{}', or the other way round?",
                                  record.from.field, record.to.field));
  }
  if (const SheetColumn* type = take_type(sheet, ends)) {
    record.type = type->field->path;
    draft_types(sheet, *type, draft, advice);
    return;
  }
  record.kind = to_string(ends.kind);
  advice.add(sheet, fmt::format("no field tells the type of these relations, so '{}' {} '{}' in "
                                "all of them: change `kind` if it does not",
                                record.from.field, record.kind, record.to.field));
}

}  // namespace tierline
