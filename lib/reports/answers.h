#pragma once
// The two answers that people come for: who answers for services, and whom supporting services
// support. Worded once, for all reports.

#include <cstdint>
#include <string>

#include "tierline/report.h"

namespace tierline {

/// Live services, counted.
struct AnswerCounts {
  std::uint64_t live = 0;
  std::uint64_t owned = 0;
  std::uint64_t unowned = 0;
  std::uint64_t owner_unknown = 0;   ///< The export lacks the field.
  bool asks_support = false;         ///< Whether it was judged who supports nobody.
  std::string support_unknown = {};  ///< Why it could not be judged at all; empty where it could.
  std::uint64_t supporting = 0;
  std::uint64_t orphans = 0;
  std::uint64_t undetermined = 0;
};

/// Of all that is in scope.
AnswerCounts answers_of(const AuditReport& report);

/// Whether a rule said anything of any subject. Where it did not, that it found nothing is not
/// known.
bool was_judged(const AuditReport& report, const RuleFacts& found);

/// `2 of 18 live services have no accountable owner.`
std::string who_answers(const AnswerCounts& answers);
/// `5 of 11 supporting services support nobody.` Empty where nobody asked.
std::string who_is_served(const AnswerCounts& answers);

}  // namespace tierline
