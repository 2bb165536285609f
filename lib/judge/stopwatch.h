#pragma once
// How long stages take, for --stats.

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tierline/rule.h"

namespace tierline {

class Stopwatch {
 public:
  void lap(std::vector<StageTime>& times, std::string stage) {
    const auto now = std::chrono::steady_clock::now();
    times.push_back({std::move(stage), std::chrono::duration<double>(now - start_).count()});
    start_ = now;
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace tierline
