#pragma once
// A surveyed table, looked at column by column: which of them name its records, tell their class,
// refer to other tables.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "suggest/vocabulary.h"
#include "tierline/survey.h"

namespace tierline {

struct AnalysedColumn {
  const FieldSurvey* field = nullptr;
  NameWords words;
  bool taken = false;  ///< Its part in the profile is settled.
};

class TableAnalysis {
 public:
  explicit TableAnalysis(const TableSurvey& surveyed);
  TableAnalysis(const TableAnalysis&) = delete;  // `id` and `name` point into `columns`.
  TableAnalysis& operator=(const TableAnalysis&) = delete;
  TableAnalysis(TableAnalysis&&) = default;

  const TableSurvey* table = nullptr;
  NameWords words;
  std::vector<AnalysedColumn> columns;
  AnalysedColumn* id = nullptr;               ///< Different in every record.
  AnalysedColumn* name = nullptr;             ///< What people call its records.
  std::optional<Tier> tier;                   ///< Of items: that of all of them, where it is one.
  PartyKind party_kind = PartyKind::unknown;  ///< The same of parties.

  [[nodiscard]] const std::string& table_name() const { return table->name; }
  /// Whether every record has it, and each another text.
  [[nodiscard]] bool is_unique(const AnalysedColumn& column) const;
  /// Whether it has a few texts that stand in many records.
  [[nodiscard]] bool is_code(const AnalysedColumn& column) const;
  /// Takes a column of texts that nearly all differ for the name, where no name says so. Null where
  /// there is none.
  AnalysedColumn* take_name_by_texts();
  /// Takes the column that is best by `rank`: the lowest, if there is one below `none`.
  static constexpr int none = 100;
  AnalysedColumn* take_best(const std::function<int(const AnalysedColumn&)>& rank);
  /// Takes the first of those with one of these words in their name that fits.
  AnalysedColumn* take(std::initializer_list<std::string_view> words_sought,
                       const std::function<bool(const AnalysedColumn&)>& fits);
};

/// Whether it names parties, by its words: owner, team, contact. Dates and such are none.
bool is_about_parties(const NameWords& words);

/// Where a column's texts lead to.
struct ForeignKeyGuess {
  const TableAnalysis* target = nullptr;  ///< The table that most lead to; null when none does.
  double share = 0;                       ///< Of its texts, those that lead to any of the tables.
  std::string separator;  ///< Between several in one text; empty when there is one each.
  std::string after;      ///< What ends that which comes before a name: `#` in `#E10`.
  std::string until;      ///< What begins that which follows it: a blank in `4010 Mail`.

  [[nodiscard]] bool leads_somewhere() const { return share > 0.5; }
  /// Whether nearly all lead there, which does not happen by chance.
  [[nodiscard]] bool is_plain() const { return share >= 0.8; }
};

/// Where no name says which column is a table's id, takes one that tells its records apart and
/// whose texts other tables refer to.
void infer_primary_keys(std::span<TableAnalysis> analyses);

/// Looks a column's texts up among the ids, names and addresses of those tables.
ForeignKeyGuess guess_foreign_key(const AnalysedColumn& column,
                                  std::span<const TableAnalysis* const> targets);

}  // namespace tierline
