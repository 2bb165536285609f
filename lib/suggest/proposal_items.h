#pragma once
// What a table of items says, field by field: which of them tell tier, state, owners and the rest.

#include <span>
#include <string>
#include <vector>

#include "suggest/proposed_profile.h"
#include "suggest/table_analysis.h"

namespace tierline {

/// What a person should look at.
class Advice {
 public:
  void add(const TableAnalysis& analysis, const std::string& text) {
    lines_.push_back(analysis.table_name() + ": " + text);
  }
  [[nodiscard]] std::vector<std::string>& lines() { return lines_; }

 private:
  std::vector<std::string> lines_;
};

/// Takes the columns that name the records. False where none does.
bool name_records(TableAnalysis& analysis, ProposedRecord& record, Advice& advice);

/// Takes a column that names some of the records, and no two alike: only those are meant then, such
/// as the documents of a domain among others. False where there is none.
bool name_some_records(TableAnalysis& analysis, ProposedRecord& record, Advice& advice);

/// Takes the columns that tell class and tier, and sets the table's tier where it has one.
void propose_tier(TableAnalysis& analysis, ProposedRecord& record, Advice& advice);

/// Takes what tells state, criticality, environment, facing and the day of the last change, and the
/// class where the tier did not tell it.
void propose_attributes(TableAnalysis& analysis, ProposedRecord& record, Advice& advice);

/// Takes the columns that name persons and groups; notes what stands there and names nobody.
void propose_owners(TableAnalysis& analysis, std::span<const TableAnalysis* const> parties,
                    std::span<const TableAnalysis* const> items, ProposedRecord& record,
                    std::vector<std::string>& placeholders, Advice& advice);

/// Takes the columns that name other items. The tiers of all tables are settled before.
void propose_relations(TableAnalysis& analysis, std::span<const TableAnalysis* const> items,
                       ProposedRecord& record, Advice& advice);

/// Says what a relation was taken to mean.
void advise(const TableAnalysis& analysis, const std::string& field, const RelationGuess& guess,
            Advice& advice);

/// `'a', 'b' and 3 more`
std::string quoted_list(std::span<const std::string> texts);

}  // namespace tierline
