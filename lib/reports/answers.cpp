#include "reports/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "tierline/text.h"
#include "tierline/utf8.h"

namespace tierline {
namespace {

bool asks_support(const Rule* rule) {
  return rule->id == rule_of_orphans;
}

std::string not_judged(std::uint64_t count) {
  return count == 0 ? "" : fmt::format(" {} could not be judged.", with_thousands(count));
}

}  // namespace

AnswerCounts answers_of(const AuditReport& report) {
  const Coverage& services = report.summary.coverage[static_cast<std::size_t>(Tier::service)];
  AnswerCounts answers{.live = services.live,
                       .owned = services.owned,
                       .unowned = services.unowned,
                       .owner_unknown = services.not_evaluated};
  const RuleResults& results = report.results;
  answers.supporting = report.summary.facings[static_cast<std::size_t>(Facing::supporting)];
  answers.asks_support = std::ranges::any_of(results.rules, asks_support);
  for (const NotEvaluated& one : results.not_evaluated) {
    if (asks_support(one.rule)) {
      answers.undetermined += one.count;
      answers.support_unknown = one.count == 0 ? one.reason : answers.support_unknown;
    }
  }
  for (const RuleFacts& found : results.found) {
    answers.orphans += asks_support(found.rule) ? found.facts.size() : 0;
  }
  return answers;
}

bool was_judged(const AuditReport& report, const RuleFacts& found) {
  return !found.facts.empty() ||
         !std::ranges::binary_search(report.ledger.rules_not_evaluated, found.rule->id);
}

std::string who_answers(const AnswerCounts& answers) {
  if (answers.live == 0) {
    return "There is no live service.";
  }
  if (answers.owner_unknown == answers.live) {
    return "Who answers for live services could not be judged: no field says it.";
  }
  const auto some = [&](std::uint64_t count, std::string_view what) {
    return fmt::format("{} of {} {} {} accountable owner.", with_thousands(count),
                       count_of(answers.live, "live service"), count == 1 ? "has" : "have", what);
  };
  if (answers.owned == answers.live) {
    return "Every live service has an accountable owner.";
  }
  return (answers.unowned == 0 ? some(answers.owned, "an") : some(answers.unowned, "no")) +
         not_judged(answers.owner_unknown);
}

std::string who_is_served(const AnswerCounts& answers) {
  if (!answers.asks_support) {
    return {};
  }
  if (!answers.support_unknown.empty()) {
    return "Whom supporting services support could not be judged: " +
           made_visible(answers.support_unknown) + ".";
  }
  if (answers.supporting == 0) {
    return "There is no live supporting service.";
  }
  const std::string answer =
      answers.orphans == 0
          ? fmt::format("No supporting service {} nobody.",
                        answers.undetermined == 0 ? "supports" : "is known to support")
          : fmt::format("{} of {} {} nobody.", with_thousands(answers.orphans),
                        count_of(answers.supporting, "supporting service"),
                        answers.orphans == 1 ? "supports" : "support");
  return answer + not_judged(answers.undetermined);
}

}  // namespace tierline
