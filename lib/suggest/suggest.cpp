#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/wording.h"
#include "suggest/proposal.h"
#include "suggest/proposal_mixed.h"
#include "suggest/proposal_nested.h"
#include "suggest/proposal_parties.h"
#include "suggest/proposal_relations.h"

namespace tierline {
namespace {

class Suggester {
 public:
  Suggester(const SurveyedTables& tables, const Layout& layout) : layout_(layout) {
    for (const TableSurvey* table : choose(tables)) {
      analyses_.emplace_back(*table);
    }
    infer_primary_keys(analyses_);
  }

  Result<Suggestion> run() {
    if (analyses_.empty()) {
      return Error{"there are no records here to propose a profile from"};
    }
    sort_tables();
    describe();
    std::vector<ProposedRecord> parties =
        propose_parties();  // First: fields of items point to them.
    propose_items();
    for (const auto& [analysis, ends] : relations_) {
      propose_relations(*analysis, ends, proposal_, advice_);
    }
    std::ranges::move(split_off_, std::back_inserter(proposal_.records));
    std::ranges::move(parties, std::back_inserter(proposal_.records));
    return Suggestion{to_json(proposal_), std::move(advice_.lines())};
  }

 private:
  /// Each table is compared with every other.
  static constexpr std::size_t most_tables = 256;

  /// Those that have something in them, by name; where there are too many, the largest.
  std::vector<const TableSurvey*> choose(const SurveyedTables& tables) {
    std::vector<const TableSurvey*> chosen;
    for (const auto& [name, table] : tables) {
      if (table.records > 0 && !table.fields.empty()) {
        chosen.push_back(&table);
      }
    }
    if (chosen.size() > most_tables) {
      advice_.lines().push_back(fmt::format(
          "{} tables, more than can be compared: only the {} with the most records were looked at",
          chosen.size(), most_tables));
      std::ranges::stable_sort(chosen, std::greater(), &TableSurvey::records);
      chosen.resize(most_tables);
      std::ranges::sort(chosen, {}, &TableSurvey::name);
    }
    return chosen;
  }

  /// Which tables hold parties, which hold relations, and which items.
  void sort_tables() {
    std::vector<const TableAnalysis*> targets;
    std::vector<TableAnalysis*> rest;
    for (TableAnalysis& analysis : analyses_) {
      if (looks_like_parties(analysis)) {
        parties_.push_back(&analysis);
      } else {
        rest.push_back(&analysis);
        targets.push_back(&analysis);
      }
    }
    for (TableAnalysis* analysis : rest) {
      if (const auto ends = relation_ends(*analysis, targets)) {
        relations_.emplace_back(analysis, *ends);
      } else if (is_where_owners_are(*analysis, analyses_)) {
        parties_.push_back(analysis);
      } else {
        items_.push_back(analysis);
      }
    }
  }

  void describe() {
    describe_places(layout_, proposal_);
    std::vector<std::string> names;
    for (const TableAnalysis& analysis : analyses_) {
      names.push_back(analysis.table_name());
    }
    proposal_.title = fmt::format("A draft for {}", name_list(names, 5));
    proposal_.description =
        "Proposed by tierline from what the export looks like. Look through what it says of tiers, "
        "states, owners and relations.";
  }

  void propose_items() {
    std::vector<std::pair<TableAnalysis*, ProposedRecord>> records;
    for (TableAnalysis* analysis : items_) {
      ProposedRecord record;
      if (name_records(*analysis, record, advice_) ||
          (holds_records(*analysis, layout_) && name_some_records(*analysis, record, advice_))) {
        record.as = "item";
        propose_tier(*analysis, record, advice_);
        propose_attributes(*analysis, record, advice_);
        auto parties = split_off_parties(*analysis, record, proposal_, advice_);
        std::ranges::move(parties, std::back_inserter(split_off_));
        records.emplace_back(analysis, std::move(record));
      } else {
        pass_over(*analysis);
      }
    }
    const std::vector<const TableAnalysis*> items(items_.begin(), items_.end());
    const std::vector<const TableAnalysis*> parties(parties_.begin(), parties_.end());
    std::vector<const TableAnalysis*> items_named;
    for (const auto& [analysis, record] : records) {
      items_named.push_back(analysis);
    }
    for (auto& [analysis, record] : records) {
      propose_owners(*analysis, parties, items, record, proposal_.placeholders, advice_);
      propose_outer(*analysis, items_named, layout_, record, advice_);
      propose_keyed(*analysis, layout_, record, advice_);
      propose_relations(*analysis, items, record, advice_);
      proposal_.records.push_back(std::move(record));
    }
  }

  std::vector<ProposedRecord> propose_parties() {
    std::vector<ProposedRecord> records;
    for (TableAnalysis* analysis : parties_) {
      ProposedRecord record;
      if (name_records(*analysis, record, advice_)) {
        record.as = "party";
        propose_party(*analysis, record, advice_);
        records.push_back(std::move(record));
      } else {
        pass_over(*analysis);
      }
    }
    return records;
  }

  void pass_over(const TableAnalysis& analysis) {
    ProposedRecord& record = proposal_.records.emplace_back();
    record.as = "ignore";
    record.tables = {analysis.table_name()};
    if (holds_records(analysis, layout_)) {
      return;
    }
    advice_.add(analysis, "no field tells its records apart, so they are passed over");
  }

  const Layout& layout_;
  std::vector<TableAnalysis> analyses_;
  std::vector<TableAnalysis*> items_;
  std::vector<std::pair<TableAnalysis*, RelationEnds>> relations_;
  std::vector<TableAnalysis*> parties_;
  std::vector<ProposedRecord> split_off_;  ///< Of persons and groups among items.
  ProposedProfile proposal_;
  Advice advice_;
};

}  // namespace

Result<Suggestion> suggest_profile(const SurveyedTables& tables, const Layout& layout) {
  return Suggester(tables, layout).run();
}

}  // namespace tierline
