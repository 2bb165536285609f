#pragma once
// How long stages take, for --stats.

#include <chrono>
#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace tierline {

/// How long a stage took, or a rule on its thread.
struct StageTime {
  std::string stage;
  double seconds = 0;
  double cpu_seconds = 0;  ///< Of all processors together; of a rule, those of its thread.
};

class Stopwatch {
 public:
  /// `cpu_clock` says whose processor time is measured: of the process, or of the calling thread
  /// (CLOCK_THREAD_CPUTIME_ID).
  explicit Stopwatch(clockid_t cpu_clock = CLOCK_PROCESS_CPUTIME_ID)
      : cpu_clock_(cpu_clock), cpu_start_(cpu_seconds()) {}

  void lap(std::vector<StageTime>& times, std::string stage) {
    const auto now = std::chrono::steady_clock::now();
    const double cpu_now = cpu_seconds();
    times.push_back({std::move(stage), std::chrono::duration<double>(now - start_).count(),
                     cpu_now - cpu_start_});
    start_ = now;
    cpu_start_ = cpu_now;
  }

 private:
  [[nodiscard]] double cpu_seconds() const {
    timespec time{};
    ::clock_gettime(cpu_clock_, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  }

  clockid_t cpu_clock_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_;
};

}  // namespace tierline
