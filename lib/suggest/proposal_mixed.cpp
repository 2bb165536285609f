#include "suggest/proposal_mixed.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "suggest/proposal_parties.h"

namespace tierline {

std::vector<ProposedRecord> split_off_parties(const TableAnalysis& analysis, ProposedRecord& items,
                                              ProposedProfile& proposal, Advice& advice) {
  const auto column = std::ranges::find_if(analysis.columns, [&](const AnalysedColumn& one) {
    return !items.tier.front().field.empty() && one.field->path == items.tier.front().field;
  });
  if (column == analysis.columns.end() || column->field->has_more_values) {
    return {};
  }
  std::map<PartyKind, std::vector<std::string>> kinds;
  std::vector<std::string> parties;
  std::vector<std::string> others;
  for (const auto& [text, count] : column->field->values) {
    const bool is_party = !tier_of(NameWords(text)) && names_parties(text);
    (is_party ? parties : others).push_back(text);
    if (is_party) {
      kinds[*party_kind_of(NameWords(text))].push_back(text);
    }
  }
  std::vector<ProposedRecord> records;
  for (auto& [kind, texts] : kinds) {
    ProposedRecord& record = records.emplace_back();
    record.as = "party";
    record.tables = std::move(texts);
    record.id = items.id;
    record.name = items.name;
    record.party_kind.emplace_back().is = to_string(kind);
    if (!items.state.empty()) {
      propose_inactive(analysis, items.state.front().field, record);
    }
  }
  if (!records.empty()) {
    proposal.table_fields.push_back(column->field->path);
    others.push_back(analysis.table_name());
    items.tables = std::move(others);
    advice.add(analysis,
               fmt::format("'{}' tells what a record is: {} are taken for persons and groups",
                           column->field->path, quoted_list(parties)));
  }
  return records;
}

}  // namespace tierline
