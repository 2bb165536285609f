#pragma once
// Chance that can be repeated: what is drawn depends on a key alone.

#include <cstdint>
#include <iterator>

namespace tierline::synthetic {

/// A bijection, so that distinct keys give distinct sys_ids.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

class Random {
 public:
  explicit Random(std::uint64_t key) : state_(key) {}

  /// From 0 to `limit` - 1; 0 when `limit` is 0.
  std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U);
  }
  double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }
  /// Crowds towards 0: a few numbers are drawn very often.
  std::uint32_t crowded(std::uint32_t limit) {
    const auto u = unit();
    return static_cast<std::uint32_t>(u * u * u * limit);
  }
  bool percent(std::uint32_t share) { return below(100) < share; }
  template <typename Choices>
  auto pick(const Choices& choices) {
    return choices[below(static_cast<std::uint32_t>(std::size(choices)))];
  }

 private:
  std::uint64_t next() { return mix(state_++); }

  std::uint64_t state_;
};

}  // namespace tierline::synthetic
