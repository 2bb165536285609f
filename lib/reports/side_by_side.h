#pragma once
// Findings of a long report: worded on all cores, written in their order.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "support/parallel.h"
#include "tierline/report.h"

namespace tierline {

/// Calls `word(findings, text)`, which appends to a text, for one run of findings after the other:
/// some of them side by side, and at the same time `write(text)` with what was made of those before
/// them.
template <typename Word, typename Write>
void word_side_by_side(const AuditReport& report, Word word, Write write) {
  constexpr std::size_t part_size = 256;
  const std::span<const Finding> all(report.results.findings);
  const std::size_t parts_at_once = std::size_t{8} * std::max(report.run.jobs, 1U);
  std::vector<std::string> parts(parts_at_once);
  std::vector<std::string> done(parts_at_once);
  for (std::size_t begin = 0; begin < all.size() || !done.front().empty();
       begin += part_size * parts_at_once) {
    parallel_each(parts_at_once + 1, report.run.jobs, [&](std::size_t i) {
      if (i == 0) {
        std::ranges::for_each(done, write);
        return;
      }
      const std::size_t from = std::min(begin + (i - 1) * part_size, all.size());
      parts[i - 1].clear();
      word(all.subspan(from, std::min(part_size, all.size() - from)), parts[i - 1]);
    });
    std::swap(parts, done);
  }
}

}  // namespace tierline
