#pragma once
// Findings of a long report: put into words on all cores, written in their order.

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "support/parallel.h"
#include "tierline/report.h"

namespace tierline {

/// Some facts of one rule.
struct FactRange {
  const RuleFacts* found;
  std::span<const Fact> facts;
  bool is_first;  ///< Of all of them.
};

/// All facts of some rules in their order, in ranges that are short.
inline std::vector<FactRange> fact_ranges(std::span<const RuleFacts> rules) {
  constexpr std::size_t longest = 256;
  std::vector<FactRange> ranges;
  for (const RuleFacts& found : rules) {
    const std::span<const Fact> all(found.facts);
    for (std::size_t begin = 0; begin < all.size(); begin += longest) {
      ranges.push_back(
          {&found, all.subspan(begin, std::min(longest, all.size() - begin)), ranges.empty()});
    }
  }
  return ranges;
}

/// Calls `format(range, text)`, which appends to a text, for one range of facts after the other:
/// some of them side by side, and at the same time `write(text)` with what was made of those before
/// them.
template <typename Format, typename Write>
void format_in_parallel(std::span<const FactRange> ranges, unsigned jobs, Format format,
                        Write write) {
  const std::size_t at_once = std::size_t{8} * std::max(jobs, 1U);
  std::vector<std::string> texts(at_once);
  std::vector<std::string> done(at_once);
  for (std::size_t begin = 0; begin < ranges.size() + at_once; begin += at_once) {
    parallel_each(at_once + 1, jobs, [&](std::size_t i) {
      if (i == 0) {
        std::ranges::for_each(done, write);
        return;
      }
      texts[i - 1].clear();
      if (begin + i - 1 < ranges.size()) {
        format(ranges[begin + i - 1], texts[i - 1]);
      }
    });
    std::swap(texts, done);
  }
}

}  // namespace tierline
