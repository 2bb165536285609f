#include "suggest/proposal_relations.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"

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

const AnalysedColumn* column_with(const TableAnalysis& analysis, std::string_view word,
                                  std::span<const TableAnalysis* const> items) {
  const auto found = std::ranges::find_if(analysis.columns, [&](const AnalysedColumn& column) {
    return column.words.has(word) && guess_foreign_key(column, items).leads_somewhere();
  });
  return found == analysis.columns.end() ? nullptr : &*found;
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

RelationEnds ends_of(const AnalysedColumn& from, const AnalysedColumn& to, RelationKind kind,
                     bool is_guess, std::span<const TableAnalysis* const> items) {
  return {&from, &to, guess_foreign_key(from, items), guess_foreign_key(to, items), kind, is_guess};
}

ProposedEnd end_of(const AnalysedColumn& column, const ForeignKeyGuess& reference) {
  return {column.field->path, reference.separator, reference.after, reference.until};
}

/// How many of a column's texts are understood as types of relations.
std::size_t understood(const AnalysedColumn& column) {
  return static_cast<std::size_t>(std::ranges::count_if(
      column.field->values,
      [](const auto& value) { return relation_of(NameWords(value.first)).has_value(); }));
}

/// The column of types: by its name, else the one in which most texts are understood.
const AnalysedColumn* take_type(TableAnalysis& analysis, const RelationEnds& ends) {
  const auto is_understood = [](const AnalysedColumn& column) {
    return !column.field->has_more_values && understood(column) * 2 > column.field->values.size();
  };
  const auto can_be = [&](const AnalysedColumn& column) {
    return &column != ends.from && &column != ends.to &&
           (analysis.is_code(column) || is_understood(column));
  };
  const AnalysedColumn* named =
      analysis.take({"type", "kind", "relation", "relationship", "verb", "label"}, can_be);
  return named != nullptr ? named : analysis.take_best([&](const AnalysedColumn& column) {
    return can_be(column) ? TableAnalysis::none - static_cast<int>(understood(column))
                          : TableAnalysis::none;
  });
}

void propose_types(const TableAnalysis& analysis, const AnalysedColumn& column,
                   ProposedProfile& proposal, Advice& advice) {
  for (const auto& value : column.field->values) {
    const std::string& text = value.first;
    const auto same = [&](const ProposedType& type) { return fold(type.name) == fold(text); };
    if (std::ranges::any_of(proposal.relation_types, same)) {
      continue;
    }
    bool is_known = false;
    const RelationGuess guess = guess_of(text, is_known);
    proposal.relation_types.push_back({text, std::string(to_string(guess.kind)), guess.reversed});
    advice.add(analysis,
               is_known ? fmt::format("type '{}' is taken for `{}`{}", text, to_string(guess.kind),
                                      guess.reversed ? ", from the second end to the first" : "")
                        : fmt::format("nothing is known of type '{}': it is `other` until you say "
                                      "`needs` or `contains`, and is not followed",
                                      text));
  }
}

}  // namespace

std::optional<RelationEnds> relation_ends(const TableAnalysis& analysis,
                                          std::span<const TableAnalysis* const> items) {
  std::vector<const TableAnalysis*> others;
  std::ranges::copy_if(items, std::back_inserter(others),
                       [&](const TableAnalysis* other) { return other != &analysis; });
  for (const auto& [from, to, kind] : known_ends) {
    const AnalysedColumn* first = column_with(analysis, from, others);
    const AnalysedColumn* second = first == nullptr ? nullptr : column_with(analysis, to, others);
    if (second != nullptr && second != first) {
      return ends_of(*first, *second, kind, false, others);
    }
  }
  std::vector<const AnalysedColumn*> found;
  for (const AnalysedColumn& column : analysis.columns) {
    if (!is_about_parties(column.words) && guess_foreign_key(column, others).is_plain()) {
      found.push_back(&column);
    }
  }
  const bool has_name =
      analysis.name != nullptr && std::ranges::find(found, analysis.name) == found.end();
  return found.size() == 2 && !has_name
             ? std::optional(ends_of(*found[0], *found[1], RelationKind::needs, true, others))
             : std::nullopt;
}

void propose_relations(TableAnalysis& analysis, const RelationEnds& ends, ProposedProfile& proposal,
                       Advice& advice) {
  ProposedRecord& record = proposal.records.emplace_back();
  record.as = "relation";
  record.tables = {analysis.table_name()};
  record.from = end_of(*ends.from, ends.from_reference);
  record.to = end_of(*ends.to, ends.to_reference);
  if (analysis.id != nullptr && analysis.id != ends.from && analysis.id != ends.to) {
    record.id = analysis.id->field->path;
  }
  if (analysis.name != nullptr) {
    analysis.name->taken = false;  // Relations have none: it may be their type.
  }
  if (ends.is_guess) {
    advice.add(analysis, fmt::format("is it '{}' that needs '{}', or the other way round?",
                                     record.from.field, record.to.field));
  }
  if (const AnalysedColumn* type = take_type(analysis, ends)) {
    record.type = type->field->path;
    propose_types(analysis, *type, proposal, advice);
    return;
  }
  record.kind = to_string(ends.kind);
  advice.add(analysis, fmt::format("no field tells the type of these relations, so '{}' {} '{}' in "
                                   "all of them: change `kind` if it does not",
                                   record.from.field, record.kind, record.to.field));
}

}  // namespace tierline
