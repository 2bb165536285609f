#pragma once
// Work done side by side.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tierline {

/// Calls `work()` on so many threads, or as many as there are to have, and waits. Throws what the
/// first of them has thrown.
template <typename Work>
void on_threads(std::size_t threads, Work work) {
  std::mutex guard;
  std::exception_ptr thrown;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::scoped_lock lock(guard);
      thrown = thrown ? thrown : std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    try {
      for (std::size_t i = 1; i < threads; ++i) {
        others.emplace_back(guarded);
      }
    } catch (const std::exception&) {
      // No threads, or no memory for them: those there are do all of the work.
    }
    guarded();
  }
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

/// Calls `work(i)` for every number below `count`, on `jobs` threads that each take the next one,
/// and waits.
template <typename Work>
void parallel_each(std::size_t count, unsigned jobs, Work work) {
  std::atomic<std::size_t> next = 0;
  on_threads(std::min<std::size_t>(count, std::max(jobs, 1U)), [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  });
}

/// Calls `work(begin, end)` on `jobs` threads for ranges that cover 0 to `count`, and waits. The
/// ranges are the same for the same `jobs`; results must not depend on them.
template <typename Work>
void parallel_ranges(std::size_t count, unsigned jobs, Work work) {
  constexpr std::size_t worth_a_thread = 4096;
  const std::size_t ranges = std::clamp<std::size_t>(count / worth_a_thread, 1, std::max(jobs, 1U));
  const std::size_t size = (count + ranges - 1) / ranges;
  parallel_each(ranges, jobs, [&](std::size_t i) {
    work(std::min(count, i * size), std::min(count, (i + 1) * size));
  });
}

/// Calls each of `works` once, on `jobs` threads, and waits.
template <typename... Works>
void parallel_calls(unsigned jobs, const Works&... works) {
  const std::function<void()> all[] = {std::cref(works)...};
  parallel_each(sizeof...(works), jobs, [&](std::size_t i) { all[i](); });
}

}  // namespace tierline
