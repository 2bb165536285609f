#pragma once
// From an export to a profile for it: a first look tells where its records stand, a second one what
// is in them.

#include <functional>
#include <string>
#include <vector>

#include "suggest/layout.h"
#include "tierline/result.h"
#include "tierline/suggest.h"
#include "tierline/survey.h"

namespace tierline {

struct Proposal {
  SurveyedTables tables;
  Suggestion suggestion;
};

/// Of those files among the inputs that `counts` holds for, whatever profiles there are. An error
/// where an export is unreadable, or nothing is in it.
Result<Proposal> propose(const std::vector<std::string>& inputs,
                         const std::function<bool(const std::string& path)>& counts);

/// From tables that were surveyed without a profile, and where they stand. An error when there is
/// nothing in them.
Result<Suggestion> suggest_profile(const SurveyedTables& tables, const Layout& layout);

}  // namespace tierline
