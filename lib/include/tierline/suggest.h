#pragma once
// A profile to start from, proposed from what an export looks like. It is made of guesses, says
// where it guessed, and is there for a person to look through. `suggest_for` makes it (check.h).

#include <string>
#include <vector>

namespace tierline {

struct Suggestion {
  std::string document;             ///< A profile that loads as it is.
  std::vector<std::string> advice;  ///< What to look at, table by table: JSON has no comments.
};

}  // namespace tierline
