#pragma once
// Estates of which something is accepted.

#include <string>
#include <utility>
#include <vector>

#include "given.h"

namespace tierline {

/// Accepts what a rule finds, by Ann, for the year; the tests' day is 2026-11-21.
inline Acceptance accepting(std::string rule, std::string item = {}) {
  Acceptance one;
  one.rule = std::move(rule);
  one.item = std::move(item);
  one.reason = "We know";
  one.approver = "ann";
  one.created = "2026-01-01";
  one.expires = "2026-12-31";
  one.place = {"acceptances.toml", 1};
  return one;
}

inline Acceptance until(std::string day, Acceptance one) {
  one.expires = std::move(day);
  return one;
}

/// The estate, judged by the core rules.
inline Given given_accepting(std::string_view statements, std::vector<Acceptance> all,
                             AcceptancePolicy policy = AcceptancePolicy::off,
                             RuleSelection rules = {}) {
  rules.acceptances = {true, policy, std::move(all)};
  return given(statements, rules);
}

/// What is accepted: `RULE NAME`, in the order of the report.
inline std::vector<std::string> accepted_in(const Given& estate) {
  std::vector<std::string> all;
  for (const Finding& finding : estate.audit().findings()) {
    if (finding.accepted != nullptr) {
      all.push_back(std::string(finding.rule->id) + ' ' +
                    (finding.subject.item == no_item
                         ? finding.subject.name
                         : estate.inventory().label(finding.subject.item)));
    }
  }
  return all;
}

}  // namespace tierline
