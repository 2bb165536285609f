#pragma once
// What an audit took: time by stage and by rule, bytes read, peak memory.

#include <string>
#include <vector>

#include "tierline/audit.h"

namespace tierline {

struct Stats {
  std::vector<StageTime> stages;  ///< One after another: import, graph, rules, reports.
  /// Of the stage `rules`: first `reach`, which several rules ask for, then each rule. They run
  /// side by side, so that they may add up to more than their stage.
  std::vector<StageTime> rules;
  std::uint64_t items = 0;
  std::uint64_t relations = 0;
  std::uint64_t bytes = 0;  ///< Read, as the files are.
  std::uint64_t peak_memory = 0;
  unsigned jobs = 1;

  [[nodiscard]] double seconds() const;
};

Stats stats_of(const Audit& audit, std::vector<StageTime> reports);

/// A table for people.
std::string stats_text(const Stats& stats);
/// The same for programs, as one JSON object.
std::string stats_json(const Stats& stats);

}  // namespace tierline
