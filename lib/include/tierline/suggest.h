#pragma once
// A profile to start from, proposed from what an export looks like. It is made of guesses, says
// where it guessed, and is there for a person to look through.

#include <string>
#include <vector>

#include "tierline/result.h"
#include "tierline/survey.h"

namespace tierline {

struct Suggestion {
  std::string document;             ///< A profile that loads as it is.
  std::vector<std::string> advice;  ///< What to look at, table by table: JSON has no comments.
};

/// From tables that were surveyed without a profile. An error when there is nothing in them.
Result<Suggestion> suggest_profile(const SurveyedTables& tables);

}  // namespace tierline
