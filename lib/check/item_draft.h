#pragma once
// What a table of items says, field by field: which of them tell tier, state, owners and the rest.

#include <span>
#include <string>
#include <vector>

#include "check/draft.h"
#include "check/sheet.h"

namespace tierline {

/// What a person should look at.
class Advice {
 public:
  void add(const Sheet& sheet, const std::string& text) {
    lines_.push_back(sheet.table_name() + ": " + text);
  }
  [[nodiscard]] std::vector<std::string>& lines() { return lines_; }

 private:
  std::vector<std::string> lines_;
};

/// Takes the columns that name the records. False where none does.
bool name_records(Sheet& sheet, DraftRecord& record, Advice& advice);

/// Takes a column that names some of the records, and no two alike: only those are meant then, such
/// as the documents of a domain among others. False where there is none.
bool name_some_records(Sheet& sheet, DraftRecord& record, Advice& advice);

/// Takes the columns that tell class and tier, and sets the sheet's tier where it has one.
void draft_tier(Sheet& sheet, DraftRecord& record, Advice& advice);

/// Takes what tells state, criticality, environment, facing and the day of the last change, and the
/// class where the tier did not tell it.
void draft_traits(Sheet& sheet, DraftRecord& record, Advice& advice);

/// Takes the columns that name persons and groups; notes what stands there and names nobody.
void draft_owners(Sheet& sheet, std::span<const Sheet* const> parties,
                  std::span<const Sheet* const> items, DraftRecord& record,
                  std::vector<std::string>& placeholders, Advice& advice);

/// Takes the columns that name other items. The tiers of all sheets are settled before.
void draft_relations(Sheet& sheet, std::span<const Sheet* const> items, DraftRecord& record,
                     Advice& advice);

/// Says what a relation was taken to mean.
void advise(const Sheet& sheet, const std::string& field, const RelationGuess& guess,
            Advice& advice);

/// `'a', 'b' and 3 more`
std::string quoted_list(std::span<const std::string> texts);

}  // namespace tierline
