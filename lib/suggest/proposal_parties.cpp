#include "suggest/proposal_parties.h"

#include <algorithm>

#include "tierline/dates.h"
#include "tierline/text.h"

namespace tierline {
namespace {

bool holds_addresses(const AnalysedColumn& column) {
  const auto has_at = [](const std::string& text) { return text.find('@') != std::string::npos; };
  return column.words.has_any({"email", "mail"}) && !column.field->sample.empty() &&
         std::ranges::all_of(column.field->sample, has_at);
}

bool is_gone(std::string_view text) {
  constexpr std::string_view texts[] = {"false", "no", "n", "0"};
  return std::ranges::find(texts, fold(text)) != std::end(texts) ||
         NameWords(text).has_any(
             {"inactive", "left", "terminated", "disabled", "gone", "leaver", "dissolved"});
}

std::vector<std::string> texts_of_gone(const AnalysedColumn& column) {
  std::vector<std::string> texts;
  for (const auto& [text, count] : column.field->values) {
    if (is_gone(text)) {
      texts.push_back(text);
    }
  }
  return texts;
}

void propose_activity(TableAnalysis& analysis, ProposedRecord& record) {
  const AnalysedColumn* column =
      analysis.take({"active", "enabled", "status", "state"}, [&](const AnalysedColumn& one) {
        return analysis.is_code(one) && (one.words.has_any({"active", "enabled"}) ||
                                         std::ranges::any_of(one.field->sample, is_gone));
      });
  if (column != nullptr) {
    record.active = column->field->path;
    record.inactive = texts_of_gone(*column);
    if (record.inactive.empty()) {
      record.inactive = {"false", "no", "0"};
    }
  }
  const AnalysedColumn* until =
      analysis.take({"until", "end", "leave", "left", "last"}, [](const AnalysedColumn& one) {
        const auto is_day = [](const std::string& text) { return parse_day(text).has_value(); };
        return one.field->texts > 0 && std::ranges::all_of(one.field->sample, is_day);
      });
  record.until = until == nullptr ? std::string() : until->field->path;
}

/// A column that says of each record whether it is a person or a group.
bool propose_kinds(TableAnalysis& analysis, ProposedRecord& record) {
  const AnalysedColumn* column =
      analysis.take({"kind", "type", "category"}, [&](const AnalysedColumn& one) {
        const auto tells = [](const auto& value) {
          return party_kind_of(NameWords(value.first)).has_value();
        };
        return analysis.is_code(one) && std::ranges::all_of(one.field->values, tells);
      });
  if (column == nullptr) {
    return false;
  }
  ProposedCase& one = record.party_kind.emplace_back();
  one.field = column->field->path;
  for (const auto& [text, count] : column->field->values) {
    one.values[std::string(to_string(*party_kind_of(NameWords(text))))].push_back(text);
  }
  return true;
}

}  // namespace

bool looks_like_parties(const TableAnalysis& analysis) {
  return party_kind_of(analysis.words) || analysis.words.has_any({"party", "owner", "member"}) ||
         (!tier_of(analysis.words) &&
          std::ranges::any_of(analysis.columns, [&](const AnalysedColumn& column) {
            return holds_addresses(column) && !is_about_parties(column.words) &&
                   analysis.is_unique(column);
          }));
}

bool is_where_owners_are(const TableAnalysis& analysis, std::span<TableAnalysis> analyses) {
  const TableAnalysis* const target = &analysis;
  return !tier_of(analysis.words) && std::ranges::any_of(analyses, [&](const TableAnalysis& other) {
    return &other != target &&
           std::ranges::any_of(other.columns, [&](const AnalysedColumn& column) {
             return is_about_parties(column.words) &&
                    guess_foreign_key(column, std::span(&target, 1)).leads_somewhere();
           });
  });
}

void propose_inactive(const TableAnalysis& analysis, const std::string& field,
                      ProposedRecord& record) {
  const auto column = std::ranges::find_if(
      analysis.columns, [&](const AnalysedColumn& one) { return one.field->path == field; });
  if (column != analysis.columns.end()) {
    record.inactive = texts_of_gone(*column);
    record.active = record.inactive.empty() ? std::string() : field;
  }
}

void propose_party(TableAnalysis& analysis, ProposedRecord& record, Advice& advice) {
  const auto holds = [](const AnalysedColumn& column) { return column.field->texts > 0; };
  while (const AnalysedColumn* alias =
             analysis.take({"email", "mail", "login", "username", "user"}, holds)) {
    record.aliases.push_back(alias->field->path);
  }
  if (!propose_kinds(analysis, record)) {
    const auto told = party_kind_of(analysis.words);
    analysis.party_kind = told                     ? *told
                          : record.aliases.empty() ? PartyKind::unknown
                                                   : PartyKind::person;
    if (analysis.party_kind == PartyKind::unknown) {
      advice.add(analysis, "are these persons or groups? Say so: \"kind\": {\"is\": \"person\"}");
    } else {
      record.party_kind.emplace_back().is = to_string(analysis.party_kind);
    }
  }
  propose_activity(analysis, record);
  if (analysis.party_kind == PartyKind::person) {
    return;
  }
  if (const AnalysedColumn* lead = analysis.take({"lead", "leader", "manager", "head"}, holds)) {
    record.leads.push_back(lead->field->path);
  }
}

}  // namespace tierline
