#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "analysis/wording.h"
#include "check/link_draft.h"
#include "check/mixed_draft.h"
#include "check/nested_draft.h"
#include "check/party_draft.h"
#include "check/proposal.h"

namespace tierline {
namespace {

class Suggester {
 public:
  Suggester(const SurveyedTables& tables, const Layout& layout) : layout_(layout) {
    for (const TableSurvey* table : choose(tables)) {
      sheets_.emplace_back(*table);
    }
    take_ids_by_use(sheets_);
  }

  Result<Suggestion> run() {
    if (sheets_.empty()) {
      return Error{"there are no records here to propose a profile from"};
    }
    sort_sheets();
    describe();
    std::vector<DraftRecord> parties = draft_parties();  // First: fields of items point to them.
    draft_items();
    for (const auto& [sheet, ends] : links_) {
      draft_link(*sheet, ends, draft_, advice_);
    }
    std::ranges::move(split_off_, std::back_inserter(draft_.records));
    std::ranges::move(parties, std::back_inserter(draft_.records));
    return Suggestion{to_json(draft_), std::move(advice_.lines())};
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
  void sort_sheets() {
    std::vector<const Sheet*> targets;
    std::vector<Sheet*> rest;
    for (Sheet& sheet : sheets_) {
      if (looks_like_parties(sheet)) {
        parties_.push_back(&sheet);
      } else {
        rest.push_back(&sheet);
        targets.push_back(&sheet);
      }
    }
    for (Sheet* sheet : rest) {
      if (const auto ends = link_ends(*sheet, targets)) {
        links_.emplace_back(sheet, *ends);
      } else if (is_where_owners_are(*sheet, sheets_)) {
        parties_.push_back(sheet);
      } else {
        items_.push_back(sheet);
      }
    }
  }

  void describe() {
    describe_places(layout_, draft_);
    std::vector<std::string> names;
    for (const Sheet& sheet : sheets_) {
      names.push_back(sheet.table_name());
    }
    draft_.title = fmt::format("A draft for {}", name_list(names, 5));
    draft_.description =
        "Proposed by tierline from what the export looks like. Look through what it says of tiers, "
        "states, owners and relations.";
  }

  void draft_items() {
    std::vector<std::pair<Sheet*, DraftRecord>> records;
    for (Sheet* sheet : items_) {
      DraftRecord record;
      if (name_records(*sheet, record, advice_) ||
          (holds_records(*sheet, layout_) && name_some_records(*sheet, record, advice_))) {
        record.as = "item";
        draft_tier(*sheet, record, advice_);
        draft_traits(*sheet, record, advice_);
        auto parties = split_off_parties(*sheet, record, draft_, advice_);
        std::ranges::move(parties, std::back_inserter(split_off_));
        records.emplace_back(sheet, std::move(record));
      } else {
        pass_over(*sheet);
      }
    }
    const std::vector<const Sheet*> items(items_.begin(), items_.end());
    const std::vector<const Sheet*> parties(parties_.begin(), parties_.end());
    std::vector<const Sheet*> items_named;
    for (const auto& [sheet, record] : records) {
      items_named.push_back(sheet);
    }
    for (auto& [sheet, record] : records) {
      draft_owners(*sheet, parties, items, record, draft_.placeholders, advice_);
      draft_outer(*sheet, items_named, layout_, record, advice_);
      draft_keyed(*sheet, layout_, record, advice_);
      draft_relations(*sheet, items, record, advice_);
      draft_.records.push_back(std::move(record));
    }
  }

  std::vector<DraftRecord> draft_parties() {
    std::vector<DraftRecord> records;
    for (Sheet* sheet : parties_) {
      DraftRecord record;
      if (name_records(*sheet, record, advice_)) {
        record.as = "party";
        draft_party(*sheet, record, advice_);
        records.push_back(std::move(record));
      } else {
        pass_over(*sheet);
      }
    }
    return records;
  }

  void pass_over(const Sheet& sheet) {
    DraftRecord& record = draft_.records.emplace_back();
    record.as = "ignore";
    record.tables = {sheet.table_name()};
    if (holds_records(sheet, layout_)) {
      return;
    }
    advice_.add(sheet, "no field tells its records apart, so they are passed over");
  }

  const Layout& layout_;
  std::vector<Sheet> sheets_;
  std::vector<Sheet*> items_;
  std::vector<std::pair<Sheet*, LinkEnds>> links_;
  std::vector<Sheet*> parties_;
  std::vector<DraftRecord> split_off_;  ///< Of persons and groups among items.
  Draft draft_;
  Advice advice_;
};

}  // namespace

Result<Suggestion> suggest_profile(const SurveyedTables& tables, const Layout& layout) {
  return Suggester(tables, layout).run();
}

}  // namespace tierline
