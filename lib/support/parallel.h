#pragma once
// Work done side by side.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
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

/// Calls `work(i)` for every number below `count`, on `jobs` threads that each take the next one,
/// and waits.
template <typename Work>
void parallel_each(std::size_t count, unsigned jobs, Work work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(count, std::max(jobs, 1U)); ++i) {
    others.emplace_back(take);
  }
  take();
}

/// Calls each of `works` once, on `jobs` threads, and waits.
template <typename... Works>
void parallel_calls(unsigned jobs, const Works&... works) {
  const std::function<void()> all[] = {std::cref(works)...};
  parallel_each(sizeof...(works), jobs, [&](std::size_t i) { all[i](); });
}

}  // namespace tierline
