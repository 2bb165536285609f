#pragma once
// Work on ranges of numbers, side by side.

#include <algorithm>
#include <cstddef>
#include <thread>
#include <vector>

namespace tierline {

/// Calls `work(begin, end)` on `jobs` threads for ranges that cover 0 to `count`, and waits. The
/// ranges are the same for the same `jobs`; results must not depend on them.
template <typename Work>
void parallel_ranges(std::size_t count, unsigned jobs, Work work) {
  constexpr std::size_t worth_a_thread = 4096;
  const std::size_t threads =
      std::clamp<std::size_t>(count / worth_a_thread, 1, std::max(jobs, 1U));
  const std::size_t size = (count + threads - 1) / threads;
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < threads; ++i) {
    others.emplace_back([=] { work(std::min(count, i * size), std::min(count, (i + 1) * size)); });
  }
  work(0, std::min(count, size));
}

}  // namespace tierline
